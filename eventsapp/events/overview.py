"""What other wings tell on the pages of events, announced by each: figures, next steps, columns of the list.

Each view module announces at import, with the permission that a reader must hold in the event.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from eventsapp.access.permissions import Permission
from eventsapp.events.models import Event


@dataclass(frozen=True)
class Figure:
    """A number with its meaning, already in the reader's language; `href` leads to where it comes from."""

    value: str
    label: str
    note: str = ""
    href: str = ""


@dataclass(frozen=True)
class Step:
    """Something to do, or done, before the event can take place."""

    text: str
    done: bool
    href: str = ""


Figures = Callable[[Event], Iterable[Figure]]
Steps = Callable[[Event], Iterable[Step]]
Counts = Callable[[Sequence[int]], Mapping[int, int]]


@dataclass(frozen=True)
class Column:
    """A count shown for each event of a list; `label` is a catalogue entry."""

    position: int
    label: str
    of: Counts


_figures: dict[str, tuple[int, Permission, Figures]] = {}
_steps: dict[str, tuple[int, Permission, Steps]] = {}
_columns: dict[str, Column] = {}


def figures(position: int, permission: Permission) -> Callable[[Figures], Figures]:
    """Announce a function that tells figures of an event."""

    def announce(of: Figures) -> Figures:
        _figures[f"{of.__module__}.{of.__qualname__}"] = (position, permission, of)
        return of

    return announce


def steps(position: int, permission: Permission) -> Callable[[Steps], Steps]:
    """Announce a function that tells what an event still needs."""

    def announce(of: Steps) -> Steps:
        _steps[f"{of.__module__}.{of.__qualname__}"] = (position, permission, of)
        return of

    return announce


def column(position: int, label: str) -> Callable[[Counts], Counts]:
    """Announce a function that counts something for many events in one query, by event id."""

    def announce(of: Counts) -> Counts:
        _columns[f"{of.__module__}.{of.__qualname__}"] = Column(position, label, of)
        return of

    return announce


def figures_of(event: Event, may: Callable[[Permission], bool]) -> list[Figure]:
    """All figures that the reader may see, in their order."""
    known = sorted(_figures.values(), key=lambda entry: entry[0])
    return [figure for _, permission, of in known if may(permission) for figure in of(event)]


def steps_of(event: Event, may: Callable[[Permission], bool]) -> list[Step]:
    """All steps that the reader may see, in their order."""
    known = sorted(_steps.values(), key=lambda entry: entry[0])
    return [step for _, permission, of in known if may(permission) for step in of(event)]


def columns() -> list[Column]:
    """The announced columns in their order."""
    return sorted(_columns.values(), key=lambda entry: entry.position)
