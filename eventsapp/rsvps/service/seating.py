"""Giving seats to guests, in order. The event and its items are held (`locking.py`) by whoever calls.

A party's seats are at the event and in its category at once, all or none; `Guest.has_seats` says that they
are held. Whenever seats are left, the waiting list is looked through first, in order, for the first party
that fits them; only then may a newcomer take what is left. So nobody overtakes somebody waiting who fits.
"""

from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import Select, bindparam, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from eventsapp.access.identity import SYSTEM, Actor
from eventsapp.audit.service import record
from eventsapp.core.db import db
from eventsapp.events.enums import EventState
from eventsapp.events.models import Category, Event
from eventsapp.programme.models import ProgrammeItem
from eventsapp.rsvps import life, messages, seats, terms
from eventsapp.rsvps.enums import LET_IN, Channel, GuestState, ItemReplyState, Recorded
from eventsapp.rsvps.life import Step
from eventsapp.rsvps.models import Guest, ItemReply
from eventsapp.rsvps.service import answering, locking, offering
from eventsapp.rsvps.service.recording import note
from eventsapp.rsvps.signals import guest_admitted, guest_left

_A_MOMENT = timedelta(microseconds=1)


def offer_free_seats(event: Event, *, now: datetime) -> int:
    """Promote whoever is waiting and fits, of the event and of its items; how many places were given.

    For when seats appear by other means than a guest leaving: a larger room.
    """
    event = locking.hold_event(event.id)
    items = locking.hold_items(event.id)
    return fill_event(event, now=now) + sum(fill_item(event, item, now=now) for item in items)


def take_place(guest: Guest, event: Event) -> bool:
    """Take the seats of a guest's party at the event and in the category: all, or none and False.

    Nothing may be flushed until the guest's state allows it (see the table's checks).
    """
    if not take_for(guest, event, guest.party_size):
        return False
    guest.has_seats = True
    return True


def take_for(guest: Guest, event: Event, number: int) -> bool:
    """Take that many seats for somebody of a guest's category: all, or none and False."""
    if not seats.take(event, number):
        return False
    if seats.take_by_id(Category, guest.category_id, number):
        return True
    seats.free(event, number)
    return False


def free_place(guest: Guest, event: Event) -> None:
    """Give the seats of a guest's party back, at the event and in the category."""
    free_for(guest, event, guest.party_size)
    guest.has_seats = False


def free_for(guest: Guest, event: Event, number: int) -> None:
    """Give that many seats back which were taken for somebody of a guest's category."""
    seats.free(event, number)
    seats.free_by_id(Category, guest.category_id, number)


def seat(guest: Guest, event: Event, *, actor: Actor, now: datetime) -> bool:
    """Seat a newcomer, or put them at the end of the waiting list; True when seated.

    Whoever has a seat already, kept for them or offered, keeps it.
    """
    if not guest.has_seats:
        fill_event(event, now=now)
    if guest.has_seats or take_place(guest, event):
        _admit(guest, actor=actor, now=now)
        return True
    queue(guest, Step.QUEUE, now=now)
    return False


def queue(guest: Guest, step: Step, *, now: datetime) -> None:
    """Put a guest at the end of the waiting list."""
    line = select(Guest.waiting_since).where(Guest.event_id == guest.event_id)
    since = _end_of_line(line, Guest.waiting_since, now)
    life.move(guest, step)
    guest.waiting_since = since


def unseat(guest: Guest, event: Event, step: Step, *, actor: Actor, now: datetime) -> None:
    """A guest takes a step that leaves no seat; those they held go to the next."""
    came = guest.state in LET_IN
    life.move(guest, step)
    if not guest.has_seats:
        return
    free_place(guest, event)
    answering.free_choices(guest, now=now)
    if came:
        tell_left(guest, actor=actor, now=now)
    fill_event(event, now=now)


def seat_at(reply: ItemReply, guest: Guest, event: Event, *, now: datetime) -> None:
    """Seat a guest at an item, or let them wait for it; whoever waits for the event waits for its items."""
    item = reply.item
    if guest.state is GuestState.ACCEPTED:
        fill_item(event, item, now=now)
        if seats.take(item, guest.party_size):
            reply.state, reply.waiting_since = ItemReplyState.ACCEPTED, None
            return
    line = select(ItemReply.waiting_since).where(ItemReply.item_id == item.id)
    reply.waiting_since = _end_of_line(line, ItemReply.waiting_since, now)
    reply.state = ItemReplyState.WAITLISTED


def unseat_at(reply: ItemReply, guest: Guest, event: Event, state: ItemReplyState, *, now: datetime) -> None:
    """A guest no longer wants that item; a seat they held there goes to the next."""
    held = reply.state is ItemReplyState.ACCEPTED
    reply.state, reply.waiting_since = state, None
    if held:
        seats.free(reply.item, guest.party_size)
        fill_item(event, reply.item, now=now)


