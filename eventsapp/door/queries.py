"""Reading the door: checkpoints, live counts, recent attempts, guests by name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, case, func, select
from sqlalchemy.orm import joinedload

from eventsapp.badges.enums import BadgeState
from eventsapp.badges.models import Badge
from eventsapp.core.db import db
from eventsapp.core.text import fold, like
from eventsapp.devices.models import Device
from eventsapp.door.enums import Cause, Direction, Method, Outcome
from eventsapp.door.models import Admission, Checkpoint, Scan
from eventsapp.events.models import Category
from eventsapp.people.models import Person
from eventsapp.places.models import Zone
from eventsapp.rsvps.enums import LET_IN, GuestState
from eventsapp.rsvps.models import Guest

SEARCH_LIMIT = 20


def checkpoints(event_id: int) -> Sequence[Checkpoint]:
    """The event's checkpoints by name, with their zones."""
    return db.session.scalars(
        select(Checkpoint)
        .where(Checkpoint.event_id == event_id)
        .order_by(Checkpoint.name)
        .options(joinedload(Checkpoint.zone))
    ).all()


def checkpoint(event_id: int, code: str) -> Checkpoint | None:
    """The event's checkpoint with that public code."""
    return db.session.scalar(
        select(Checkpoint).where(Checkpoint.event_id == event_id, Checkpoint.code == code)
    )


def checkpoint_by_name(event_id: int, name: str) -> Checkpoint | None:
    """The event's checkpoint of that name."""
    return db.session.scalar(
        select(Checkpoint).where(Checkpoint.event_id == event_id, Checkpoint.name == name)
    )


def zones_of(venue_ids: Sequence[int]) -> Sequence[Zone]:
    """The zones of these venues."""
    return db.session.scalars(
        select(Zone).where(Zone.venue_id.in_(venue_ids)).order_by(Zone.venue_id, Zone.position, Zone.id)
    ).all()


@dataclass(frozen=True)
class CheckpointCount:
    """What happened at one checkpoint so far."""

    code: str
    name: str
    area: str
    admitted: int
    already_in: int
    left: int
    refused: int


@dataclass(frozen=True)
class AreaCount:
    """One area: who is inside now, how many different holders ever were, how many it may hold."""

    area: str
    inside: int
    entered: int
    capacity: int | None


@dataclass(frozen=True)
class Counts:
    """The door at this moment. `expected` counts the guests who accepted."""

    expected: int
    checkpoints: tuple[CheckpointCount, ...]
    areas: tuple[AreaCount, ...]


def counts(event_id: int) -> Counts:
    """The live counts of an event (four queries)."""
    rows = db.session.execute(
        select(Checkpoint.id, Checkpoint.code, Checkpoint.name, Checkpoint.area, Checkpoint.capacity)
        .where(Checkpoint.event_id == event_id)
        .order_by(Checkpoint.name)
    ).all()
    outcomes: dict[tuple[int | None, Outcome], int] = {}
    for checkpoint_id, outcome, number in db.session.execute(
        select(Scan.checkpoint_id, Scan.outcome, func.count())
        .where(Scan.event_id == event_id)
        .group_by(Scan.checkpoint_id, Scan.outcome)
    ):
        outcomes[checkpoint_id, outcome] = number
    return Counts(
        expected=_expected(event_id),
        checkpoints=tuple(
            CheckpointCount(
                row.code, row.name, row.area, *(outcomes.get((row.id, outcome), 0) for outcome in Outcome)
            )
            for row in rows
        ),
        areas=_areas(event_id, rows),
    )


def _expected(event_id: int) -> int:
    accepted = select(func.count()).where(Guest.event_id == event_id, Guest.state.in_(LET_IN))
    return int(db.session.execute(accepted).scalar_one())


def _areas(event_id: int, rows: Sequence[Row[*tuple[Any, ...]]]) -> tuple[AreaCount, ...]:
    capacities: dict[str, int | None] = {}
    for row in rows:
        before = capacities.get(row.area)
        limits = [limit for limit in (before, row.capacity) if limit is not None]
        capacities[row.area] = min(limits, default=None)
    found = {
        area: (int(inside), int(entered))
        for area, inside, entered in db.session.execute(
            select(
                Admission.area,
                func.sum(case((Admission.left_at.is_(None), 1), else_=0)),
                func.count(Admission.badge_id.distinct()),
            )
            .where(Admission.event_id == event_id)
            .group_by(Admission.area)
        )
    }
    return tuple(
        AreaCount(area, *found.get(area, (0, 0)), capacity=capacities.get(area))
        for area in sorted(capacities.keys() | found.keys())
    )


