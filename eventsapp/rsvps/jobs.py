"""What takes longer than a request: writing to every guest of an event, a portion at a time."""

from collections.abc import Callable, Sequence

from eventsapp.access.identity import Actor, ActorKind
from eventsapp.core import clock
from eventsapp.core.db import transaction
from eventsapp.core.errors import Conflict
from eventsapp.jobs.service import enqueue
from eventsapp.rsvps import messages, queries, service
from eventsapp.rsvps.enums import GuestState
from eventsapp.rsvps.service import reminding
from eventsapp.rsvps.service.inviting import UNINVITED

TELL_CANCELLED = "rsvps.tell-cancelled"
INVITE_ALL = "rsvps.invite-all"
APPROVE_ALL = "rsvps.approve-all"
HOLD_DATES = "rsvps.hold-dates"
PORTION = 50  # guests in one transaction
INVITED_AT_ONCE = 250  # guests in one transaction that writes all of them by one statement each
AT_ONCE = 1000  # guests in one job; the next job goes on after them

_CONCERNED = (
    GuestState.INVITED,
    GuestState.EXPECTED,
    GuestState.SUBMITTED,
    GuestState.ASKED,
    GuestState.ACCEPTED,
    GuestState.TENTATIVE,
    GuestState.WAITLISTED,
    GuestState.OFFERED,
)


def tell_cancelled(event_id: int, staff_id: int | None = None, after: int = 0) -> None:
    """Mail every guest who holds the date for it that the event will not take place."""
    for _ in range(AT_ONCE // PORTION):
        with transaction():
            guests = queries.guests_after(event_id, (*_CONCERNED, *UNINVITED), after, PORTION)
            after = guests[-1].id if guests else after
            for guest in guests:
                if guest.state in UNINVITED and guest.dates_held_at is None:
                    continue  # they know of nothing
                messages.cancellation(guest, actor=_actor(staff_id), now=clock.now())
        if len(guests) < PORTION:
            return
    with transaction():
        enqueue(TELL_CANCELLED, now=clock.now(), event_id=event_id, staff_id=staff_id, after=after)


def invite_all(event_id: int, staff_id: int | None = None, after: int = 0) -> None:
    """Invite everybody on an event's list who may be; stops when the event is no longer published.

    Killed between two portions, it goes on where it stood: whoever is invited is no draft any more.
    """
    _for_all(INVITE_ALL, service.invite_many, UNINVITED, event_id, staff_id, after)


def approve_all(event_id: int, staff_id: int | None = None, after: int = 0) -> None:
    """Approve every draft on an event's list. Repeating it approves nobody twice."""
    _for_all(APPROVE_ALL, service.approve_many, (GuestState.DRAFT,), event_id, staff_id, after)


def hold_dates(event_id: int, staff_id: int | None = None, after: int = 0) -> None:
    """Ask everybody on an event's list who is not invited to keep the date. Nobody is asked twice."""
    _for_all(HOLD_DATES, service.hold_dates, UNINVITED, event_id, staff_id, after)


def _for_all(
    name: str,
    act: Callable[..., int],
    states: Sequence[GuestState],
    event_id: int,
    staff_id: int | None,
    after: int,
) -> None:
    for _ in range(AT_ONCE // INVITED_AT_ONCE):
        try:
            with transaction():
                guests = queries.guests_after(event_id, states, after, INVITED_AT_ONCE)
                after = guests[-1].id if guests else after
                if guests:
                    act(guests[0].event, guests, actor=_actor(staff_id), now=clock.now())
        except Conflict:
            return
        if len(guests) < INVITED_AT_ONCE:
            return
    with transaction():
        enqueue(name, now=clock.now(), event_id=event_id, staff_id=staff_id, after=after)


def remind_silent(event_id: int, at: str) -> None:
    """The daily look for who is silent, and tomorrow's job. One whose place another took does nothing."""
    with transaction():
        if not reminding.is_current(event_id, at):
            return
    more = INVITED_AT_ONCE
    while more == INVITED_AT_ONCE:
        with transaction():
            more = reminding.remind_due(event_id, limit=INVITED_AT_ONCE, now=clock.now())
    with transaction():
        reminding.look_again(event_id, at, now=clock.now())


def _actor(staff_id: int | None) -> Actor:
    return Actor(ActorKind.SYSTEM) if staff_id is None else Actor(ActorKind.STAFF, staff_id)
