"""Which mails a guest needs no more when they are about to leave."""

from collections.abc import Collection, Iterable

from sqlalchemy import ColumnElement, or_, select

from eventsapp.core.db import db
from eventsapp.events.enums import EventState
from eventsapp.events.models import Event
from eventsapp.mail import pointless
from eventsapp.rsvps.enums import GuestState
from eventsapp.rsvps.models import Guest

_OVER = select(Event.id).where(Event.state.in_([EventState.CANCELLED, EventState.CLOSED]))
_ANSWERED = (
    GuestState.ACCEPTED,
    GuestState.DECLINED,
    GuestState.WAITLISTED,
    GuestState.OFFERED,
    GuestState.REPRESENTED,
    GuestState.WITHDRAWN,
)


def _guests(ids: Collection[int], *conditions: ColumnElement[bool]) -> Iterable[int]:
    gone = or_(*conditions, Guest.event_id.in_(_OVER))
    return db.session.scalars(select(Guest.id).where(Guest.id.in_(ids), gone)).all()


def reminders(ids: Collection[int]) -> Iterable[int]:
    """Whoever has answered meanwhile, wants no more of them, or has an address that takes no mail."""
    unreached = Guest.bounced_at.is_not(None)
    return _guests(ids, Guest.state.in_(_ANSWERED), Guest.reminders_off.is_(True), unreached)


def held_dates(ids: Collection[int]) -> Iterable[int]:
    """Whoever was invited meanwhile, or is not to come."""
    return _guests(ids, Guest.invited_at.is_not(None), Guest.state == GuestState.WITHDRAWN)


def invitations(ids: Collection[int]) -> Iterable[int]:
    """Whose invitation was taken back."""
    return _guests(ids, Guest.state == GuestState.WITHDRAWN)


def offers(ids: Collection[int]) -> Iterable[int]:
    """Who took the offered seat, or lost it."""
    return _guests(ids, Guest.state != GuestState.OFFERED)


def init_app(_app: object) -> None:
    """Say so to the sender."""
    pointless.when("reminder", reminders)
    pointless.when("hold-the-date", held_dates)
    pointless.when("invitation", invitations)
    pointless.when("offer", offers)
