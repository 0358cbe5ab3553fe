"""What other wings show on the public page of an event.

A wing announces a section once, when its views are imported:

    public_sections.section(20, "ceremonies/public/instruments.html", instruments, kinds={EventKind.SIGNING})

The function gets the event and returns what the template is given as `part` (beside `event`), or None when
there is nothing to show. The template writes an `<h2>` of its own. The page is kept for all readers: nothing
in it may depend on who asks, and what depends on the address must be named in `arguments`.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from eventsapp.events.enums import EventKind
from eventsapp.events.models import Event

Make = Callable[[Event], Mapping[str, Any] | None]


class Place(StrEnum):
    """Where on the page: beside the facts (something to do), or among the sections below."""

    TOP = "top"
    MAIN = "main"


@dataclass(frozen=True)
class Part:
    """A section to include: its template and what the template is given."""

    template: str
    part: Mapping[str, Any]


@dataclass(frozen=True)
class _Section:
    position: int
    template: str
    make: Make
    kinds: Collection[EventKind]
    place: Place
    arguments: tuple[str, ...]


_sections: dict[str, _Section] = {}


def section(
    position: int,
    template: str,
    make: Make,
    *,
    kinds: Collection[EventKind] = tuple(EventKind),
    place: Place = Place.MAIN,
    arguments: tuple[str, ...] = (),
) -> None:
    """Announce a section; smaller positions come first. `arguments` are the query arguments it reads."""
    _sections[template] = _Section(position, template, make, kinds, place, arguments)


def sections(event: Event, place: Place) -> list[Part]:
    """The sections of an event's page in one place, in their order."""
    known = sorted(_sections.values(), key=lambda known: (known.position, known.template))
    return [
        Part(known.template, part)
        for known in known
        if known.place is place and event.kind in known.kinds and (part := known.make(event)) is not None
    ]


def arguments() -> tuple[str, ...]:
    """Every query argument that some section reads, in a settled order."""
    return tuple(sorted({name for known in _sections.values() for name in known.arguments}))
