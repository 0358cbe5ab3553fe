"""Somebody else comes in a guest's place: proposed, agreed to by the organiser, and done at once.

The place passes on: the seat at the event, the answers to items, the place in a line; nothing of it is free
in between. What belongs to the person does not: rank, a speech, a signature (`rsvps/open_points.py`), diet,
answers to questions, companions.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from eventsapp.access.identity import Actor, ActorKind
from eventsapp.audit.service import record
from eventsapp.core.db import db
from eventsapp.core.errors import Conflict, Invalid
from eventsapp.core.maps import clean_line
from eventsapp.core.text import N_
from eventsapp.events.enums import EventState
from eventsapp.events.models import Event
from eventsapp.events.service import email_address
from eventsapp.people import organisations
from eventsapp.people import service as people
from eventsapp.people.models import Affiliation, Person
from eventsapp.rsvps import life, messages, queries
from eventsapp.rsvps.enums import Answer, Channel, GuestState, ItemReplyState, Origin, ProposalKind, Recorded
from eventsapp.rsvps.life import Step
from eventsapp.rsvps.models import Guest, ItemReply, Proposal
from eventsapp.rsvps.service import answering, companions, listing, locking, proposals, seating
from eventsapp.rsvps.service.recording import note
from eventsapp.rsvps.signals import guest_admitted, guest_left, guest_represented, guest_returned


@dataclass(frozen=True, kw_only=True)
class SubstituteInput:
    """Who shall come: somebody of the directory (`person`), or a new name.

    An empty `language` is that of the guest in whose place they come.
    """

    person: Person | None = None
    name: str = ""
    title: str = ""
    organisation: str = ""
    email: str = ""
    language: str = ""


def can_be_represented(guest: Guest) -> bool:
    """Whether somebody else may be proposed for this guest now."""
    return (
        life.knows(guest.state, Step.REPRESENT)
        and guest.companion_of_id is None
        and guest.event.state is EventState.PUBLISHED
    )


def propose(
    guest: Guest, given: SubstituteInput, *, channel: Channel, actor: Actor, now: datetime
) -> Proposal:
    """Ask that somebody else comes in a guest's place; the organiser decides.

    A newer proposal takes the place of one that waits. Raises `Invalid` for what cannot be stored,
    `Conflict` where nobody can come in this place or the person is on the list already.
    """
    locking.hold_event(guest.event_id)
    guest = locking.hold_guest(guest.id)
    wanted = _wanted(guest, given)
    if not can_be_represented(guest):
        raise Conflict(N_("Nobody can come in the place of this guest now."))
    return proposals.propose(guest, ProposalKind.SUBSTITUTE, wanted, channel=channel, actor=actor, now=now)


def substitute(proposal: Proposal, *, actor: Actor, now: datetime) -> Guest:
    """The organiser agrees: the substitute, a guest of their own who has accepted.

    Raises `Conflict` where the guest's place cannot pass on any more.
    """
    event = locking.hold_event(proposal.event_id)
    guest = locking.hold_guest(proposal.guest_id)
    locking.hold_items(event.id)
    if not can_be_represented(guest):
        raise Conflict(N_("Nobody can come in the place of this guest now."))
    if guest.party_size > 1:
        companions.change_companions(guest, (), channel=proposal.channel, actor=actor, now=now)
    asked = Actor(proposal.actor_kind, proposal.actor_id)
    newcomer = _newcomer(guest, event, proposal, actor, now)
    seated = _pass_on(guest, newcomer, event, asked, now)
    newcomer.replied_at = now
    guest.revision += 1
    said = Answer.ACCEPTED if seated else Recorded.WAITLISTED
    for who, what in ((guest, Recorded.REPRESENTED), (newcomer, Recorded.SUBSTITUTED), (newcomer, said)):
        note(who, what, channel=proposal.channel, actor=asked, on_behalf=True, now=now)
    record(
        "guest.represented",
        "guest",
        guest.id,
        actor=actor,
        now=now,
        event_id=event.id,
        substitute=newcomer.id,
    )
    db.session.flush()
    guest_represented.send(guest=guest, substitute=newcomer, actor=actor, now=now)
    proposals.drop(guest, ProposalKind.LATE_ANSWER, actor=actor, now=now)
    messages.substitute(newcomer, guest, actor=actor, now=now)
    messages.substitute_agreed(guest, newcomer, actor=actor, now=now)
    return newcomer


def tell_refused(proposal: Proposal, *, actor: Actor, now: datetime) -> None:
    """Tell the guest, if it was they who asked, that nobody can come in their place."""
    if proposal.actor_kind is ActorKind.GUEST:
        messages.substitute_refused(proposal, actor=actor, now=now)


def return_guest(guest: Guest, *, actor: Actor, now: datetime) -> Guest:
    """Nobody comes in this guest's place any more: the substitute is withdrawn, the guest is invited again.

    A seat that is freed goes to whoever waits. Raises `Conflict` where nobody did.
    """
    event = locking.hold_event(guest.event_id)
    guest = locking.hold_guest(guest.id)
    life.move(guest, Step.RETURN)
    guest.revision += 1
    newcomer = substitute_of(guest)
    if newcomer is not None:
        newcomer = listing.withdraw(newcomer, actor=actor, now=now)
        newcomer.represents = None
    record("guest.returned", "guest", guest.id, actor=actor, now=now, event_id=event.id)
    note(guest, Recorded.RESTORED, channel=Channel.DESK, actor=actor, now=now)
    db.session.flush()
    if newcomer is not None:
        guest_returned.send(guest=guest, substitute=newcomer, actor=actor, now=now)
    return guest


def substitute_of(guest: Guest) -> Guest | None:
    """Who comes in this guest's place."""
    return db.session.scalar(
        select(Guest).where(Guest.event_id == guest.event_id, Guest.represents_id == guest.id)
    )


