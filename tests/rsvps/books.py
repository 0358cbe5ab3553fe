"""Whether the books of seats are right: what is taken is held, everywhere, and nobody waits who fits."""

from typing import Any

from sqlalchemy import ColumnElement, func, select

from eventsapp.core.db import db
from eventsapp.events.models import Category, Event
from eventsapp.programme.models import ProgrammeItem
from eventsapp.questions.models import Choice, Question
from eventsapp.rsvps.enums import SEATED, GuestState, ItemReplyState
from eventsapp.rsvps.models import ChoiceSeat, Guest, ItemReply


def check_books(event_id: int) -> None:
    """Fails by assertion. Reads from the database, past what the session remembers."""
    db.session.flush()
    db.session.expire_all()
    event = db.session.get_one(Event, event_id)
    of_event: ColumnElement[bool] = Guest.event_id == event_id
    size = func.coalesce(func.sum(Guest.party_size), 0)
    assert event.seats_taken == db.session.scalar(select(size).where(of_event, Guest.has_seats))
    categories = db.session.scalars(select(Category).where(Category.event_id == event_id)).all()
    for category in categories:
        held = select(size).where(Guest.category_id == category.id, Guest.has_seats)
        assert category.seats_taken == db.session.scalar(held)
    items = db.session.scalars(select(ProgrammeItem).where(ProgrammeItem.event_id == event_id)).all()
    for item in items:
        comes = (ItemReply.item_id == item.id, ItemReply.state == ItemReplyState.ACCEPTED)
        assert item.seats_taken == db.session.scalar(select(size).join(Guest.item_replies).where(*comes))
        stands = select(Guest.state).join(Guest.item_replies).where(*comes)
        assert set(db.session.scalars(stands)) <= {GuestState.ACCEPTED}
    choices = db.session.scalars(select(Choice).join(Question).where(Question.event_id == event_id)).all()
    for choice in choices:
        rows = db.session.scalars(select(ChoiceSeat).where(ChoiceSeat.choice_id == choice.id)).all()
        assert choice.seats_taken == sum(row.seats for row in rows)
        for row in rows:
            holder = db.session.get_one(Guest, row.guest_id)
            assert (holder.has_seats, holder.party_size) == (True, row.seats)
    for pool in (event, *categories, *items, *choices):
        assert pool.capacity is None or 0 <= pool.seats_taken <= pool.capacity
    _check_people(event, {category.id: category for category in categories})


def _check_people(event: Event, categories: dict[int, Any]) -> None:
    for guest in db.session.scalars(select(Guest).where(Guest.event_id == event.id)):
        if guest.companion_of is not None:
            assert guest.state is guest.companion_of.state
            continue
        assert guest.party_size == 1 + len(guest.companions)
        assert guest.has_seats or guest.state not in SEATED
        if guest.state is GuestState.WAITLISTED:
            category = categories[guest.category_id]
            rooms = [
                pool.capacity - pool.seats_taken for pool in (event, category) if pool.capacity is not None
            ]
            assert any(guest.party_size > room for room in rooms), "somebody waits who fits"