@dataclass(frozen=True)
class RecentScan:
    """One attempt as the organiser reads it; `name` is empty for strangers."""

    at: datetime
    checkpoint: str
    device: str
    name: str
    language: str
    outcome: Outcome
    cause: Cause | None
    direction: Direction
    method: Method
    drift_ms: int


def recent(event_id: int, *, limit: int = 50) -> list[RecentScan]:
    """The newest attempts of an event (one query)."""
    rows = db.session.execute(
        select(
            Scan.corrected_at,
            Checkpoint.name.label("checkpoint"),
            Device.name.label("device"),
            Badge.event_id.label("badge_event"),
            Guest.badge_name,
            Person.display_name,
            Person.display_language,
            Scan.outcome,
            Scan.cause,
            Scan.direction,
            Scan.method,
            Scan.clock_drift_ms,
        )
        .join(Device, Device.id == Scan.device_id)
        .outerjoin(Checkpoint, Checkpoint.id == Scan.checkpoint_id)
        .outerjoin(Badge, Badge.id == Scan.badge_id)
        .outerjoin(Guest, Guest.id == Badge.guest_id)
        .outerjoin(Person, Person.id == Guest.person_id)
        .where(Scan.event_id == event_id)
        .order_by(Scan.received_at.desc(), Scan.id)
        .limit(limit)
    )
    return [_recent(row, event_id) for row in rows]


def _recent(row: Row[*tuple[Any, ...]], event_id: int) -> RecentScan:
    ours = row.badge_event == event_id  # a guest of another event is a stranger here
    return RecentScan(
        at=row.corrected_at,
        checkpoint=row.checkpoint or "",
        device=row.device,
        name=(row.badge_name or row.display_name) if ours else "",
        language=row.display_language if ours and not row.badge_name else "",
        outcome=row.outcome,
        cause=row.cause,
        direction=row.direction,
        method=row.method,
        drift_ms=row.clock_drift_ms,
    )


@dataclass(frozen=True)
class FoundGuest:
    """A guest as the steward's search shows them. `short_code` is empty without a badge.

    `standing` is "expected" for whoever a door may admit, else why not: the guest's state, "no_badge",
    "suspended" or "revoked".
    """

    name: str
    language: str
    short_code: str
    category: dict[str, str]
    letter: str
    colour: str
    standing: str


def find_guests(event_id: int, term: str, *, limit: int = SEARCH_LIMIT) -> list[FoundGuest]:
    """The event's guests of whom every word of `term` is part of a recorded name, in any script.

    Case, accents and punctuation do not matter. An empty term finds nobody. One query.
    """
    words = fold(term).split()
    if not words:
        return []
    rows = db.session.execute(
        select(
            Guest.state,
            Guest.badge_name,
            Person.display_name,
            Person.display_language,
            Category.names,
            Category.letter,
            Category.colour,
            Badge.short_code,
            Badge.state.label("badge_state"),
        )
        .join(Person, Person.id == Guest.person_id)
        .join(Category, Category.id == Guest.category_id)
        .outerjoin(Badge, Badge.guest_id == Guest.id)
        .where(
            Guest.event_id == event_id,
            *(Person.search_text.like(like(word), escape="\\") for word in words[:6]),
        )
        .order_by(Guest.sort_key, Guest.id)
        .limit(limit)
    )
    return [
        FoundGuest(
            name=row.badge_name or row.display_name,
            language="" if row.badge_name else row.display_language,
            short_code=row.short_code or "",
            category=row.names,
            letter=row.letter,
            colour=row.colour,
            standing=_standing(row.state, row.badge_state),
        )
        for row in rows
    ]


def _standing(state: GuestState, badge: BadgeState | None) -> str:
    if state not in LET_IN:
        return state.value
    if badge is None:
        return "no_badge"
    return "expected" if badge is BadgeState.ACTIVE else badge.value