def fill_event(event: Event, *, now: datetime) -> int:
    """Give what is left, in order, to whoever waits for the event and fits; how many.

    Where the event's terms say so the seats are offered for some hours, and theirs only when they agree.
    """
    given, hours = 0, None
    while event.state is not EventState.CANCELLED and (guest := _first_waiting(event)) is not None:
        if not given:
            hours = terms.of(event.id).offer_hours
        _give(guest, event, hours, now)
        db.session.flush()  # or the next look would find them waiting still
        given += 1
    return given


def _give(guest: Guest, event: Event, hours: int | None, now: datetime) -> None:
    if not take_place(guest, event):
        raise RuntimeError(f"guest {guest.id}: fits, and does not")
    if hours is not None and offering.is_possible(event, now):
        offering.offer(guest, event, hours, now=now)
        return
    _admit(guest, actor=SYSTEM, now=now)
    answering.take_choices(guest, now=now)
    _promoted(guest, None, now)
    messages.promotion(guest, now=now)


def fill_item(event: Event, item: ProgrammeItem, *, now: datetime) -> int:
    """Promote, in order, whoever waits for an item, has a seat at the event, and fits; how many."""
    promoted = 0
    while event.state is not EventState.CANCELLED and (reply := _first_waiting_for(item)) is not None:
        seats.take(item, reply.guest.party_size)
        reply.state, reply.waiting_since = ItemReplyState.ACCEPTED, None
        _promoted(reply.guest, item, now)
        messages.item_promotion(reply.guest, item, now=now)
        db.session.flush()  # as above
        promoted += 1
    return promoted


def _admit(guest: Guest, *, actor: Actor, now: datetime) -> None:
    life.move(guest, Step.ADMIT)
    for reply in sorted(guest.item_replies, key=lambda reply: reply.item_id):
        if reply.state is ItemReplyState.WAITLISTED and seats.take(reply.item, guest.party_size):
            reply.state, reply.waiting_since = ItemReplyState.ACCEPTED, None
    tell_admitted(guest, actor=actor, now=now)


def tell_admitted(guest: Guest, *, actor: Actor, now: datetime) -> None:
    """Tell later wings that a guest comes, with everybody they bring."""
    for somebody in party(guest):
        guest_admitted.send(guest=somebody, actor=actor, now=now)


def tell_left(guest: Guest, *, actor: Actor, now: datetime) -> None:
    """Tell later wings that a guest no longer comes, nor anybody they would have brought."""
    for somebody in party(guest):
        guest_left.send(guest=somebody, actor=actor, now=now)


def party(guest: Guest) -> list[Guest]:
    """A guest and the companions they named."""
    return [guest, *guest.companions] if guest.party_size > 1 else [guest]


def _promoted(guest: Guest, item: ProgrammeItem | None, now: datetime) -> None:
    guest.revision += 1
    note(guest, Recorded.PROMOTED, channel=Channel.WAITING_LIST, actor=SYSTEM, item=item, now=now)
    item_id = item.id if item else None
    record(
        "guest.promoted", "guest", guest.id, actor=SYSTEM, now=now, event_id=guest.event_id, item_id=item_id
    )


def _first_waiting(event: Event) -> Guest | None:
    room = seats.left(event)
    if room == 0:
        return None
    asked = {"event_id": event.id} if room is None else {"event_id": event.id, "room": room}
    guest_id: int | None = db.session.scalar(_waiting(limited=room is not None), asked)
    return None if guest_id is None else locking.hold_guest(guest_id)


@cache
def _waiting(*, limited: bool) -> Select[int]:
    """Made once: composing it costs as much as asking it."""
    query = (
        select(Guest.id)
        .join(Category, Category.id == Guest.category_id)
        .where(
            Guest.event_id == bindparam("event_id"),
            Guest.waiting_since.is_not(None),  # so is whoever waits for the event, and nobody else
            or_(Category.capacity.is_(None), Guest.party_size <= Category.capacity - Category.seats_taken),
        )
        .order_by(Guest.waiting_priority.desc(), Guest.waiting_since, Guest.id)
        .limit(1)
    )
    return query.where(Guest.party_size <= bindparam("room")) if limited else query


def _first_waiting_for(item: ProgrammeItem) -> ItemReply | None:
    room = seats.left(item)
    if room == 0:
        return None
    query = (
        select(ItemReply)
        .join(ItemReply.guest)
        .where(
            ItemReply.item_id == item.id,
            ItemReply.state == ItemReplyState.WAITLISTED,
            ItemReply.waiting_since.is_not(None),  # so is everybody in that state: said for the index
            Guest.state == GuestState.ACCEPTED,
        )
        .order_by(ItemReply.waiting_since, ItemReply.id)
        .limit(1)
        .with_for_update(of=Guest, key_share=True)
    )
    return db.session.scalar(query if room is None else query.where(Guest.party_size <= room))


def _end_of_line(
    query: Select[datetime | None], column: InstrumentedAttribute[datetime | None], now: datetime
) -> datetime:
    """An instant after everybody who waits already, so that the order is that of being told to wait."""
    last = db.session.scalar(query.where(column.is_not(None)).order_by(column.desc()).limit(1))
    return max(now, last + _A_MOMENT) if last else now
