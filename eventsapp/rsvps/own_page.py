"""What later wings show on a guest's own page and on the guest's page for staff.

A wing announces a section once, in its `init_app`:

    own_page.section(20, "badges/own_page.html", badge_section)
    own_page.desk_section(20, Permission.ISSUE_BADGES, "badges/desk_section.html", desk_badge)

The function gets the guest and returns what the template is given as `part` (beside `guest`, `event` and,
on the own page, `token`), or None when there is nothing to show. The template writes an `<h2>` of its own.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from eventsapp.access.permissions import Permission
from eventsapp.rsvps.models import Guest

Make = Callable[[Guest], Mapping[str, Any] | None]


@dataclass(frozen=True)
class Part:
    """A section to include: its template and what the template is given."""

    template: str
    part: Mapping[str, Any]


_own: dict[str, tuple[int, Make, bool]] = {}
_desk: dict[str, tuple[int, Permission, Make]] = {}


def section(position: int, template: str, make: Make, *, away: bool = False) -> None:
    """Announce a section of guests' own pages; smaller positions come first.

    With `away` also those who do not come see it.
    """
    _own[template] = (position, make, away)


def desk_section(position: int, permission: Permission, template: str, make: Make) -> None:
    """Announce a section of the guest's page for staff who hold `permission` in the event."""
    _desk[template] = (position, permission, make)


Names = Callable[[Guest], Mapping[int, str]]
_names: list[Names] = []


def name_focal_points(names: Names) -> None:
    """Let `names` tell, by row id, what the focal points are called that acted for a guest."""
    _names[:] = [names]


def focal_points(guest: Guest) -> Mapping[int, str]:
    """The names of focal points that acted for a guest, by row id."""
    return _names[0](guest) if _names else {}


def sections(guest: Guest, *, comes: bool = True) -> list[Part]:
    """The sections of a guest's own page, in their order; for who does not come, those that are for all."""
    known = sorted(
        ((at, template, make) for template, (at, make, away) in _own.items() if comes or away),
        key=lambda entry: entry[:2],
    )
    return [Part(template, part) for _, template, make in known if (part := make(guest)) is not None]


def desk_sections(guest: Guest, may: Callable[[Permission], bool]) -> list[Part]:
    """The sections of the guest's page for staff that the reader may see, in their order."""
    known = sorted(
        ((at, template, needed, make) for template, (at, needed, make) in _desk.items()),
        key=lambda entry: entry[:2],
    )
    return [
        Part(template, part)
        for _, template, needed, make in known
        if may(needed) and (part := make(guest)) is not None
    ]
