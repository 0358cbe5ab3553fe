"""Reading what calendars show."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from eventsapp.core.db import db
from eventsapp.events.enums import EventState
from eventsapp.events.models import Event, event_attendance
from eventsapp.rsvps.enums import LET_IN, GuestState
from eventsapp.rsvps.models import Guest

_COMING = (*LET_IN, GuestState.TENTATIVE)


def stays(guest: Guest) -> Sequence[Guest]:
    """The guest and the same person as a guest of the events around this one, where they may come.

    Around an event stand the one it is part of, its parts, and those it attends or is attended by: a
    delegate of a visit has its signing and its summit in one calendar. By the events' beginning.
    """
    attended = select(event_attendance.c.attended_id).where(event_attendance.c.event_id == guest.event_id)
    attending = select(event_attendance.c.event_id).where(event_attendance.c.attended_id == guest.event_id)
    around = or_(
        Event.id == guest.event_id,
        Event.id == guest.event.parent_id,
        Event.parent_id == guest.event_id,
        Event.id.in_(attended),
        Event.id.in_(attending),
    )
    return db.session.scalars(
        select(Guest)
        .join(Guest.event)
        .where(Guest.person_id == guest.person_id, Guest.state.in_(_COMING), around)
        .where(Event.state != EventState.DRAFT)
        .order_by(Event.starts_at, Event.id)
        .options(joinedload(Guest.event).joinedload(Event.venue), selectinload(Guest.item_replies))
    ).all()
