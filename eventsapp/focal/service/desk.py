"""What every deed at the desk begins with: the locks, and that the desk is still open."""

from datetime import datetime

from sqlalchemy import select

from eventsapp.core.db import db
from eventsapp.core.errors import Conflict, NotFound
from eventsapp.core.text import N_
from eventsapp.events.enums import EventState
from eventsapp.events.models import Event
from eventsapp.focal.models import FocalPlace, FocalPoint
from eventsapp.rsvps.service import locking


def begin(point: FocalPoint, *, now: datetime) -> Event:
    """Lock the event and look at the desk anew; remembers that it was used.

    Raises `Conflict` when the event is over or cancelled, `NotFound` when the desk was closed meanwhile.
    """
    event = locking.hold_event(point.event_id)
    locking.hold_items(event.id)
    db.session.refresh(point, ["closed_at"])
    if point.closed_at is not None:
        raise NotFound(N_("There is nothing at this address, or not any more."))
    if event.state is EventState.CANCELLED:
        raise Conflict(N_("This event was cancelled; no answer is needed."))
    if event.state is not EventState.PUBLISHED:
        raise Conflict(N_("This event is over; answers can no longer be given."))
    point.last_used_at = now
    return event


def held(point: FocalPoint, place: FocalPlace) -> FocalPlace:
    """The place as it is now, held. Raises `NotFound` when it is this focal point's no more."""
    found: FocalPlace | None = db.session.scalar(
        select(FocalPlace)
        .where(FocalPlace.guest_id == place.guest_id, FocalPlace.focal_point_id == point.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound(N_("There is no such guest."))
    return found
