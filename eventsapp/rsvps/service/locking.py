"""The locks, in their one order; what was read before is read anew under them."""

from collections.abc import Sequence
from functools import cache

from sqlalchemy import Select, bindparam, inspect, select
from sqlalchemy.orm import joinedload

from eventsapp.core.db import db
from eventsapp.core.errors import NotFound
from eventsapp.core.text import N_
from eventsapp.events.models import Event
from eventsapp.programme.enums import ItemState
from eventsapp.programme.models import ProgrammeItem
from eventsapp.rsvps.enums import GuestState
from eventsapp.rsvps.models import Guest, ItemReply

# key_share: FOR NO KEY UPDATE, so that rows which merely point at these (mails, badges, scans) can be
# written meanwhile.


def hold_event(event_id: int) -> Event:
    """Lock the event whose guests are about to change."""
    event: Event | None = db.session.scalar(
        select(Event)
        .where(Event.id == event_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    if event is None:
        raise NotFound(N_("There is no such event."))
    return event


def hold_event_of(guest: Guest) -> tuple[Event, int]:
    """Lock a guest's event; the event, and the guest's id. Of the guest nothing is read before that."""
    identity = inspect(guest).identity
    guest_id: int | None = identity[0] if identity else None
    event: Event | None = db.session.scalar(_event_of(), {"guest_id": guest_id})
    if event is None or guest_id is None:
        raise NotFound(N_("There is no such guest."))
    return event, guest_id


def hold_guest(guest_id: int) -> Guest:
    """Lock a guest, the event being held; answers and details come along."""
    guest = db.session.scalars(_guest(), {"guest_id": guest_id}).unique().one_or_none()
    if guest is None:
        raise NotFound(N_("There is no such guest."))
    return guest


def hold_guests(event_id: int, ids: Sequence[int], states: Sequence[GuestState]) -> Sequence[Guest]:
    """Lock those of the guests who stand in one of the states, by id, the event being held; with persons."""
    return db.session.scalars(
        select(Guest)
        .where(Guest.event_id == event_id, Guest.id.in_(ids), Guest.state.in_(states))
        .order_by(Guest.id)
        .options(joinedload(Guest.person, innerjoin=True))
        .with_for_update(of=Guest, key_share=True)
        .execution_options(populate_existing=True)
    ).all()


def hold_items(event_id: int) -> Sequence[ProgrammeItem]:
    """Lock the items of an event that want an answer, by id. Cancelled ones are left out."""
    return db.session.scalars(_items(), {"event_id": event_id}).all()


# The statements of every reply are made once: composing one costs as much as asking it.


@cache
def _event_of() -> Select[Event]:
    return (
        select(Event)
        .where(Event.id == select(Guest.event_id).where(Guest.id == bindparam("guest_id")).scalar_subquery())
        .options(joinedload(Event.venue), joinedload(Event.host))  # the confirmation names them
        .with_for_update(of=Event, key_share=True)
        .execution_options(populate_existing=True)
    )


@cache
def _guest() -> Select[Guest]:
    return (
        select(Guest)
        .where(Guest.id == bindparam("guest_id"))
        .options(
            joinedload(Guest.details),
            joinedload(Guest.person, innerjoin=True),
            joinedload(Guest.item_replies).joinedload(ItemReply.item, innerjoin=True),
        )
        .with_for_update(of=Guest, key_share=True)
        .execution_options(populate_existing=True)
    )


@cache
def _items() -> Select[ProgrammeItem]:
    return (
        select(ProgrammeItem)
        .where(
            ProgrammeItem.event_id == bindparam("event_id"),
            ProgrammeItem.wants_answer.is_(True),
            ProgrammeItem.state != ItemState.CANCELLED,
        )
        .order_by(ProgrammeItem.id)
        .with_for_update(of=ProgrammeItem, key_share=True)
        .execution_options(populate_existing=True)
    )
