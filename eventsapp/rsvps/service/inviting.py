"""Approving who is on the list, asking to hold the date, sending invitations."""

from collections.abc import Sequence
from datetime import datetime

from eventsapp.access.identity import Actor
from eventsapp.audit.service import record, record_many
from eventsapp.core.db import db
from eventsapp.core.errors import Conflict
from eventsapp.core.text import N_
from eventsapp.events.enums import EventState
from eventsapp.events.models import Event
from eventsapp.rsvps import life, messages, terms
from eventsapp.rsvps.enums import Channel, GuestState, Recorded
from eventsapp.rsvps.life import Step
from eventsapp.rsvps.models import Guest, ReplyTerms
from eventsapp.rsvps.service import holding, locking
from eventsapp.rsvps.service.recording import note

UNINVITED = (GuestState.DRAFT, GuestState.APPROVED)


def approve(guest: Guest, *, actor: Actor, now: datetime) -> bool:
    """Agree that a guest on the list may be invited. False for who was approved before."""
    _held_event(guest.event_id, published=False)
    guest = locking.hold_guest(guest.id)
    if guest.state is not GuestState.DRAFT:
        return False
    _approved([guest], actor, now)
    return True


def approve_many(event: Event, guests: Sequence[Guest], *, actor: Actor, now: datetime) -> int:
    """Approve some hundreds of drafts of one event; how many were approved."""
    event = _held_event(event.id, published=False)
    drafts = _own(locking.hold_guests(event.id, [guest.id for guest in guests], (GuestState.DRAFT,)))
    _approved(drafts, actor, now)
    return len(drafts)


def _approved(drafts: Sequence[Guest], actor: Actor, now: datetime) -> None:
    for guest in drafts:
        life.move(guest, Step.APPROVE)
        note(guest, Recorded.APPROVED, channel=Channel.DESK, actor=actor, now=now)
    db.session.flush()
    if drafts:
        ids = [guest.id for guest in drafts]
        record_many("guest.approved", "guest", ids, actor=actor, now=now, event_id=drafts[0].event_id)


def hold_date(guest: Guest, *, actor: Actor, now: datetime) -> bool:
    """Ask a guest, by mail, to keep the date free; the invitation follows. False when asked before.

    Raises `Conflict` where there is no address, or the invitation has gone out.
    """
    _held_event(guest.event_id)
    guest = locking.hold_guest(guest.id)
    if guest.state not in UNINVITED:
        raise Conflict(N_("This guest was invited before, or has answered."))
    if not guest.email:
        raise Conflict(N_("There is no mail address for this guest. Copy the link instead."))
    return hold_dates(guest.event, [guest], actor=actor, now=now) == 1


def hold_dates(event: Event, guests: Sequence[Guest], *, actor: Actor, now: datetime) -> int:
    """Ask some hundreds of guests, by mail, to keep the date free; how many were asked.

    Whoever was asked or invited before, or has no address, is left out.
    """
    event = _held_event(event.id)
    held = locking.hold_guests(event.id, [guest.id for guest in guests], UNINVITED)
    asked = [guest for guest in _own(held) if guest.email and guest.dates_held_at is None]
    for guest in asked:
        guest.dates_held_at = now
        note(guest, Recorded.DATE_HELD, channel=Channel.MAIL, actor=actor, now=now)
    messages.hold_dates(event, asked, actor=actor, now=now)
    ids = [guest.id for guest in asked]
    record_many("guest.date-held", "guest", ids, actor=actor, now=now, event_id=event.id)
    return len(asked)


def invite(guest: Guest, *, actor: Actor, now: datetime) -> bool:
    """Invite a guest who is only on the list; a mail goes out where there is an address.

    False for a guest who was invited (or answered) before: nothing is sent twice. Raises
    `Conflict` while the event is not published, and for a draft where drafts are approved first.
    """
    event = _held_event(guest.event_id)
    guest = locking.hold_guest(guest.id)
    if guest.state not in UNINVITED:
        return False
    given = terms.of(event.id)
    if guest.state not in _invitable(given):
        raise Conflict(N_("A name on this list is approved first; then it can be invited."))
    _invited(event, [guest], actor, now)
    return True


