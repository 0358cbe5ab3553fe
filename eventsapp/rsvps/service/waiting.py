"""The waiting list: offers that end, who comes before whom and why, leaving it."""

from datetime import datetime

from sqlalchemy import func, select

from eventsapp.access.identity import SYSTEM, Actor
from eventsapp.audit.service import record
from eventsapp.core.db import db
from eventsapp.core.errors import Conflict, Invalid
from eventsapp.core.text import N_, clean
from eventsapp.events.models import Event
from eventsapp.events.service import must_be_open
from eventsapp.rsvps import life, messages
from eventsapp.rsvps.enums import Channel, GuestState, Recorded
from eventsapp.rsvps.life import Step
from eventsapp.rsvps.models import Guest, ReplyRecord
from eventsapp.rsvps.service import answering, locking, seating
from eventsapp.rsvps.service.recording import REASON_LIMIT, note

HIGHEST = 9
OFFERS = 2  # that may lapse; after as many a guest is off the list


def lapse_offers(event_id: int, *, now: datetime) -> int:
    """End every offer of an event whose time is over, and offer the seats to the next; how many ended.

    Whoever did not answer goes to the end of the list, and the second time off it: they stand as somebody
    who perhaps comes.
    """
    event = locking.hold_event(event_id)
    over = (
        select(Guest.id)
        .where(Guest.event_id == event.id, Guest.state == GuestState.OFFERED, Guest.offer_until <= now)
        .where(Guest.companion_of_id.is_(None))
        .order_by(Guest.offer_until, Guest.id)
    )
    guests = [locking.hold_guest(guest_id) for guest_id in db.session.scalars(over).all()]
    with db.session.no_autoflush:
        for guest in guests:
            _lapse(guest, event, now)
            db.session.flush()
    if guests:
        seating.fill_event(event, now=now)
    return len(guests)


def _lapse(guest: Guest, event: Event, now: datetime) -> None:
    lapsed = select(func.count()).where(
        ReplyRecord.guest_id == guest.id, ReplyRecord.answer == Recorded.LAPSED.value
    )
    before = db.session.scalar(lapsed) or 0
    seating.queue(guest, Step.LAPSE, now=now)
    seating.free_place(guest, event)
    answering.free_choices(guest, now=now)
    guest.waiting_priority, guest.waiting_reason = 0, ""
    stays = before + 1 < OFFERS
    if not stays:
        life.move(guest, Step.HESITATE)
    guest.revision += 1
    note(guest, Recorded.LAPSED, channel=Channel.WAITING_LIST, actor=SYSTEM, now=now)
    record("guest.lapsed", "guest", guest.id, actor=SYSTEM, now=now, event_id=event.id)
    messages.offer_lapsed(guest, stays=stays, now=now)


def prioritise(guest: Guest, priority: int, reason: str, *, actor: Actor, now: datetime) -> Guest:
    """Let a waiting guest come before (or behind) those of another priority; 0 is everybody's at first.

    The reason is for the record alone; guests are told only that the host orders the list. Raises `Invalid`
    without one, `Conflict` for who does not wait.
    """
    event = locking.hold_event(guest.event_id)
    must_be_open(event)
    guest = locking.hold_guest(guest.id)
    if guest.state is not GuestState.WAITLISTED or guest.companion_of_id is not None:
        raise Conflict(N_("This guest does not wait (any more)."))
    if not -HIGHEST <= priority <= HIGHEST:
        raise Invalid(
            N_("Please give a number from %(least)s to %(most)s."),
            field="priority",
            least=-HIGHEST,
            most=HIGHEST,
        )
    reason = clean(reason, limit=REASON_LIMIT)
    if not reason:
        raise Invalid(N_("Please say why; it stands in the record."), field="reason")
    if (guest.waiting_priority, guest.waiting_reason) == (priority, reason):
        return guest
    guest.waiting_priority, guest.waiting_reason = priority, reason
    guest.revision += 1
    note(guest, Recorded.PRIORITY, channel=Channel.DESK, actor=actor, reason=reason, now=now)
    db.session.flush()
    record(
        "guest.prioritised",
        "guest",
        guest.id,
        actor=actor,
        now=now,
        event_id=event.id,
        priority=priority,
    )
    return guest
