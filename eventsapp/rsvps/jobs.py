"""What takes longer than a request: writing to every guest of an event, a portion at a time."""

from eventsapp.access.identity import Actor, ActorKind
from eventsapp.core import clock
from eventsapp.core.db import transaction
from eventsapp.core.errors import Conflict
from eventsapp.jobs.service import enqueue
from eventsapp.rsvps import messages, queries, service
from eventsapp.rsvps.enums import GuestState

TELL_CANCELLED = "rsvps.tell-cancelled"
INVITE_ALL = "rsvps.invite-all"
PORTION = 50  # guests in one transaction
INVITED_AT_ONCE = 250  # guests in one transaction that writes all of them by one statement each
AT_ONCE = 1000  # guests in one job; the next job goes on after them

_CONCERNED = (GuestState.INVITED, GuestState.ACCEPTED, GuestState.TENTATIVE, GuestState.WAITLISTED)


def tell_cancelled(event_id: int, staff_id: int | None = None, after: int = 0) -> None:
    """Mail every guest who was invited and did not decline that the event will not take place."""
    for _ in range(AT_ONCE // PORTION):
        with transaction():
            guests = queries.guests_after(event_id, _CONCERNED, after, PORTION)
            after = guests[-1].id if guests else after
            for guest in guests:
                messages.cancellation(guest, actor=_actor(staff_id), now=clock.now())
        if len(guests) < PORTION:
            return
    with transaction():
        enqueue(TELL_CANCELLED, now=clock.now(), event_id=event_id, staff_id=staff_id, after=after)


def invite_all(event_id: int, staff_id: int | None = None, after: int = 0) -> None:
    """Invite every draft on an event's list; stops when the event is no longer published.

    Killed between two portions, it goes on where it stood: whoever is invited is no draft any more.
    """
    for _ in range(AT_ONCE // INVITED_AT_ONCE):
        try:
            with transaction():
                guests = queries.guests_after(event_id, (GuestState.DRAFT,), after, INVITED_AT_ONCE)
                after = guests[-1].id if guests else after
                if guests:
                    service.invite_many(guests[0].event, guests, actor=_actor(staff_id), now=clock.now())
        except Conflict:
            return
        if len(guests) < INVITED_AT_ONCE:
            return
    with transaction():
        enqueue(INVITE_ALL, now=clock.now(), event_id=event_id, staff_id=staff_id, after=after)


def _actor(staff_id: int | None) -> Actor:
    return Actor(ActorKind.SYSTEM) if staff_id is None else Actor(ActorKind.STAFF, staff_id)