def invite_many(event: Event, guests: Sequence[Guest], *, actor: Actor, now: datetime) -> int:
    """Invite some hundreds of guests of one event at once; how many were invited.

    What `invite` does for each, by a handful of statements for all: whoever was invited before stays as
    they are, and so do drafts where drafts are approved first. Raises `Conflict` while the event is not
    published.
    """
    event = _held_event(event.id)
    ids = [guest.id for guest in guests]
    invitable = _own(locking.hold_guests(event.id, ids, _invitable(terms.of(event.id))))
    _invited(event, invitable, actor, now)
    return len(invitable)


def _invitable(given: ReplyTerms) -> tuple[GuestState, ...]:
    return (GuestState.APPROVED,) if given.approves_list else UNINVITED


def _own(guests: Sequence[Guest]) -> list[Guest]:
    """Without companions: they come with who brings them, and get no invitation."""
    return [guest for guest in guests if guest.companion_of_id is None]


def _invited(event: Event, guests: Sequence[Guest], actor: Actor, now: datetime) -> None:
    for guest in guests:
        life.move(guest, Step.INVITE)
        guest.invited_at = now
        if not guest.email:  # where there is one, the step is recorded when the mail has left
            note(guest, Recorded.SENT, channel=Channel.LETTER, actor=actor, now=now)
    db.session.flush()
    holding.keep_for(event, guests, terms.of(event.id), actor=actor, now=now)
    messages.invitations(event, guests, actor=actor, now=now)
    ids = [guest.id for guest in guests]
    record_many("guest.invited", "guest", ids, actor=actor, now=now, event_id=event.id)


def remind(guest: Guest, *, actor: Actor, now: datetime) -> None:
    """Send the invitation once more. Raises `Conflict` for somebody who answered or has no address."""
    guest = _held(guest)
    if guest.state not in (*UNINVITED, GuestState.INVITED, GuestState.EXPECTED):
        raise Conflict(N_("This guest has answered already."))
    if not guest.email:
        raise Conflict(N_("There is no mail address for this guest. Copy the link instead."))
    if guest.state in UNINVITED:
        invite(guest, actor=actor, now=now)
        return
    note(guest, Recorded.REMINDED, channel=Channel.MAIL, actor=actor, now=now)
    messages.invitation(guest, again=True, actor=actor, now=now)
    record("guest.reminded", "guest", guest.id, actor=actor, now=now, event_id=guest.event_id)


def renew_links(guest: Guest, *, actor: Actor, now: datetime) -> None:
    """Give a guest new personal links; the old ones open nothing any more."""
    guest = _held(guest, published=False)
    guest.link_generation += 1
    guest.feed_generation += 1
    db.session.flush()
    record("guest.links-renewed", "guest", guest.id, actor=actor, now=now, event_id=guest.event_id)


def renew_feed(guest: Guest, *, actor: Actor, now: datetime) -> None:
    """Give a guest's calendar a new address; the old one answers nothing any more."""
    guest = _held(guest, published=False)
    guest.feed_generation += 1
    db.session.flush()
    record("guest.feed-renewed", "guest", guest.id, actor=actor, now=now, event_id=guest.event_id)


def mail_own_page(guest: Guest, *, actor: Actor, now: datetime) -> None:
    """Mail a guest the link of their own page, once an hour at most; nothing where there is no address."""
    messages.own_page(guest, actor=actor, now=now)


def _held(guest: Guest, *, published: bool = True) -> Guest:
    _held_event(guest.event_id, published=published)
    return locking.hold_guest(guest.id)


def _held_event(event_id: int, *, published: bool = True) -> Event:
    event = locking.hold_event(event_id)
    if published and event.state is EventState.DRAFT:
        raise Conflict(N_("Publish this event before you invite guests to it."))
    if published and event.state is not EventState.PUBLISHED:
        raise Conflict(N_("This event is over or was cancelled; nobody can be invited any more."))
    return event
