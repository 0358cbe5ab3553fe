"""The guest list as the host keeps it: who is on it, in which category, for how many seats."""

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
from eventsapp.rsvps.service import locking, seating
from eventsapp.rsvps.signals import guest_changed

MOST_IN_A_PARTY = 20


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
    party_size: int = 1,
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
        party_size=_party(party_size),
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
    party_size: int = 1,
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
        party_size=party_size,
        actor=actor,
        now=now,
    )


def change_guest(guest: Guest, given: GuestInput, *, actor: Actor, now: datetime) -> Guest:
    """Another category, title, mail address, language or badge name."""
    event = locking.hold_event(guest.event_id)
    must_be_open(event)
    guest = locking.hold_guest(guest.id)
    _fill(guest, event, given)
    db.session.flush()
    record("guest.edited", "guest", guest.id, actor=actor, now=now, event_id=event.id)
    guest_changed.send(guest=guest, actor=actor, now=now)
    return guest


def change_party_size(guest: Guest, seats_wanted: int, *, actor: Actor, now: datetime) -> Guest:
    """Another number of seats; one who waits keeps the place in the line.

    Raises `Conflict` when the event, or an item the guest comes to, has not that many seats left.
    """
    seats_wanted = _party(seats_wanted)
    event = locking.hold_event(guest.event_id)
    must_be_open(event)
    guest = locking.hold_guest(guest.id)
    items = locking.hold_items(event.id)
    more = seats_wanted - guest.party_size
    if not more:
        return guest
    pools: list[seats.Pool] = [event] if guest.state is GuestState.ACCEPTED else []
    pools += [said.item for said in guest.item_replies if said.state is ItemReplyState.ACCEPTED]
    for pool in pools:
        if more > 0 and not seats.take(pool, more):
            raise Conflict(N_("There are not enough seats left for so many."), field="party_size")
        if more < 0:
            seats.free(pool, -more)
    guest.party_size = seats_wanted
    guest.revision += 1
    _note(guest, Recorded.PARTY, actor, now, str(seats_wanted))
    record(
        "guest.party-changed", "guest", guest.id, actor=actor, now=now, event_id=event.id, seats=seats_wanted
    )
    db.session.flush()
    seating.fill_event(event, now=now)
    for item in items:
        seating.fill_item(event, item, now=now)
    return guest


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
    knew = guest.state is not GuestState.DRAFT
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
    guest.email = email_address(given.email, field="email")
    guest.language = _language(given.language or (event.languages[0] if event.languages else "en"))
    guest.badge_name = clean(given.badge_name, limit=200)


def _language(tag: str) -> str:
    try:
        return languages.normalise(tag)
    except ValueError as error:
        raise Invalid(N_("This is not a language."), field="language") from error


def _party(number: int) -> int:
    if not 1 <= number <= MOST_IN_A_PARTY:
        raise Invalid(
            N_("Please give a number from 1 to %(most)s."), field="party_size", most=MOST_IN_A_PARTY
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
