"""Registrations that an organiser decides: handed in, more asked for, approved, declined."""

from datetime import datetime

from eventsapp.access.identity import Actor
from eventsapp.audit.service import record
from eventsapp.core.db import db
from eventsapp.core.errors import Conflict
from eventsapp.core.text import N_, clean
from eventsapp.events.enums import EventState
from eventsapp.events.models import Event
from eventsapp.rsvps import life, messages
from eventsapp.rsvps.enums import Answer, Channel, GuestState, Recorded
from eventsapp.rsvps.life import Step
from eventsapp.rsvps.models import Guest
from eventsapp.rsvps.service import answering, locking
from eventsapp.rsvps.service.recording import REASON_LIMIT, note
from eventsapp.rsvps.service.replying import ReplyInput, ReplyResult, change_details, reply

OPEN = (GuestState.SUBMITTED, GuestState.ASKED)  # what an organiser can decide


def hand_in(guest: Guest, *, actor: Actor, now: datetime) -> Guest:
    """A confirmed registration goes to the organisers; the registrant is told. The event is held."""
    life.move(guest, Step.HAND_IN)
    guest.revision += 1
    _step(guest, "guest.submitted", Recorded.SUBMITTED, Channel.LINK, actor, now, "")
    messages.submitted(guest, now=now)
    return guest


def complete(guest: Guest, given: ReplyInput, *, actor: Actor, now: datetime) -> Guest:
    """The registrant changes what they handed in; who was asked for more hands in again by it.

    Of `given` the answer to the event is not looked at. Raises `Conflict` once it was decided.
    """
    event, guest = _held(guest)
    if guest.state not in OPEN:
        raise Conflict(N_("This registration was decided already."))
    changed = change_details(guest, given)
    if given.answers is not None:
        changed |= answering.store(guest, event, given.answers, now=now)
    if guest.state is GuestState.ASKED:
        return hand_in(guest, actor=actor, now=now)
    if changed:
        guest.revision += 1
        _step(guest, "guest.completed", Recorded.DETAILS, Channel.LINK, actor, now, "")
    return guest


def ask(guest: Guest, question: str, *, actor: Actor, now: datetime) -> Guest:
    """Ask the registrant for more before deciding; the question goes out by mail and stands on their page."""
    _, guest = _held(guest)
    question = clean(question, limit=REASON_LIMIT)
    if not question:
        raise Conflict(N_("Please write what you would like to know."), field="public_reason")
    life.move(guest, Step.ASK)
    guest.revision += 1
    _step(guest, "guest.asked", Recorded.ASKED, Channel.DESK, actor, now, question)
    messages.more_asked(guest, question, actor=actor, now=now)
    return guest


def approve_registration(
    guest: Guest, *, private_reason: str = "", actor: Actor, now: datetime
) -> ReplyResult:
    """Agree: the registrant has a seat, or waits in order, and is told by mail which."""
    _, guest = _held(guest)
    _only_open(guest)
    life.move(guest, Step.APPROVE)
    guest.invited_at = now
    _step(guest, "guest.approved", Recorded.APPROVED, Channel.DESK, actor, now, private_reason)
    return reply(guest, ReplyInput(Answer.ACCEPTED), channel=Channel.DESK, actor=actor, now=now)


def refuse_registration(
    guest: Guest, *, public_reason: str = "", private_reason: str = "", actor: Actor, now: datetime
) -> Guest:
    """Decline: the registrant reads the public reason, staff alone the private one."""
    _, guest = _held(guest)
    public_reason = clean(public_reason, limit=REASON_LIMIT)
    life.move(guest, Step.REFUSE)
    guest.revision += 1
    _step(guest, "guest.refused", Recorded.REFUSED, Channel.DESK, actor, now, private_reason)
    messages.refused(guest, public_reason, actor=actor, now=now)
    return guest


def reconsider(guest: Guest, *, actor: Actor, now: datetime) -> Guest:
    """Look at a declined registration again: it waits for a decision as before."""
    _, guest = _held(guest)
    life.move(guest, Step.RECONSIDER)
    guest.revision += 1
    _step(guest, "guest.reconsidered", Recorded.SUBMITTED, Channel.DESK, actor, now, "")
    return guest


def _held(guest: Guest) -> tuple[Event, Guest]:
    event = locking.hold_event(guest.event_id)
    if event.state is not EventState.PUBLISHED:
        raise Conflict(N_("This event is not open; nothing can be decided about its registrations."))
    return event, locking.hold_guest(guest.id)


def _only_open(guest: Guest) -> None:
    """A draft is approved elsewhere."""
    if guest.state not in OPEN:
        raise Conflict(N_("This registration was decided already."))


def _step(
    guest: Guest, action: str, said: Recorded, channel: Channel, actor: Actor, now: datetime, reason: str
) -> None:
    note(guest, said, channel=channel, actor=actor, reason=reason, now=now)
    db.session.flush()
    record(action, "guest", guest.id, actor=actor, now=now, event_id=guest.event_id)
