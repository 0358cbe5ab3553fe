"""The guest list as the host keeps it: who is on it, in which category, with how many companions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from eventsapp.access.identity import Actor
from eventsapp.audit.service import record
from eventsapp.core import languages
from eventsapp.core.db import db, violated
from eventsapp.core.errors import Conflict, Invalid
from eventsapp.core.text import N_, clean
from eventsapp.events.models import Category, Event
from eventsapp.events.service import email_address, must_be_open
from eventsapp.people.models import Affiliation, Person
from eventsapp.people.service import NameInput, create_person
from eventsapp.rsvps import life, messages, seats
from eventsapp.rsvps.enums import Channel, GuestState, ItemReplyState, Origin, Recorded
from eventsapp.rsvps.life import Step
from eventsapp.rsvps.models import Guest, ReplyRecord
from eventsapp.rsvps.service import answering, companions, locking, seating
from eventsapp.rsvps.signals import guest_changed


@dataclass(frozen=True, kw_only=True)
class GuestInput:
    """What the host knows of a guest beside the answer. An empty `language` is the event's own."""

    category: Category
    email: str = ""
    language: str = ""
    affiliation: Affiliation | None = None
    badge_name: str = ""


def add_guest(
    event: Event,
    person: Person,
    *,
    category: Category,
    email: str = "",
    language: str = "",
    affiliation: Affiliation | None = None,
    companions_allowed: int = 0,
    origin: Origin = Origin.LISTED,
    actor: Actor,
    now: datetime,
) -> Guest:
    """Put a person on an event's list, as a draft. Nothing is sent.

    Raises `Conflict` when they are on it already or the event is over, `Invalid` for what cannot be stored.
    """
    must_be_open(event)
    guest = Guest(
        event=event,
        person=person,
        origin=origin,
        state=GuestState.DRAFT,
        party_size=1,
        companions_allowed=_companions(companions_allowed),
        sort_key=person.sort_key,
        link_generation=1,
        feed_generation=1,
        revision=0,
        details=None,
        item_replies=[],
        created_at=now,
    )
    _fill(
        guest, event, GuestInput(category=category, email=email, language=language, affiliation=affiliation)
    )
    try:
        with db.session.begin_nested():
            db.session.add(guest)
    except IntegrityError as error:
        if violated(error, "uq_guest_event_id_person_id"):
            raise Conflict(N_("This person is on the list already."), field="person") from error
        raise
    record("guest.added", "guest", guest.id, actor=actor, now=now, event_id=event.id, origin=origin.value)
    return guest


def add_new_guest(
    event: Event,
    names: Sequence[NameInput],
    *,
    category: Category,
    email: str = "",
    language: str = "",
    companions_allowed: int = 0,
    actor: Actor,
    now: datetime,
) -> Guest:
    """Put somebody on the list whom the directory does not know yet. Raises as `add_guest` does."""
    event = locking.hold_event(event.id)
    person = create_person(names=names, actor=actor, now=now)
    return add_guest(
        event,
        person,
        category=category,
        email=email,
        language=language,
        companions_allowed=companions_allowed,
        actor=actor,
        now=now,
    )


def change_guest(guest: Guest, given: GuestInput, *, actor: Actor, now: datetime) -> Guest:
    """Another category, title, mail address, language or badge name.

    Seats move along to another category. Raises `Conflict` where it has too few left.
    """
    event = locking.hold_event(guest.event_id)
    must_be_open(event)
    guest = locking.hold_guest(guest.id)
    asked_otherwise = given.category.id != guest.category_id
    moves = guest.has_seats and asked_otherwise
    if moves:
        _move_place(guest, event, given.category)
    _fill(guest, event, given)
    db.session.flush()
    if asked_otherwise:
        answering.store(guest, event, {}, now=now)  # answers to what the new category is not asked go
    if moves:
        seating.fill_event(event, now=now)
    record("guest.edited", "guest", guest.id, actor=actor, now=now, event_id=event.id)
    guest_changed.send(guest=guest, actor=actor, now=now)
    return guest


def _move_place(guest: Guest, event: Event, category: Category) -> None:
    if category.event_id == event.id and not seats.take(category, guest.party_size):
        raise Conflict(N_("There are not enough seats left in this category."), field="category")
    seats.free_by_id(Category, guest.category_id, guest.party_size)


def withdraw(guest: Guest, *, reason: str = "", notify: bool = True, actor: Actor, now: datetime) -> Guest:
    """The host takes an invitation back; the seats go to whoever waits. With `notify` the guest is told.

    A guest who was never invited is not written to. A second call does nothing.
    """
    event = locking.hold_event(guest.event_id)
    must_be_open(event)
    guest = locking.hold_guest(guest.id)
    locking.hold_items(event.id)
    if guest.state is GuestState.WITHDRAWN:
        return guest
    if guest.companion_of_id is not None:
        raise Conflict(N_("This guest comes with somebody who answers for both."))
    knew = guest.state not in (GuestState.DRAFT, GuestState.APPROVED) or guest.dates_held_at is not None
    for said in sorted(guest.item_replies, key=lambda said: said.item_id):
        seating.unseat_at(said, guest, event, ItemReplyState.DECLINED, now=now)
    seating.unseat(guest, event, Step.WITHDRAW, actor=actor, now=now)
    guest.revision += 1
    _note(guest, Recorded.WITHDRAWN, actor, now, clean(reason, limit=300))
    record("guest.withdrawn", "guest", guest.id, actor=actor, now=now, event_id=event.id)
    db.session.flush()
    if knew and notify:
        messages.withdrawal(guest, actor=actor, now=now)
    return guest


def restore(guest: Guest, *, actor: Actor, now: datetime) -> Guest:
    """Put a withdrawn guest back on the list, as a draft to be invited anew."""
    event = locking.hold_event(guest.event_id)
    must_be_open(event)
    guest = locking.hold_guest(guest.id)
    life.move(guest, Step.RESTORE)
    guest.link_generation += 1  # the next invitation is a new one
    _note(guest, Recorded.RESTORED, actor, now, "")
    record("guest.restored", "guest", guest.id, actor=actor, now=now, event_id=event.id)
    db.session.flush()
    return guest


def _fill(guest: Guest, event: Event, given: GuestInput) -> None:
    if given.category.event_id != event.id:
        raise Invalid(N_("This category belongs to another event."), field="category")
    if given.affiliation is not None and given.affiliation.person_id != guest.person.id:
        raise Invalid(N_("This title belongs to somebody else."), field="affiliation")
    guest.category = given.category
    guest.affiliation = given.affiliation
    email = email_address(given.email, field="email")
    if email != guest.email:
        guest.email, guest.bounced_at = email, None
    guest.language = _language(given.language or (event.languages[0] if event.languages else "en"))
    guest.badge_name = clean(given.badge_name, limit=200)


def _language(tag: str) -> str:
    try:
        return languages.normalise(tag)
    except ValueError as error:
        raise Invalid(N_("This is not a language."), field="language") from error


def _companions(number: int) -> int:
    if not 0 <= number <= companions.MOST:
        raise Invalid(
            N_("Please give a number from 0 to %(most)s."), field="companions_allowed", most=companions.MOST
        )
    return number


def _note(guest: Guest, answer: Recorded, actor: Actor, now: datetime, reason: str) -> None:
    db.session.add(
        ReplyRecord(
            guest_id=guest.id,
            item_id=None,
            answer=answer,
            at=now,
            channel=Channel.DESK,
            actor_kind=actor.kind,
            actor_id=actor.id,
            reason=reason,
        )
    )
