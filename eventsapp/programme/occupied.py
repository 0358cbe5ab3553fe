"""What people and rooms are busy with, over all events: the slots that conflicts are found among."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select, union
from sqlalchemy.orm import joinedload, load_only

from eventsapp.core.db import db
from eventsapp.events.enums import EventState
from eventsapp.events.models import Event
from eventsapp.places.models import Room
from eventsapp.programme.conflicts import Clash, Slot, clashes, clashes_of
from eventsapp.programme.enums import ItemState
from eventsapp.programme.models import Participation, ProgrammeItem, group_people, item_groups

LONGEST_RESET = timedelta(days=1)


def clashes_in(event: Event, items: Sequence[ProgrammeItem]) -> list[Clash]:
    """What the items of an event share with one another and with other events (three queries)."""
    live = [item for item in items if item.state is not ItemState.CANCELLED]
    if not live or event.state is EventState.CANCELLED:
        return []
    first = min(item.starts_at for item in live) - LONGEST_RESET
    last = max(item.ends_at for item in live) + LONGEST_RESET
    found = clashes(slots_between(first, last))
    return [clash for clash in found if event.id in (clash.first.event_id, clash.second.event_id)]


def clashes_with(slot: Slot) -> list[Clash]:
    """What one item, stored or only thought of, shares with what is planned elsewhere (two queries)."""
    others = slots_between(slot.starts_at - LONGEST_RESET, slot.ends_at + LONGEST_RESET)
    return clashes_of(slot, others)


def slots_between(first: datetime, last: datetime) -> list[Slot]:
    """Every live item of every live event in a stretch of time, with who must be there."""
    within: Sequence[ColumnElement[bool]] = (
        ProgrammeItem.starts_at < last,
        ProgrammeItem.ends_at > first,
        ProgrammeItem.state != ItemState.CANCELLED,
        Event.state != EventState.CANCELLED,
    )
    rows = db.session.execute(
        select(
            ProgrammeItem.id,
            ProgrammeItem.code,
            ProgrammeItem.event_id,
            ProgrammeItem.starts_at,
            ProgrammeItem.ends_at,
            ProgrammeItem.room_id,
            Room.reset_minutes,
        )
        .join(Event, Event.id == ProgrammeItem.event_id)
        .outerjoin(Room, Room.id == ProgrammeItem.room_id)
        .where(*within)
    ).all()
    busy = _people(within)
    return [
        Slot(
            key=row.code,
            event_id=row.event_id,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            room_id=row.room_id,
            reset=timedelta(minutes=row.reset_minutes or 0),
            people=frozenset(busy.get(row.id, ())),
        )
        for row in rows
    ]


def _people(within: Iterable[ColumnElement[bool]]) -> dict[int, set[int]]:
    named = (
        select(Participation.item_id, Participation.person_id)
        .join(ProgrammeItem, ProgrammeItem.id == Participation.item_id)
        .join(Event, Event.id == ProgrammeItem.event_id)
        .where(*within)
    )
    grouped = (
        select(item_groups.c.item_id, group_people.c.person_id)
        .join(group_people, group_people.c.group_id == item_groups.c.group_id)
        .join(ProgrammeItem, ProgrammeItem.id == item_groups.c.item_id)
        .join(Event, Event.id == ProgrammeItem.event_id)
        .where(*within)
    )
    busy: dict[int, set[int]] = {}
    for item_id, person_id in db.session.execute(union(named, grouped)):
        busy.setdefault(item_id, set()).add(person_id)
    return busy


def items_by_code(codes: Collection[str]) -> dict[str, ProgrammeItem]:
    """Items of any event by their codes, with their events: to name what clashes, to whoever may see it."""
    found = db.session.scalars(
        select(ProgrammeItem)
        .where(ProgrammeItem.code.in_(codes))
        .options(
            load_only(
                ProgrammeItem.code,
                ProgrammeItem.title,
                ProgrammeItem.event_id,
                ProgrammeItem.timezone,
                ProgrammeItem.starts_local,
                ProgrammeItem.ends_local,
            ),
            joinedload(ProgrammeItem.event),
        )
    ).all()
    return {item.code: item for item in found}
