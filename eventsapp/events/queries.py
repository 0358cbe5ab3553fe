"""Reading events."""

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, func, or_, select, tuple_
from sqlalchemy.orm import joinedload, selectinload

from eventsapp.core.db import db
from eventsapp.core.paging import Page, cut
from eventsapp.events.enums import EventState
from eventsapp.events.models import Category, Event

PAGE = 50


class Shown(StrEnum):
    """The lists of events that an organiser looks at."""

    UPCOMING = "upcoming"
    PAST = "past"
    DRAFTS = "drafts"


def by_slug(slug: str) -> Event | None:
    """The event at that address, with its venue, host and parent; None if there is none."""
    return db.session.scalar(
        select(Event)
        .where(Event.slug == slug)
        .options(joinedload(Event.venue), joinedload(Event.host), joinedload(Event.parent))
    )


def lineage(event: Event) -> tuple[int, ...]:
    """The ids of the event and of the events it stands inside: where a role for it may be held."""
    ids: list[int] = []
    step: Event | None = event
    while step is not None and step.id not in ids:
        ids.append(step.id)
        step = step.parent
    return tuple(ids)


def family() -> dict[int, int | None]:
    """Every event's id with its parent's (one query)."""
    return {row.id: row.parent_id for row in db.session.execute(select(Event.id, Event.parent_id))}


def _shown(shown: Shown, now: datetime) -> ColumnElement[bool]:
    if shown is Shown.DRAFTS:
        return Event.state == EventState.DRAFT
    over = or_(Event.ends_at < now, Event.state == EventState.CLOSED)
    return and_(Event.state != EventState.DRAFT, over if shown is Shown.PAST else ~over)


def listed(
    shown: Shown, only: Collection[int], now: datetime, after: str | None = None, size: int = PAGE
) -> Page[Event]:
    """A page of a list: upcoming ones and drafts soonest first, past ones latest first.

    `only` holds the ids that the reader may see; `after` is a cursor.
    """
    key = (Event.starts_at, Event.id)
    query = (
        select(Event)
        .where(_shown(shown, now), Event.id.in_(only))
        .options(joinedload(Event.venue), joinedload(Event.parent))
    )
    known = select(*key).where(Event.slug == after, Event.id.in_(only))
    last = db.session.execute(known).first() if after else None
    if shown is Shown.PAST:
        query = query.order_by(*(column.desc() for column in key))
        query = query.where(tuple_(*key) < tuple_(*last)) if last else query
    else:
        query = query.order_by(*key)
        query = query.where(tuple_(*key) > tuple_(*last)) if last else query
    rows = db.session.scalars(query.limit(size + 1)).all()
    return cut(rows, size, [event.slug for event in rows])


def counts(only: Collection[int], now: datetime) -> dict[Shown, int]:
    """How many events each list holds (one query)."""
    columns = [func.count().filter(_shown(shown, now)).label(shown.value) for shown in Shown]
    row = db.session.execute(select(*columns).where(Event.id.in_(only))).one()
    return {shown: getattr(row, shown.value) for shown in Shown}


def choosable(only: Collection[int]) -> Sequence[Event]:
    """Events that another may stand inside or attend: those not yet cancelled, latest first."""
    return db.session.scalars(
        select(Event)
        .where(Event.id.in_(only), Event.state != EventState.CANCELLED)
        .order_by(Event.starts_at.desc())
        .limit(200)
    ).all()


def children(event: Event, only: Collection[int]) -> Sequence[Event]:
    """The events inside an event that the reader may see, in the order of time."""
    return db.session.scalars(
        select(Event)
        .where(Event.parent_id == event.id, Event.id.in_(only))
        .order_by(Event.starts_at, Event.id)
        .options(joinedload(Event.venue))
    ).all()


def categories(event: Event) -> Sequence[Category]:
    """An event's categories in their order, with the zones they open."""
    return db.session.scalars(
        select(Category)
        .where(Category.event_id == event.id)
        .order_by(Category.position, Category.id)
        .options(selectinload(Category.zones))
    ).all()


def category_of(event: Event, code: str) -> Category | None:
    """An event's category by its public code, with its zones."""
    return db.session.scalar(
        select(Category)
        .where(Category.event_id == event.id, Category.code == code)
        .options(selectinload(Category.zones))
    )
