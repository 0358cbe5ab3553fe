"""Where a person takes part: later wings announce how to tell, so that a person's page knows it all."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from eventsapp.core.db import LanguageMap


@dataclass(frozen=True)
class Engagement:
    """One part in one event. Times are local, in `timezone`; `part` is in the reader's language.

    Whoever tells it leaves out what the reader may not see.
    """

    event_title: LanguageMap
    title: LanguageMap
    href: str
    part: str
    starts_local: datetime | None = None
    ends_local: datetime | None = None
    timezone: str = ""
    affiliation: LanguageMap | None = None


_NEVER = datetime(9999, 12, 31)  # noqa: DTZ001 -- a local time
Teller = Callable[[int], Iterable[Engagement]]
_tellers: dict[str, Teller] = {}


def engagements(of: Teller) -> Teller:
    """Announce a function that tells a person's parts, given the person's id."""
    _tellers[f"{of.__module__}.{of.__qualname__}"] = of
    return of


def engagements_of(person_id: int) -> list[Engagement]:
    """All parts of a person that the reader may see, in the order of time; undated ones last."""
    found = [part for of in _tellers.values() for part in of(person_id)]
    return sorted(found, key=lambda part: (part.starts_local is None, part.starts_local or _NEVER))
