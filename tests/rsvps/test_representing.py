"""Somebody else comes in a guest's place: the place passes on, and nothing that belongs to the person."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from eventsapp.access.identity import SYSTEM, Actor, ActorKind
from eventsapp.badges.enums import BadgeState
from eventsapp.badges.models import Badge
from eventsapp.core.db import db
from eventsapp.core.errors import Conflict, Invalid
from eventsapp.events.models import Category, Event
from eventsapp.mail.models import Mail
from eventsapp.programme.enums import Audience, PartRole
from eventsapp.programme.models import ProgrammeItem
from eventsapp.programme.service import PartInput
from eventsapp.rsvps import service
from eventsapp.rsvps.enums import Answer, Channel, Decision, GuestState, ItemReplyState, ProposalKind
from eventsapp.rsvps.models import Guest, Proposal, ReplyRecord
from eventsapp.rsvps.open_points import OpenPoint, PointKind, open_points
from eventsapp.rsvps.service import TermsInput, proposals, representing, set_terms
from eventsapp.rsvps.service.representing import SubstituteInput
from eventsapp.visits.models import Member
from tests.factories.ceremonies import make_instrument, make_party, make_signatory
from tests.factories.events import make_category, make_public_event
from tests.factories.people import NOW, make_affiliation, make_person
from tests.factories.programme import make_item
from tests.factories.rsvps import answer, make_accepted, make_guest, make_invited
from tests.factories.visits import make_delegation, make_member

pytestmark = pytest.mark.usefixtures("db_session", "clock")

HOST = Actor(ActorKind.STAFF)


@pytest.fixture
def event() -> Event:
    return make_public_event(capacity=1)


def proposed(guest: Guest, name: str = "Bo Beispiel", **given: Any) -> Proposal:
    """The guest asks by their own link."""
    actor = Actor(ActorKind.GUEST, guest.id)
    wanted = SubstituteInput(name=name, **given)
    return representing.propose(guest, wanted, channel=Channel.LINK, actor=actor, now=NOW)


def agreed(proposal: Proposal, now: datetime = NOW) -> Guest:
    """The organiser agrees; who comes now."""
    proposals.agree(proposal, actor=HOST, now=now)
    newcomer = representing.substitute_of(proposal.guest)
    assert newcomer is not None
    return newcomer


def test_nothing_changes_before_the_organiser_agrees(event: Event) -> None:
    guest = make_accepted(event)
    proposal = proposed(guest)
    assert (proposal.kind, proposal.decision) == (ProposalKind.SUBSTITUTE, Decision.WAITING)
    assert guest.state is GuestState.ACCEPTED
    assert len(db.session.scalars(select(Guest)).all()) == 1


def test_seat_passes_on_and_is_never_free_for_whoever_waits(event: Event) -> None:
    guest = make_accepted(event)
    waiting = make_accepted(event, "Cy Waiting")
    newcomer = agreed(proposed(guest, title="Deputy", organisation="Northport", email="bo@example.org"))
    assert [guest.state, newcomer.state, waiting.state] == [
        GuestState.REPRESENTED,
        GuestState.ACCEPTED,
        GuestState.WAITLISTED,
    ]
    assert db.session.get_one(Event, event.id).seats_taken == 1
    assert newcomer.represents is guest
    assert newcomer.category is guest.category
    assert newcomer.invited_at == NOW
    assert newcomer.affiliation is not None
    assert newcomer.affiliation.title == {"en": "Deputy, Northport"}


def test_badge_of_the_guest_dies_at_once_and_the_substitute_has_one(event: Event) -> None:
    guest = make_accepted(event)
    newcomer = agreed(proposed(guest))
    states = {badge.guest_id: badge.state for badge in db.session.scalars(select(Badge))}
    assert states == {guest.id: BadgeState.REVOKED, newcomer.id: BadgeState.ACTIVE}


def test_answers_to_items_pass_on_with_their_seats_and_places_in_line(event: Event) -> None:
    full = make_item(event, "Dinner", wants_answer=True, capacity=1)
    queued = make_item(event, "Tour", wants_answer=True, capacity=0)
    guest = make_invited(event)
    answer(guest, Answer.ACCEPTED, items={full.code: Answer.ACCEPTED, queued.code: Answer.ACCEPTED})
    since = next(said.waiting_since for said in guest.item_replies if said.item_id == queued.id)
    newcomer = agreed(proposed(guest))
    stands = {said.item_id: (said.state, said.waiting_since) for said in newcomer.item_replies}
    assert stands == {
        full.id: (ItemReplyState.ACCEPTED, None),
        queued.id: (ItemReplyState.WAITLISTED, since),
    }
    assert {said.state for said in guest.item_replies} == {ItemReplyState.DECLINED}
    assert db.session.get_one(ProgrammeItem, full.id).seats_taken == 1


def test_seat_at_an_item_that_is_not_for_the_substitute_goes_to_the_next(event: Event) -> None:
    ada = make_person("Ada Example")
    item = make_item(event, "Talk", ada, wants_answer=True, capacity=1, audience=Audience.PEOPLE)
    guest = make_invited(event, ada)
    answer(guest, Answer.ACCEPTED, items={item.code: Answer.ACCEPTED})
    newcomer = agreed(proposed(guest))
    assert newcomer.item_replies == []
    assert db.session.get_one(ProgrammeItem, item.id).seats_taken == 0


def test_place_in_the_line_passes_on(event: Event) -> None:
    make_accepted(event, "Di First")
    guest = make_accepted(event)
    since = guest.waiting_since
    later = make_accepted(event, "Cy Later")
    newcomer = agreed(proposed(guest), NOW + timedelta(hours=1))
    assert (newcomer.state, newcomer.waiting_since) == (GuestState.WAITLISTED, since)
    assert later.waiting_since is not None
    assert since is not None
    assert since < later.waiting_since


@pytest.mark.parametrize("said", [Answer.DECLINED, Answer.TENTATIVE, None])
def test_whoever_held_no_seat_passes_none_on_and_the_substitute_takes_one(
    event: Event, said: Answer | None
) -> None:
    guest = make_invited(event)
    if said:
        answer(guest, said)
    newcomer = agreed(proposed(guest))
    assert (guest.state, newcomer.state) == (GuestState.REPRESENTED, GuestState.ACCEPTED)
    assert db.session.get_one(Event, event.id).seats_taken == 1


def test_substitute_of_a_silent_guest_waits_where_all_seats_are_taken(event: Event) -> None:
    make_accepted(event, "Di First")
    newcomer = agreed(proposed(make_invited(event)))
    assert newcomer.state is GuestState.WAITLISTED


def test_rank_speech_and_signature_are_not_inherited_and_stand_as_open_points(event: Event) -> None:
    other = make_public_event("Another forum")
    ada = make_person("Ada Example")
    make_item(event, "Opening", parts=[PartInput(ada, PartRole.SPEAKER)])
    make_item(other, "Elsewhere", parts=[PartInput(ada, PartRole.SPEAKER)])
    delegation = make_delegation(event)
    make_member(delegation, ada, is_head=True)
    make_signatory(make_party(make_instrument(event, "Memorandum"), "City of Northport"), ada)
    guest = make_accepted(event, ada)
    newcomer = agreed(proposed(guest))
    assert open_points(newcomer) == []
    assert open_points(guest) == [
        OpenPoint(PointKind.HEAD, {"en": "Delegation of Northport"}, place=1),
        OpenPoint(PointKind.PART, {"en": "Opening"}, part=PartRole.SPEAKER),
        OpenPoint(PointKind.SIGNATORY, {"en": "Memorandum"}),
    ]
    assert db.session.scalars(select(Member.person_id)).all() == [ada.id]


def test_diet_and_answers_are_not_inherited(event: Event) -> None:
    guest = make_invited(event)
    answer(guest, Answer.ACCEPTED, diet="No nuts", badge_name="A. E.")
    newcomer = agreed(proposed(guest))
    assert newcomer.details is None
    assert newcomer.badge_name == ""


def test_party_leaves_with_the_guest_and_only_one_seat_passes_on() -> None:
    event = make_public_event(capacity=3)
    guest = make_accepted(event, party_size=3)
    waiting = make_accepted(event, "Cy Waiting")
    agreed(proposed(guest))
    assert waiting.state is GuestState.ACCEPTED
    assert db.session.get_one(Event, event.id).seats_taken == 2


def test_somebody_of_the_directory_comes_under_their_first_title(event: Event) -> None:
    person = make_person("Bo Beispiel")
    title = make_affiliation(person)
    newcomer = agreed(proposed(make_accepted(event), "", person=person))
    assert (newcomer.person, newcomer.affiliation) == (person, title)


def test_whoever_is_on_the_list_comes_in_nobodys_place(event: Event) -> None:
    guest = make_accepted(event)
    listed = make_guest(event, "Bo Beispiel")
    with pytest.raises(Conflict):
        proposed(guest, "", person=listed.person)


def test_person_who_came_onto_the_list_meanwhile_is_refused_and_nothing_is_decided(event: Event) -> None:
    guest = make_accepted(event)
    person = make_person("Bo Beispiel")
    proposal = proposed(guest, "", person=person)
    make_guest(event, person)
    db.session.commit()
    with pytest.raises(Conflict):
        proposals.agree(proposal, actor=HOST, now=NOW)
    db.session.rollback()
    assert (proposal.decision, guest.state) == (Decision.WAITING, GuestState.ACCEPTED)


@pytest.mark.parametrize("wrong", [{"name": ""}, {"name": "Bo", "email": "nowhere"}, {"name": "x" * 201}])
def test_what_cannot_be_stored_is_not_proposed(event: Event, wrong: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        proposed(make_accepted(event), **wrong)


def test_withdrawn_guest_is_represented_by_nobody(event: Event) -> None:
    guest = make_accepted(event)
    service.withdraw(guest, actor=SYSTEM, now=NOW)
    with pytest.raises(Conflict):
        proposed(guest)


def test_record_says_who_asked_and_that_it_was_on_behalf(event: Event) -> None:
    guest = make_accepted(event)
    desk = Actor(ActorKind.FOCAL_POINT, 7)
    proposal = representing.propose(
        guest, SubstituteInput(name="Bo"), channel=Channel.LINK, actor=desk, now=NOW
    )
    newcomer = agreed(proposal)
    rows = db.session.scalars(
        select(ReplyRecord)
        .where(ReplyRecord.answer.in_(["represented", "substituted"]) | (ReplyRecord.guest_id == newcomer.id))
        .order_by(ReplyRecord.id)
    ).all()
    assert [(row.guest_id, row.answer) for row in rows] == [
        (guest.id, "represented"),
        (newcomer.id, "substituted"),
        (newcomer.id, "accepted"),
    ]
    assert {(row.actor_kind, row.actor_id, row.on_behalf) for row in rows} == {
        (ActorKind.FOCAL_POINT, 7, True)
    }


def test_both_are_told_by_mail(event: Event) -> None:
    guest = make_accepted(event)
    newcomer = agreed(proposed(guest, email="bo@example.org"))
    told = {
        mail.template: mail.guest_id
        for mail in db.session.scalars(select(Mail).where(Mail.template.like("substitute%")))
    }
    assert told == {"substitute": newcomer.id, "substitute-agreed": guest.id}


def test_refused_guest_is_told_why_and_keeps_the_seat(event: Event) -> None:
    guest = make_accepted(event)
    proposals.refuse(proposed(guest), public_reason="By name only.", actor=HOST, now=NOW)
    mail = db.session.scalars(select(Mail).where(Mail.template == "substitute-refused")).one()
    assert mail.context["reason"] == "By name only."
    assert guest.state is GuestState.ACCEPTED


def test_guest_returns_and_the_substitute_is_withdrawn(event: Event) -> None:
    guest = make_accepted(event)
    newcomer = agreed(proposed(guest))
    waiting = make_accepted(event, "Cy Waiting")
    representing.return_guest(guest, actor=SYSTEM, now=NOW)
    assert [guest.state, newcomer.state, waiting.state] == [
        GuestState.INVITED,
        GuestState.WITHDRAWN,
        GuestState.ACCEPTED,
    ]
    assert representing.substitute_of(guest) is None
    with pytest.raises(Conflict):
        representing.return_guest(guest, actor=SYSTEM, now=NOW)


def test_category_stays_the_guests_own(event: Event) -> None:
    head: Category = make_category(event, "H", "Head")
    guest = make_accepted(event, category=head)
    assert agreed(proposed(guest)).category is head


def test_seat_of_a_full_category_passes_on(event: Event) -> None:
    event.capacity = 5
    heads = make_category(event, "H", "Head", capacity=1)
    guest = make_accepted(event, category=heads)
    waiting = make_accepted(event, "Cy Waiting", category=heads)
    newcomer = agreed(proposed(guest))
    assert (newcomer.state, waiting.state) == (GuestState.ACCEPTED, GuestState.WAITLISTED)
    assert db.session.get_one(Category, heads.id).seats_taken == 1


def test_seat_that_is_kept_for_a_silent_guest_passes_on() -> None:
    event = make_public_event(capacity=1, reply_by_local=datetime(2026, 5, 20, 12))
    set_terms(event, TermsInput(holds_seats=True), actor=SYSTEM, now=NOW)
    guest = make_invited(event)
    waiting = make_accepted(event, "Cy Waiting")
    assert (guest.has_seats, waiting.state) == (True, GuestState.WAITLISTED)
    newcomer = agreed(proposed(guest))
    assert (newcomer.state, newcomer.has_seats, guest.has_seats) == (GuestState.ACCEPTED, True, False)
    assert db.session.get_one(Event, event.id).seats_taken == 1
