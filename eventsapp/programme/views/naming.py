"""Overlaps in words: who or which room, and what else is planned, as far as the reader may know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from sqlalchemy import select

from eventsapp.core.db import LanguageMap, db
from eventsapp.core.zones import to_local
from eventsapp.events import queries as events
from eventsapp.events.sight import events_open_to
from eventsapp.people.models import Person
from eventsapp.places.models import Room
from eventsapp.programme.conflicts import Clash, ClashKind
from eventsapp.programme.models import ProgrammeItem
from eventsapp.programme.occupied import items_by_code
from eventsapp.web.current import identity


@dataclass(frozen=True)
class Overlap:
    """One overlap of an item. `title` is None where the other item is in an event the reader may not see."""

    kind: ClashKind
    person: str
    language: str
    room: LanguageMap
    title: LanguageMap | None
    event_title: LanguageMap | None
    href: str
    starts_local: datetime
    ends_local: datetime
    timezone: str


def overlaps(key: str, event_id: int, timezone: str, clashes: Sequence[Clash]) -> list[Overlap]:
    """An item's overlaps in words; times in `timezone` (at most four queries, none without a clash)."""
    mine = [clash for clash in clashes if clash.concerns(key)]
    if not mine:
        return []
    people = _people({clash.subject_id for clash in mine if clash.kind is ClashKind.PERSON})
    rooms = _rooms({clash.subject_id for clash in mine if clash.kind is not ClashKind.PERSON})
    others = items_by_code({clash.other(key).key for clash in mine})
    seen = events_open_to(identity(), events.family())
    return [_overlap(clash, key, event_id, timezone, people, rooms, others, seen) for clash in mine]


def _overlap(
    clash: Clash,
    key: str,
    event_id: int,
    timezone: str,
    people: dict[int, Person],
    rooms: dict[int, Room],
    others: dict[str, ProgrammeItem],
    seen: frozenset[int],
) -> Overlap:
    slot = clash.other(key)
    other = others.get(slot.key) if slot.event_id in seen else None
    person = people.get(clash.subject_id) if clash.kind is ClashKind.PERSON else None
    room = rooms.get(clash.subject_id) if clash.kind is not ClashKind.PERSON else None
    return Overlap(
        kind=clash.kind,
        person=person.display_name if person else "",
        language=person.display_language if person else "",
        room=room.names if room else {},
        title=other.title if other else None,
        event_title=other.event.title if other and other.event_id != event_id else None,
        href=url_for("programme.show", slug=other.event.slug, code=other.code) if other else "",
        starts_local=to_local(slot.starts_at, timezone),
        ends_local=to_local(slot.ends_at, timezone),
        timezone=timezone,
    )


def _people(ids: set[int]) -> dict[int, Person]:
    return {row.id: row for row in db.session.scalars(select(Person).where(Person.id.in_(ids)))}


def _rooms(ids: set[int]) -> dict[int, Room]:
    return {row.id: row for row in db.session.scalars(select(Room).where(Room.id.in_(ids)))}