def _wanted(guest: Guest, given: SubstituteInput) -> dict[str, Any]:
    person = given.person
    if person is not None and _is_listed(guest.event_id, person):
        raise Conflict(N_("This person is on the list already."), field="person")
    name = person.display_name if person else clean_line(given.name, field="name", required=True)
    return {
        "person": person.code if person else "",
        "name": name,
        "title": clean_line(given.title, field="title"),
        "organisation": clean_line(given.organisation, field="organisation"),
        "email": email_address(given.email, field="email"),
        "language": given.language or guest.language,
    }


def _is_listed(event_id: int, person: Person) -> bool:
    found = select(Guest.id).where(Guest.event_id == event_id, Guest.person_id == person.id)
    return db.session.scalar(found) is not None


def _newcomer(guest: Guest, event: Event, proposal: Proposal, actor: Actor, now: datetime) -> Guest:
    wanted = proposal.wanted
    person, affiliation = _person(wanted, guest.language, actor, now)
    newcomer = listing.add_guest(
        event,
        person,
        category=guest.category,
        email=wanted["email"],
        language=wanted["language"],
        affiliation=affiliation,
        origin=Origin.NAMED,
        actor=actor,
        now=now,
    )
    newcomer.represents = guest
    life.move(newcomer, Step.APPROVE)
    life.move(newcomer, Step.INVITE)
    newcomer.invited_at = now
    db.session.flush()
    return newcomer


def _person(
    wanted: dict[str, Any], language: str, actor: Actor, now: datetime
) -> tuple[Person, Affiliation | None]:
    known = db.session.scalar(select(Person).where(Person.code == wanted["person"]))
    if wanted["person"] and known is None:
        raise Invalid(N_("Nobody of this name is recorded."))
    person = known or people.create_person(names=[people.NameInput(wanted["name"])], actor=actor, now=now)
    title = ", ".join(words for words in (wanted["title"], wanted["organisation"]) if words)
    if title:
        given = organisations.AffiliationInput(title={language: title})
        return person, organisations.add_affiliation(person, given, actor=actor, now=now)
    return person, person.affiliations[0] if known and known.affiliations else None


def _pass_on(guest: Guest, newcomer: Guest, event: Event, asked: Actor, now: datetime) -> bool:
    """Seat, answers to items and place in the line go over; nothing of it is free in between.

    Whoever held no seat passes none on: then the newcomer takes one, or waits. True when they have one.
    """
    held, since = guest.has_seats, guest.waiting_since
    had_badge = guest.state in (GuestState.ACCEPTED, GuestState.EXPECTED)
    answering.free_choices(guest, now=now)
    life.move(guest, Step.REPRESENT)
    guest.has_seats = False  # the newcomer's, before anything else is written
    if had_badge:
        guest_left.send(guest=guest, actor=asked, now=now)
    _pass_items(guest, newcomer, event, now)
    if held:
        newcomer.has_seats = True
        life.move(newcomer, Step.ADMIT)
        db.session.flush()
        guest_admitted.send(guest=newcomer, actor=asked, now=now)
        return True
    if since is not None:
        life.move(newcomer, Step.QUEUE)
        newcomer.waiting_since = since
        return False
    return seating.seat(newcomer, event, actor=asked, now=now)


def _pass_items(guest: Guest, newcomer: Guest, event: Event, now: datetime) -> None:
    """Each answer passes on as it stands; a seat at an item that is not for the newcomer goes to the next."""
    answers = sorted(guest.item_replies, key=lambda said: said.item_id)
    meant = set(queries.meant_for(newcomer.person_id, [said.item for said in answers])) if answers else set()
    for said in answers:
        if said.item not in meant:
            seating.unseat_at(said, guest, event, ItemReplyState.DECLINED, now=now)
            continue
        newcomer.item_replies.append(
            ItemReply(
                item=said.item, item_id=said.item_id, state=said.state, waiting_since=said.waiting_since
            )
        )
        said.state, said.waiting_since = ItemReplyState.DECLINED, None


def init() -> None:
    """Answer for proposals that somebody else comes."""
    proposals.doer(ProposalKind.SUBSTITUTE, substitute, refused=tell_refused)
