"""A programme as a list by day, and as a table of one day by room."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from flask import render_template, request

from eventsapp.access.permissions import Permission
from eventsapp.core import clock
from eventsapp.core.db import LanguageMap
from eventsapp.core.zones import to_local
from eventsapp.events.desk import for_event, may
from eventsapp.events.models import Event
from eventsapp.events.service import OPEN
from eventsapp.programme import grid, queries
from eventsapp.programme.conflicts import Clash
from eventsapp.programme.models import ProgrammeItem
from eventsapp.programme.occupied import clashes_in
from eventsapp.programme.views.blueprint import programme_pages


@programme_pages.get("/")
@for_event(Permission.VIEW_EVENT)
def index(event: Event) -> str:
    """By day, with who takes part and what overlaps."""
    items = queries.items(event)
    return render_template(
        "programme/index.html",
        event=event,
        days=grid.days(items),
        parts=queries.parts_of(event),
        overlapping=_overlapping(clashes_in(event, items)),
        may_edit=may_edit(event),
    )


def may_edit(event: Event) -> bool:
    """Whether whoever asks may change the programme as the event stands."""
    return event.state in OPEN and may(Permission.EDIT_PROGRAMME)


def _overlapping(clashes: Iterable[Clash]) -> Counter[str]:
    """How many overlaps each item has, by its code."""
    return Counter(slot.key for clash in clashes for slot in (clash.first, clash.second))


@dataclass(frozen=True)
class Column:
    """A room (None: no room) with what stands in it on a day."""

    room_id: int | None
    names: LanguageMap
    items: Sequence[ProgrammeItem]


@programme_pages.get("/rooms")
@for_event(Permission.VIEW_EVENT)
def rooms(event: Event) -> str:
    """One day, rooms side by side."""
    items = queries.items(event)
    days = grid.days(items)
    day = _day(days, event)
    columns = _columns(days.get(day, [])) if day else []
    return render_template(
        "programme/rooms.html",
        event=event,
        days=list(days),
        day=day,
        columns=columns,
        rows=grid.rows([column.items for column in columns]),
        overlapping=_overlapping(clashes_in(event, items)),
        may_edit=may_edit(event),
    )


def _day(days: Iterable[date], event: Event) -> date | None:
    """The day asked for, else today, else the first."""
    known = list(days)
    today = to_local(clock.now(), event.timezone).date()
    asked = request.args.get("day", "")
    for wanted in (asked, today.isoformat()):
        found = next((day for day in known if day.isoformat() == wanted), None)
        if found:
            return found
    return known[0] if known else None


def _columns(items: Sequence[ProgrammeItem]) -> list[Column]:
    rooms = {item.room.id: item.room for item in items if item.room}
    ordered = sorted(rooms.values(), key=lambda room: (room.venue_id, room.position, room.id))
    columns = [
        Column(room.id, room.names, [item for item in items if item.room_id == room.id]) for room in ordered
    ]
    elsewhere = [item for item in items if item.room_id is None]
    return [*columns, Column(None, {}, elsewhere)] if elsewhere else columns
