"""What a scan reads: checkpoints with their rules, badges with their stays, answers already given.

SQLAlchemy Core, for the scan path: an ORM row costs four times the CPU. Each function is one query
however many scans ask.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Connection, Select, and_, bindparam, func, or_, select, tuple_

from eventsapp.badges.enums import BadgeState
from eventsapp.badges.models import Badge
from eventsapp.core.db import is_sqlite
from eventsapp.core.prepared import Query
from eventsapp.devices.models import Device
from eventsapp.door.attempts import HolderShown
from eventsapp.door.decision import Door, Holder
from eventsapp.door.enums import Cause, Outcome
from eventsapp.door.models import Admission, Checkpoint, Scan
from eventsapp.events.enums import EventState
from eventsapp.events.models import Category, Event, category_zones
from eventsapp.people.models import Person
from eventsapp.rsvps.enums import LET_IN
from eventsapp.rsvps.models import Guest

_DAY = timedelta(days=1)


@dataclass(slots=True)
class KnownDoor:
    """A checkpoint as a scan needs it."""

    id: int
    code: str
    name: str
    area: str
    rules: Door


@dataclass(slots=True)
class Stay:
    """A holder's last stay in an area; `left_at` is None while they are inside. `id` is None until stored."""

    id: int | None
    cycle: int
    checkpoint_id: int
    device: str
    scan_id: str
    admitted_at: datetime
    left_at: datetime | None


@dataclass(slots=True)
class KnownBadge:
    """A badge, its holder, the last stay in each area, and every stay by the scan that began it."""

    id: int
    rules: Holder
    shown: HolderShown
    stays: dict[str, Stay] = field(default_factory=dict)
    by_scan: dict[str, Stay] = field(default_factory=dict)

    def note(self, area: str, stay: Stay) -> None:
        """Know of a stay."""
        self.by_scan[stay.scan_id] = stay
        before = self.stays.get(area)
        if before is None or before.cycle < stay.cycle:
            self.stays[area] = stay


@dataclass(slots=True)
class Answered:
    """What was answered to an attempt before."""

    outcome: Outcome
    cause: Cause | None
    badge_id: int | None
    checkpoint_id: int | None
    first_scan_id: str | None
    at: datetime


class Doors:
    """The checkpoints of the events at hand."""

    def __init__(self, doors: Iterable[KnownDoor]) -> None:
        self.by_id: dict[int, KnownDoor] = {}
        self._by_name: dict[tuple[int, str], KnownDoor] = {}
        for door in doors:
            self.by_id[door.id] = door
            self._by_name.setdefault((door.rules.event, door.name), door)
        for door in self.by_id.values():  # a code is worth more than a name that looks like one
            self._by_name[door.rules.event, door.code] = door

    def find(self, event_id: int, code_or_name: str) -> KnownDoor | None:
        """The event's checkpoint of that code or name."""
        return self._by_name.get((event_id, code_or_name))

    def open_to(self, event_id: int, category: int) -> tuple[str, ...]:
        """The names of the event's checkpoints that let this category in."""
        return tuple(
            door.name
            for door in self.by_id.values()
            if door.rules.event == event_id
            and door.rules.categories is not None
            and category in door.rules.categories
        )


def doors(connection: Connection, event_ids: Iterable[int]) -> Doors:
    """The events' checkpoints, each with the categories that its zone is granted to."""
    rows: dict[int, tuple[Any, set[int]]] = {}
    for row in _DOORS.rows(connection, events=sorted(set(event_ids))):
        categories = rows.setdefault(row.id, (row, set()))[1]
        if row.category_id is not None:
            categories.add(row.category_id)
    return Doors(_door(row, categories) for row, categories in rows.values())


def _doors_query() -> Select[*tuple[Any, ...]]:
    granted = (
        select(category_zones.c.zone_id, Category.id.label("category_id"), Category.event_id)
        .join(Category, Category.id == category_zones.c.category_id)
        .subquery()
    )
    return (
        select(
            Checkpoint.id,
            Checkpoint.code,
            Checkpoint.name,
            Checkpoint.area,
            Checkpoint.zone_id,
            Checkpoint.opens_at,
            Checkpoint.closes_at,
            Checkpoint.capacity,
            Checkpoint.event_id,
            Event.state,
            granted.c.category_id,
        )
        .join(Event, Event.id == Checkpoint.event_id)
        .outerjoin(
            granted,
            and_(granted.c.zone_id == Checkpoint.zone_id, granted.c.event_id == Checkpoint.event_id),
        )
        .where(Checkpoint.event_id.in_(bindparam("events", expanding=True)))
        .order_by(Checkpoint.id)
    )


_DOORS = Query(_doors_query())


def _door(row: Any, categories: set[int]) -> KnownDoor:
    rules = Door(
        event=row.event_id,
        cancelled=row.state is EventState.CANCELLED,
        categories=None if row.zone_id is None else frozenset(categories),
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        capacity=row.capacity,
    )
    return KnownDoor(row.id, row.code, row.name, row.area, rules)


