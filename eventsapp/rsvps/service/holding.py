"""Seats kept for the invited until the reply-by date, and seats of whoever is expected.

Whoever is invited beyond the seats that are left is invited without a kept one: they take a seat when they
accept, as long as there is one, and stand on the organiser's page until then.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select

from eventsapp.access.identity import SYSTEM, Actor
from eventsapp.audit.service import record_many
from eventsapp.core.db import db
from eventsapp.events.enums import EventState
from eventsapp.events.models import Event
from eventsapp.jobs.service import enqueue
from eventsapp.rsvps import deadlines, life, terms
from eventsapp.rsvps.enums import Channel, GuestState, Recorded, ReplyMode
from eventsapp.rsvps.life import Step
from eventsapp.rsvps.models import Guest, ReplyTerms
from eventsapp.rsvps.service import locking, seating
from eventsapp.rsvps.service.recording import note

RELEASE_HOLDS = "rsvps.release-holds"
A_DAY, A_MOMENT = timedelta(days=1), timedelta(seconds=1)
PORTION = 250  # seats given back in one transaction


def keep_for(
    event: Event, guests: Sequence[Guest], held: ReplyTerms, *, actor: Actor, now: datetime
) -> list[Guest]:
    """Take seats for guests who were just invited, where the terms say so; those for whom none was left.

    With regrets only they are expected from now on. The event and the guests are held.
    """
    expects = held.mode is ReplyMode.REGRETS_ONLY
    if not (expects or held.holds_seats) or deadlines.is_past(event, now):
        return []
    is_watched = _any_kept(event)
    with db.session.no_autoflush:
        kept = [guest for guest in guests if guest.has_seats or seating.take_place(guest, event)]
        if expects:
            for guest in kept:
                life.move(guest, Step.EXPECT)
                guest.revision += 1
                note(guest, Recorded.EXPECTED, channel=Channel.DESK, actor=actor, now=now)
        db.session.flush()
    for guest in kept if expects else ():
        seating.tell_admitted(guest, actor=actor, now=now)
    if kept and not expects and not is_watched:
        watch(event, now=now)
    return [guest for guest in guests if not guest.has_seats]


def watch(event: Event, *, now: datetime) -> None:
    """Write the job that gives kept seats back at the reply-by date.

    It looks once a day when that is: the date may be moved.
    """
    due = min(deadlines.closes_at(event) + A_MOMENT, now + A_DAY)
    enqueue(RELEASE_HOLDS, now=now, due_at=due, event_id=event.id)


def are_due(event_id: int, *, now: datetime) -> bool:
    """Whether the seats kept at an event are to be given back now; looks again later where it was put off."""
    event = locking.hold_event(event_id)
    if deadlines.is_past(event, now) or event.state is not EventState.PUBLISHED:
        return True
    if _any_kept(event):
        watch(event, now=now)
    return False


def release(event_id: int, *, limit: int, now: datetime) -> int:
    """Give back up to `limit` seats kept for the silent; how many. Nought: the rest is offered to who waits.

    Repeating it releases nobody twice.
    """
    event = locking.hold_event(event_id)
    ids = db.session.scalars(select(Guest.id).where(*_kept(event)).order_by(Guest.id).limit(limit)).all()
    guests = locking.hold_guests(event.id, ids, (GuestState.INVITED,)) if ids else ()
    for guest in guests:
        seating.free_place(guest, event)
        note(guest, Recorded.RELEASED, channel=Channel.WAITING_LIST, actor=SYSTEM, now=now)
    db.session.flush()
    record_many(
        "guest.released", "guest", [guest.id for guest in guests], actor=SYSTEM, now=now, event_id=event.id
    )
    if not guests:
        _end(event, now)
    return len(guests)


def _end(event: Event, now: datetime) -> None:
    held = terms.of(event.id)
    if held.holds_seats:
        held.holds_released_at = now
    seating.fill_event(event, now=now)


def _any_kept(event: Event) -> bool:
    return db.session.scalar(select(Guest.id).where(*_kept(event)).limit(1)) is not None


def _kept(event: Event) -> tuple[ColumnElement[bool], ...]:
    return (Guest.event_id == event.id, Guest.state == GuestState.INVITED, Guest.has_seats.is_(True))
