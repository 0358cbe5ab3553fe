"""Sending invitations."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update

from eventsapp.access.identity import Actor
from eventsapp.audit.service import record, record_many
from eventsapp.core.db import db
from eventsapp.core.errors import Conflict
from eventsapp.core.text import N_
from eventsapp.events.enums import EventState
from eventsapp.events.models import Event
from eventsapp.rsvps import life, messages
from eventsapp.rsvps.enums import GuestState
from eventsapp.rsvps.life import Step
from eventsapp.rsvps.models import Guest
from eventsapp.rsvps.service import locking

_SILENT = (GuestState.DRAFT, GuestState.INVITED)


def invite(guest: Guest, *, actor: Actor, now: datetime) -> bool:
    """Invite a guest who is only on the list; a mail goes out where there is an address.

    False for a guest who was invited (or answered) before: nothing is sent twice. Raises
    `Conflict` while the event is not published.
    """
    guest = _held(guest)
    if guest.state is not GuestState.DRAFT:
        return False
    life.move(guest, Step.INVITE)
    guest.invited_at = now
    db.session.flush()
    messages.invitation(guest, actor=actor, now=now)
    record("guest.invited", "guest", guest.id, actor=actor, now=now, event_id=guest.event_id)
    return True


def invite_many(event: Event, guests: Sequence[Guest], *, actor: Actor, now: datetime) -> int:
    """Invite some hundreds of guests of one event at once; how many were invited.

    What `invite` does for each, by a handful of statements for all: whoever was invited before stays as
    they are. Raises `Conflict` while the event is not published.
    """
    event = _held_event(event.id)
    drafts = locking.hold_guests(event.id, [guest.id for guest in guests], (GuestState.DRAFT,))
    if not drafts:
        return 0
    ids = [guest.id for guest in drafts]
    invited = {Guest.state: GuestState.INVITED, Guest.invited_at: now}
    db.session.execute(update(Guest).where(Guest.id.in_(ids)).values(invited))
    messages.invitations(event, drafts, actor=actor, now=now)
    record_many("guest.invited", "guest", ids, actor=actor, now=now, event_id=event.id)
    return len(ids)


def remind(guest: Guest, *, actor: Actor, now: datetime) -> None:
    """Send the invitation once more. Raises `Conflict` for somebody who answered or has no address."""
    guest = _held(guest)
    if guest.state not in _SILENT:
        raise Conflict(N_("This guest has answered already."))
    if not guest.email:
        raise Conflict(N_("There is no mail address for this guest. Copy the link instead."))
    if guest.state is GuestState.DRAFT:
        invite(guest, actor=actor, now=now)
        return
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
