"""The guest list as staff read it: a constant number of queries however long it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select, tuple_
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from eventsapp.access.identity import ActorKind
from eventsapp.accounts.models import StaffUser
from eventsapp.core.db import db
from eventsapp.core.paging import Page, cut
from eventsapp.events.models import Category, Event
from eventsapp.mail.models import Mail
from eventsapp.people.models import Affiliation, Person
from eventsapp.people.queries import matches
from eventsapp.programme.models import ProgrammeItem
from eventsapp.rsvps.enums import Answer, GuestState, ItemReplyState, Recorded
from eventsapp.rsvps.models import Guest, ItemReply, ReplyRecord

PAGE = 50
_FEW = 1000  # people found, who are then looked up one by one


def page(
    event: Event,
    *,
    text: str = "",
    state: GuestState | None = None,
    category: Category | None = None,
    bounced: bool = False,
    after: str | None = None,
    size: int = PAGE,
) -> Page[Guest]:
    """A page of an event's guests in the order of their names; `after` is a guest's code.

    `text` finds every recorded spelling of a name; `bounced`: those alone whose address takes no mail.
    """
    query = _listed(event).order_by(Guest.sort_key, Guest.id).options(*_party())
    if state is not None:
        query = query.where(Guest.state == state)
    if category is not None:
        query = query.where(Guest.category_id == category.id)
    if bounced:
        query = query.where(Guest.bounced_at.is_not(None))
    found = matches(Person.search_text, text)
    if found is not None:
        query = _named(query, found)
    if after and (last := _keys(event, after)):
        query = query.where(tuple_(Guest.sort_key, Guest.id) > tuple_(*last))
    guests = db.session.scalars(query.limit(size + 1)).all()
    return cut(guests, size, [guest.code for guest in guests])


def _party() -> tuple[Any, ...]:
    """Who comes along with a guest, or with whom they come."""
    return (
        selectinload(Guest.companions).joinedload(Guest.person, innerjoin=True),
        selectinload(Guest.companion_of).joinedload(Guest.person, innerjoin=True),
    )


def _named(query: Select[Guest], found: ColumnElement[bool]) -> Select[Guest]:
    """Only guests of that name. A few people are looked up by id; of many, the list finds a page sooner."""
    people = db.session.scalars(select(Person.id).where(found).limit(_FEW + 1)).all()
    return query.where(Guest.person_id.in_(people) if len(people) <= _FEW else found)


def _listed(event: Event) -> Select[Guest]:
    return (
        select(Guest)
        .join(Guest.person)
        .where(Guest.event_id == event.id)
        .options(
            contains_eager(Guest.person),
            joinedload(Guest.category, innerjoin=True),
            joinedload(Guest.affiliation).joinedload(Affiliation.organisation),
        )
    )


def _keys(event: Event, code: str) -> tuple[str, int] | None:
    row = db.session.execute(
        select(Guest.sort_key, Guest.id).where(Guest.event_id == event.id, Guest.code == code)
    ).first()
    return (row.sort_key, row.id) if row else None


def waiting(event: Event, limit: int = 200) -> Sequence[Guest]:
    """Whoever waits for a seat at the event, in order."""
    query = _listed(event).where(Guest.waiting_since.is_not(None))
    order = (Guest.waiting_priority.desc(), Guest.waiting_since, Guest.id)
    return db.session.scalars(query.order_by(*order).limit(limit)).all()


def offered(event: Event, limit: int = 200) -> Sequence[Guest]:
    """Whoever a freed seat is offered to, the first to end first."""
    query = _listed(event).where(Guest.state == GuestState.OFFERED, Guest.companion_of_id.is_(None))
    return db.session.scalars(query.order_by(Guest.offer_until, Guest.id).limit(limit)).all()


def without_kept_seat(event: Event, limit: int = 200) -> Sequence[Guest]:
    """Whoever is invited, and no seat was left to keep for them; by name."""
    query = _listed(event).where(
        Guest.state == GuestState.INVITED, Guest.has_seats.is_(False), Guest.companion_of_id.is_(None)
    )
    return db.session.scalars(query.order_by(Guest.sort_key, Guest.id).limit(limit)).all()


def waiting_for_items(event: Event, limit: int = 200) -> Sequence[ItemReply]:
    """Whoever waits for a seat at an item, by item and in order."""
    return db.session.scalars(
        select(ItemReply)
        .join(ItemReply.item)
        .join(ItemReply.guest)
        .where(ProgrammeItem.event_id == event.id, ItemReply.state == ItemReplyState.WAITLISTED)
        .order_by(ProgrammeItem.starts_at, ProgrammeItem.id, ItemReply.waiting_since)
        .limit(limit)
        .options(
            contains_eager(ItemReply.item),
            contains_eager(ItemReply.guest).joinedload(Guest.person, innerjoin=True),
        )
    ).all()


def bounced(event: Event) -> int:
    """How many guests are not reached by mail any more."""
    query = select(func.count()).where(Guest.event_id == event.id, Guest.bounced_at.is_not(None))
    return db.session.scalar(query) or 0


@dataclass(frozen=True)
class Count:
    """How many guests, and the seats that they would take."""

    guests: int = 0
    seats: int = 0


def counts(event: Event) -> Mapping[GuestState, Count]:
    """Guests by state; every state is there (one query)."""
    rows = db.session.execute(
        select(
            Guest.state,
            func.count(),
            func.sum(case((Guest.companion_of_id.is_(None), Guest.party_size), else_=0)),
        )
        .where(Guest.event_id == event.id)
        .group_by(Guest.state)
    )
    found = {state: Count(guests, int(seats)) for state, guests, seats in rows}
    return {state: found.get(state, Count()) for state in GuestState}


def count_to_ask(event: Event) -> int:
    """How many could be asked to hold the date: not invited, not asked before, with an address."""
    uninvited = Guest.state.in_((GuestState.DRAFT, GuestState.APPROVED))
    query = select(func.count()).select_from(Guest).where(Guest.event_id == event.id, uninvited)
    asked = query.where(Guest.email != "", Guest.dates_held_at.is_(None), Guest.companion_of_id.is_(None))
    return db.session.scalar(asked) or 0


@dataclass(frozen=True)
class ItemCount:
    """An item that wants an answer, and how many answered what."""

    item: ProgrammeItem
    guests: Mapping[ItemReplyState, int]


def item_counts(event: Event) -> list[ItemCount]:
    """Answers by item, in the order of the programme (two queries)."""
    items = db.session.scalars(
        select(ProgrammeItem)
        .where(ProgrammeItem.event_id == event.id, ProgrammeItem.wants_answer.is_(True))
        .order_by(ProgrammeItem.starts_at, ProgrammeItem.id)
    ).all()
    rows = db.session.execute(
        select(ItemReply.item_id, ItemReply.state, func.count())
        .where(ItemReply.item_id.in_([item.id for item in items]))
        .group_by(ItemReply.item_id, ItemReply.state)
    )
    found: dict[int, dict[ItemReplyState, int]] = {}
    for item_id, state, number in rows:
        found.setdefault(item_id, {})[state] = number
    return [
        ItemCount(item, {state: found.get(item.id, {}).get(state, 0) for state in ItemReplyState})
        for item in items
    ]


def guest_of(event: Event, code: str) -> Guest | None:
    """An event's guest by public code, with everything their page shows."""
    return db.session.scalar(
        select(Guest)
        .where(Guest.event_id == event.id, Guest.code == code)
        .options(
            joinedload(Guest.event, innerjoin=True),
            joinedload(Guest.person, innerjoin=True)
            .selectinload(Person.affiliations)
            .joinedload(Affiliation.organisation),
            joinedload(Guest.category, innerjoin=True),
            joinedload(Guest.affiliation).joinedload(Affiliation.organisation),
            joinedload(Guest.details),
            *_party(),
            selectinload(Guest.item_replies).joinedload(ItemReply.item),
        )
    )