_BADGES = (
    select(
        Badge.id,
        Badge.number,
        Badge.short_code,
        Badge.event_id,
        Badge.revision,
        Badge.state,
        Badge.valid_from,
        Badge.valid_until,
        Guest.state.label("guest_state"),
        Guest.badge_name,
        Person.display_name,
        Person.display_language,
        Category.id.label("category_id"),
        Category.names,
        Category.letter,
        Category.colour,
        Admission.id.label("stay_id"),
        Admission.area,
        Admission.cycle,
        Admission.checkpoint_id,
        Admission.scan_id,
        Admission.admitted_at,
        Admission.left_at,
        Device.name.label("device"),
    )
    .join(Guest, Guest.id == Badge.guest_id)
    .join(Person, Person.id == Guest.person_id)
    .join(Category, Category.id == Guest.category_id)
    .outerjoin(Admission, Admission.badge_id == Badge.id)
    .outerjoin(Device, Device.id == Admission.device_id)
)


@dataclass(slots=True)
class Badges:
    """The badges at hand."""

    by_id: dict[int, KnownBadge] = field(default_factory=dict)
    by_number: dict[int, KnownBadge] = field(default_factory=dict)
    by_short_code: dict[str, KnownBadge] = field(default_factory=dict)


def badges(
    connection: Connection, numbers: Sequence[int], short_codes: Sequence[str], ids: Sequence[int] = ()
) -> Badges:
    """The badges of those numbers, short codes or ids, with their holders and stays."""
    found = Badges()
    wanted = {"number": numbers, "short_code": short_codes, "id": ids}
    given = {name: values for name, values in wanted.items() if values}
    if not given:
        return found
    for row in _badges_by(tuple(given)).rows(connection, **given):
        badge = found.by_id.get(row.id)
        if badge is None:
            badge = found.by_id[row.id] = _badge(row)
            found.by_number[row.number] = badge
            found.by_short_code[row.short_code] = badge
        if row.stay_id is not None:
            badge.note(row.area, _stay(row))
    return found


@cache
def _badges_by(keys: tuple[str, ...]) -> Query:
    columns = {"number": Badge.number, "short_code": Badge.short_code, "id": Badge.id}
    return Query(_BADGES.where(or_(*(columns[key].in_(bindparam(key, expanding=True)) for key in keys))))


def _badge(row: Any) -> KnownBadge:
    rules = Holder(
        event=row.event_id,
        category=row.category_id,
        revision=row.revision,
        revoked=row.state is BadgeState.REVOKED,
        coming=row.guest_state in LET_IN and row.state is not BadgeState.SUSPENDED,
        valid_from=begins(row.valid_from),
        valid_until=ends(row.valid_until),
    )
    shown = HolderShown(
        name=row.badge_name or row.display_name,
        language="" if row.badge_name else row.display_language,
        short_code=row.short_code,
        category=row.names,
        letter=row.letter,
        colour=row.colour,
    )
    return KnownBadge(row.id, rules, shown)


@lru_cache(maxsize=256)  # nearly all badges of an event have the same days
def begins(first_day: date) -> datetime:
    """From when a badge counts as in time: a whole day's margin, as in `badges/code.py`."""
    return datetime.combine(first_day, time(), UTC) - _DAY


@lru_cache(maxsize=256)
def ends(last_day: date) -> datetime:
    """From when a badge is out of time."""
    return datetime.combine(last_day, time(), UTC) + 2 * _DAY


def _stay(row: Any) -> Stay:
    return Stay(
        row.stay_id, row.cycle, row.checkpoint_id, row.device, row.scan_id, row.admitted_at, row.left_at
    )


def answered(connection: Connection, keys: Sequence[tuple[int, str]]) -> Mapping[tuple[int, str], Answered]:
    """What was answered before, by device id and scan id."""
    rows = connection.execute(
        select(
            Scan.device_id,
            Scan.id,
            Scan.outcome,
            Scan.cause,
            Scan.badge_id,
            Scan.checkpoint_id,
            Scan.first_scan_id,
            Scan.corrected_at,
        ).where(tuple_(Scan.device_id, Scan.id).in_(keys))
    )
    return {
        (row.device_id, row.id): Answered(
            row.outcome, row.cause, row.badge_id, row.checkpoint_id, row.first_scan_id, row.corrected_at
        )
        for row in rows
    }


def inside(connection: Connection, areas: Sequence[tuple[int, str]]) -> dict[tuple[int, str], int]:
    """How many are inside these areas (event id, area); nobody else can enter one until the transaction ends.

    On PostgreSQL the areas' checkpoints are locked, in one order, before anybody is counted.
    """
    if not is_sqlite(connection):
        connection.execute(
            select(Checkpoint.id)
            .where(tuple_(Checkpoint.event_id, Checkpoint.area).in_(areas), Checkpoint.capacity.is_not(None))
            .order_by(Checkpoint.id)
            .with_for_update(key_share=True)
        )
    rows = connection.execute(
        select(Admission.event_id, Admission.area, func.count())
        .where(tuple_(Admission.event_id, Admission.area).in_(areas), Admission.left_at.is_(None))
        .group_by(Admission.event_id, Admission.area)
    )
    return {(event_id, area): count for event_id, area, count in rows}
