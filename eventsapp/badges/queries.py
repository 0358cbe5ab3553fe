"""Reading badges."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from eventsapp.badges.enums import BadgeState
from eventsapp.badges.models import Badge, BadgePrint
from eventsapp.core.db import db
from eventsapp.core.paging import Page, cut
from eventsapp.events.models import Category, Event
from eventsapp.people.models import Affiliation, Person
from eventsapp.rsvps.enums import LET_IN
from eventsapp.rsvps.models import Guest

PORTION = 1_000  # rows held at a time where all of an event are read
LONGEST_ID = 18  # digits that a row id may have on both databases


@dataclass(frozen=True)
class Printed:
    """The last time a badge was printed."""

    revision: int
    face_digest: str
    times: int


@dataclass(frozen=True)
class Counts:
    """How an event's badges stand."""

    active: int
    suspended: int
    revoked: int
    missing: int  # accepted guests without a badge


def of_event(event: Event, code: str) -> Badge | None:
    """The badge of the event's guest with that code."""
    return db.session.scalar(_whole().join(Guest).where(Badge.event_id == event.id, Guest.code == code))


def active(event: Event) -> Sequence[Badge]:
    """Every badge that opens doors, by name, with all that its face needs."""
    return db.session.scalars(
        _whole()
        .join(Guest)
        .where(Badge.event_id == event.id, Badge.state == BadgeState.ACTIVE)
        .order_by(Guest.sort_key, Guest.id)
    ).all()


def page(event: Event, state: BadgeState | None, after: str, size: int) -> Page[Badge]:
    """One page of an event's badges by name; `after` is a cursor of an earlier page."""
    statement = _whole().join(Guest).where(Badge.event_id == event.id).order_by(Guest.sort_key, Guest.id)
    if state is not None:
        statement = statement.where(Badge.state == state)
    if after:
        key, _, last = after.rpartition("~")
        row = db.tuple_(Guest.sort_key, Guest.id)
        is_id = last.isdecimal() and len(last) <= LONGEST_ID
        statement = statement.where(row > db.tuple_(key, int(last) if is_id else 0))
    rows = db.session.scalars(statement.limit(size + 1)).all()
    return cut(rows, size, [f"{badge.guest.sort_key}~{badge.guest_id}" for badge in rows])


def coded(event: Event) -> Iterator[tuple[int, int, int, date, date]]:
    """Of every badge that opens doors, by name, what its code says: number, revision, the category's number,
    first and last day. Read in portions, for there may be very many.
    """
    rows = db.session.execute(
        select(Badge.number, Badge.revision, Category.number, Badge.valid_from, Badge.valid_until)
        .join(Guest, Guest.id == Badge.guest_id)
        .join(Category, Category.id == Guest.category_id)
        .where(Badge.event_id == event.id, Badge.state == BadgeState.ACTIVE)
        .order_by(Guest.sort_key, Guest.id),
        execution_options={"yield_per": PORTION},
    )
    yield from rows


def printed(event: Event, badge_ids: Sequence[int] | None = None) -> Mapping[int, Printed]:
    """What was last printed of each of the event's badges, or of these only."""
    last = (
        select(func.max(BadgePrint.id).label("id"), func.count().label("times"))
        .join(Badge, Badge.id == BadgePrint.badge_id)
        .where(Badge.event_id == event.id)
        .group_by(BadgePrint.badge_id)
    )
    if badge_ids is not None:
        last = last.where(Badge.id.in_(badge_ids))
    found = last.subquery()
    rows = db.session.execute(
        select(BadgePrint.badge_id, BadgePrint.revision, BadgePrint.face_digest, found.c.times).join(
            found, found.c.id == BadgePrint.id
        )
    )
    return {row.badge_id: Printed(row.revision, row.face_digest, row.times) for row in rows}


def counts(event: Event) -> Counts:
    """How the event's badges stand."""
    by_state = {
        row[0]: row[1]
        for row in db.session.execute(
            select(Badge.state, func.count()).where(Badge.event_id == event.id).group_by(Badge.state)
        )
    }
    missing = db.session.scalar(
        select(func.count())
        .select_from(Guest)
        .outerjoin(Badge, Badge.guest_id == Guest.id)
        .where(Guest.event_id == event.id, Guest.state.in_(LET_IN), Badge.id.is_(None))
    )
    return Counts(
        by_state.get(BadgeState.ACTIVE, 0),
        by_state.get(BadgeState.SUSPENDED, 0),
        by_state.get(BadgeState.REVOKED, 0),
        missing or 0,
    )


def _whole() -> Select[Badge]:
    guest = joinedload(Badge.guest, innerjoin=True)
    return select(Badge).options(
        guest.joinedload(Guest.person, innerjoin=True).selectinload(Person.names),
        guest.joinedload(Guest.category, innerjoin=True).options(selectinload(Category.zones)),
        guest.joinedload(Guest.affiliation).joinedload(Affiliation.organisation),
        guest.joinedload(Guest.event, innerjoin=True).joinedload(Event.venue),
    )