@dataclass(frozen=True)
class Entry:
    """One line of a guest's record; `by` is a member of staff, where it was one."""

    record: ReplyRecord
    item: ProgrammeItem | None
    by: StaffUser | None

    @property
    def said(self) -> Answer | Recorded:
        """What was answered or done."""
        told = self.record.answer
        return Answer(told) if told in {answer.value for answer in Answer} else Recorded(told)


def records(guest: Guest, limit: int = 100) -> list[Entry]:
    """What was answered for a guest, by whom and how, the latest first (one query)."""
    rows = db.session.execute(
        select(ReplyRecord, ProgrammeItem, StaffUser)
        .outerjoin(ProgrammeItem, ProgrammeItem.id == ReplyRecord.item_id)
        .outerjoin(
            StaffUser,
            (StaffUser.id == ReplyRecord.actor_id) & (ReplyRecord.actor_kind == ActorKind.STAFF),
        )
        .where(ReplyRecord.guest_id == guest.id)
        .order_by(ReplyRecord.id.desc())
        .limit(limit)
    )
    return [Entry(record, item, by) for record, item, by in rows]


def mails(guest: Guest, limit: int = 50) -> Sequence[Mail]:
    """The mails to a guest, the latest first."""
    return db.session.scalars(
        select(Mail).where(Mail.guest_id == guest.id).order_by(Mail.id.desc()).limit(limit)
    ).all()
