"""Reading guests. Everything starts from the event."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import BindParameter, ColumnElement, Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import joinedload

from eventsapp.core.db import db
from eventsapp.events.models import Category, Event
from eventsapp.places.models import Room
from eventsapp.programme.enums import Audience, ItemState
from eventsapp.programme.models import Participation, ProgrammeItem, group_people, item_groups
from eventsapp.rsvps.enums import Decision, GuestState, ItemReplyState, ProposalKind
from eventsapp.rsvps.models import Guest, Proposal


def guests_after(event_id: int, states: Sequence[GuestState], after: int, limit: int) -> Sequence[Guest]:
    """Guests of an event in those states, by id, beyond the id `after`; for going through all of them."""
    return db.session.scalars(
        select(Guest)
        .where(Guest.event_id == event_id, Guest.state.in_(states), Guest.id > after)
        .order_by(Guest.id)
        .limit(limit)
        .options(
            joinedload(Guest.person, innerjoin=True),
            joinedload(Guest.event, innerjoin=True).options(joinedload(Event.venue), joinedload(Event.host)),
        )
    ).all()


def place_in_line(guest: Guest) -> int | None:
    """1 for the first of an event's waiting list; None for who does not wait."""
    if guest.waiting_since is None:
        return None
    return db.session.scalar(
        select(func.count())
        .select_from(Guest)
        .where(
            Guest.event_id == guest.event_id,
            or_(
                Guest.waiting_priority > guest.waiting_priority,
                and_(
                    Guest.waiting_priority == guest.waiting_priority,
                    Guest.waiting_since <= guest.waiting_since,
                ),
            ),
            Guest.waiting_since.is_not(None),
        )
    )


def items_to_answer(guest: Guest) -> Sequence[ProgrammeItem]:
    """The items that want this guest's answer, in the order of the programme; cancelled ones left out."""
    asked = {"event_id": guest.event_id, "person_id": guest.person_id}
    return db.session.scalars(_to_answer(), asked).all()


@cache
def _to_answer() -> Select[ProgrammeItem]:
    """Made once: composing it costs more than asking it."""
    return (
        select(ProgrammeItem)
        .where(
            ProgrammeItem.event_id == bindparam("event_id"),
            ProgrammeItem.wants_answer.is_(True),
            ProgrammeItem.state != ItemState.CANCELLED,
            is_for(bindparam("person_id")),
        )
        .order_by(ProgrammeItem.starts_at, ProgrammeItem.id)
        .options(joinedload(ProgrammeItem.room), joinedload(ProgrammeItem.venue))
    )


def items_asking(event: Event) -> Sequence[ProgrammeItem]:
    """The items of an event that want answers, whoever's; cancelled ones left out."""
    return db.session.scalars(
        select(ProgrammeItem).where(
            ProgrammeItem.event_id == event.id,
            ProgrammeItem.wants_answer.is_(True),
            ProgrammeItem.state != ItemState.CANCELLED,
        )
    ).all()


@dataclass(frozen=True)
class OwnEntry:
    """An item of a guest's own programme, and their answer where it wants one."""

    item: ProgrammeItem
    answer: ItemReplyState | None


def own_programme(guest: Guest) -> list[OwnEntry]:
    """The items that are for a guest, in order, without those they declined; cancelled ones stay, marked."""
    items = db.session.scalars(
        select(ProgrammeItem)
        .where(ProgrammeItem.event_id == guest.event_id, is_for(guest.person_id))
        .order_by(ProgrammeItem.starts_at, ProgrammeItem.ends_at, ProgrammeItem.id)
        .options(joinedload(ProgrammeItem.room).joinedload(Room.venue), joinedload(ProgrammeItem.venue))
    ).all()
    answers = {said.item_id: said.state for said in guest.item_replies}
    entries = [OwnEntry(item, answers.get(item.id) if item.wants_answer else None) for item in items]
    return [entry for entry in entries if entry.answer is not ItemReplyState.DECLINED]


def has_details(guest: Guest) -> bool:
    """Whether the guest told anything about diet, access or otherwise."""
    told = guest.details
    return told is not None and bool(told.diet or told.access_needs or told.note_to_host)


def meant_for(person_id: int, items: Sequence[ProgrammeItem]) -> list[ProgrammeItem]:
    """Those of the items that are for that person."""
    if all(item.audience is Audience.EVERYONE for item in items):
        return list(items)
    ids = select(ProgrammeItem.id).where(ProgrammeItem.id.in_([item.id for item in items]), is_for(person_id))
    theirs = set(db.session.scalars(ids))
    return [item for item in items if item.id in theirs]


def is_for(person_id: int | BindParameter[int]) -> ColumnElement[bool]:
    """The condition that an item is for that person: for everybody, for a group of theirs, or by name."""
    in_group = (
        select(item_groups.c.item_id)
        .join(group_people, group_people.c.group_id == item_groups.c.group_id)
        .where(group_people.c.person_id == person_id)
    )
    named = select(Participation.item_id).where(Participation.person_id == person_id)
    return (
        (ProgrammeItem.audience == Audience.EVERYONE)
        | ((ProgrammeItem.audience == Audience.GROUPS) & ProgrammeItem.id.in_(in_group))
        | ProgrammeItem.id.in_(named)
    )


def category_for_registration(event: Event) -> Category | None:
    """The one that is marked for registration: no other, for it may open zones to a stranger."""
    query = select(Category).where(Category.event_id == event.id, Category.for_registration).limit(1)
    return db.session.scalar(query)


def waiting_proposal(guest: Guest, kind: ProposalKind) -> Proposal | None:
    """What of that kind waits for the organiser's decision about a guest."""
    return db.session.scalar(
        select(Proposal).where(
            Proposal.guest_id == guest.id, Proposal.kind == kind, Proposal.decision == Decision.WAITING
        )
    )
