"""Open registration: anybody may ask for a place, and comes once they have confirmed it by mail."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from eventsapp.access.identity import VISITOR, Actor, ActorKind
from eventsapp.core.db import db
from eventsapp.core.errors import Conflict, Invalid
from eventsapp.core.text import N_, clean
from eventsapp.events.enums import EventState, Visibility
from eventsapp.events.models import Category, Event
from eventsapp.events.service import email_address
from eventsapp.people import organisations
from eventsapp.people.models import Affiliation, Person
from eventsapp.people.service import NameInput, create_person
from eventsapp.rsvps import deadlines, life, messages, queries, terms
from eventsapp.rsvps.enums import Answer, Channel, GuestState, Origin
from eventsapp.rsvps.life import Step
from eventsapp.rsvps.models import Guest
from eventsapp.rsvps.service import answering, approving, listing, locking
from eventsapp.rsvps.service.replying import ReplyInput, ReplyResult, reply


@dataclass(frozen=True, kw_only=True)
class RegistrationInput:
    """What somebody who registers tells: `language` is also that of the mails; `answers` as in a reply."""

    name: str
    email: str
    organisation: str = ""
    language: str = ""
    answers: Mapping[str, Any] | None = None


def registration_is_open(event: Event, now: datetime) -> bool:
    """Whether anybody may register for this event by themselves."""
    return (
        event.registration_open
        and event.state is EventState.PUBLISHED
        and event.visibility is not Visibility.INVITATION
        and not deadlines.is_past(event, now)
    )


def register(event: Event, given: RegistrationInput, *, now: datetime) -> None:
    """Take down a registration and mail a link that confirms it.

    Whether the address was known before cannot be told from the answer: its owner gets a mail in either
    case. No seat is held until the registration is confirmed. Raises `Conflict` when registration is closed.
    """
    event = locking.hold_event(event.id)
    if not registration_is_open(event, now):
        raise Conflict(N_("Registration for this event is closed."))
    email = email_address(given.email, field="email")
    if not email:
        raise Invalid(N_("Please give your mail address."), field="email")
    # Before anybody is looked up: a full choice is refused to everyone alike.
    answering.refuse_full(event, given.answers)
    known = _by_email(event, email)
    if known is None:
        messages.registration(_unconfirmed(event, given, email, now), actor=VISITOR, now=now)
    elif known.state is GuestState.UNCONFIRMED:
        messages.registration(known, actor=VISITOR, now=now)
    elif known.state not in (GuestState.DRAFT, GuestState.APPROVED, GuestState.WITHDRAWN):
        messages.already_listed(known, actor=VISITOR, now=now)


def confirm(guest: Guest, *, now: datetime) -> ReplyResult:
    """Whoever registered says that it was them: they have a seat, or wait in order.

    Where an organiser decides about registrations, it is handed in, and no seat is taken.

    Repeating it changes nothing. Raises `Conflict` when registration closed meanwhile.
    """
    event = locking.hold_event(guest.event_id)
    guest = locking.hold_guest(guest.id)
    actor = Actor(ActorKind.GUEST, guest.id)
    if guest.state is GuestState.UNCONFIRMED:
        if event.state is not EventState.PUBLISHED or deadlines.is_past(event, now):
            raise Conflict(N_("Registration for this event is closed."))
        if terms.of(event.id).wants_approval:
            return _handed_in(approving.hand_in(guest, actor=actor, now=now))
        life.move(guest, Step.CONFIRM)
        guest.invited_at = now
        db.session.flush()
        answer = Answer.ACCEPTED
    elif guest.state in approving.OPEN:
        return _handed_in(guest)
    elif guest.state in (GuestState.ACCEPTED, GuestState.WAITLISTED):
        answer = Answer.ACCEPTED
    else:
        raise Conflict(
            N_("This registration was answered or withdrawn since. Please use your personal link.")
        )
    return reply(guest, ReplyInput(answer), channel=Channel.LINK, actor=actor, now=now)


def _handed_in(guest: Guest) -> ReplyResult:
    return ReplyResult(guest, guest.state, {}, changed=False, answered=False)


def _by_email(event: Event, email: str) -> Guest | None:
    return db.session.scalar(
        select(Guest)
        .where(Guest.event_id == event.id, func.lower(Guest.email) == email.lower())
        .order_by(Guest.id)
        .limit(1)
    )


def _unconfirmed(event: Event, given: RegistrationInput, email: str, now: datetime) -> Guest:
    language = given.language or "en"
    person = create_person(names=[NameInput(given.name, language="")], actor=VISITOR, now=now)
    guest = listing.add_guest(
        event,
        person,
        category=_category(event),
        email=email,
        language=language,
        affiliation=_affiliation(person, given, language, now),
        origin=Origin.REGISTERED,
        actor=VISITOR,
        now=now,
    )
    life.move(guest, Step.REGISTER)
    db.session.flush()
    if given.answers and answering.store(guest, event, given.answers, now=now):
        guest.revision += 1
    return guest


def _category(event: Event) -> Category:
    category = queries.category_for_registration(event)
    if category is None:
        raise Conflict(N_("Registration for this event is closed."))
    return category


def _affiliation(
    person: Person, given: RegistrationInput, language: str, now: datetime
) -> Affiliation | None:
    """What somebody writes there becomes a title of theirs, not an entry in the directory."""
    named = clean(given.organisation, limit=200)
    if not named:
        return None
    return organisations.add_affiliation(
        person, organisations.AffiliationInput(title={language: named}), actor=VISITOR, now=now
    )
