"""Which events the public may read: the one rule, and the reads under it.

An event is open once it was published, unless it is by invitation: its page answers at its address.
A public one is also announced, on the first page and beside the events it belongs to; an unlisted one
is not. A draft, and one that was cancelled before it was ever published, does not exist for the public.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select, tuple_
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.strategy_options import _AbstractLoad

from eventsapp.core.db import db
from eventsapp.core.paging import Page, cut
from eventsapp.events.enums import EventState, Visibility
from eventsapp.events.models import Event, event_attendance

MOST_AHEAD = 200
PAGE = 20


def is_open(event: Event) -> bool:
    """Whether the public may read the event at its address."""
    return (
        event.state is not EventState.DRAFT
        and event.published_at is not None
        and event.visibility is not Visibility.INVITATION
    )


def is_listed(event: Event) -> bool:
    """Whether the event is announced to the public as well."""
    return is_open(event) and event.visibility is Visibility.PUBLIC


def _open() -> ColumnElement[bool]:
    return and_(
        Event.state != EventState.DRAFT,
        Event.published_at.is_not(None),
        Event.visibility != Visibility.INVITATION,
    )


def _listed() -> ColumnElement[bool]:
    return and_(_open(), Event.visibility == Visibility.PUBLIC)


def _beside() -> tuple[_AbstractLoad, ...]:
    return (joinedload(Event.venue), joinedload(Event.host), joinedload(Event.parent))


def open_event(slug: str) -> Event | None:
    """The event at that address with venue, host and parent, if the public may read it."""
    return db.session.scalar(select(Event).where(Event.slug == slug, _open()).options(*_beside()))


def _is_over(now: datetime) -> ColumnElement[bool]:
    return or_(Event.ends_at <= now, Event.state == EventState.CLOSED)


def ahead(now: datetime) -> Sequence[Event]:
    """Announced events that run or are to come, soonest first."""
    query = select(Event).where(_listed(), ~_is_over(now)).order_by(Event.starts_at, Event.id)
    return db.session.scalars(query.options(*_beside()).limit(MOST_AHEAD)).all()


def over(now: datetime, before: str | None = None, size: int = PAGE) -> Page[Event]:
    """A page of announced events that are over, latest first; `before` is a cursor."""
    key = (Event.starts_at, Event.id)
    query = select(Event).where(_listed(), _is_over(now)).order_by(*(column.desc() for column in key))
    last = db.session.execute(select(*key).where(Event.slug == before, _listed())).first() if before else None
    if last:
        query = query.where(tuple_(*key) < tuple_(*last))
    rows = db.session.scalars(query.options(*_beside()).limit(size + 1)).all()
    return cut(rows, size, [event.slug for event in rows])


def inside(event: Event) -> Sequence[Event]:
    """Announced events that stand inside this one, in the order of time."""
    query = select(Event).where(_listed(), Event.parent_id == event.id)
    return db.session.scalars(query.order_by(Event.starts_at, Event.id).options(*_beside())).all()


def attended_by(event: Event) -> Sequence[Event]:
    """Announced events that this one attends, in the order of time."""
    attended = select(event_attendance.c.attended_id).where(event_attendance.c.event_id == event.id)
    query = select(Event).where(_listed(), Event.id.in_(attended))
    return db.session.scalars(query.order_by(Event.starts_at, Event.id).options(*_beside())).all()
