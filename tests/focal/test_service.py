"""Quotas, naming, entrusting and answering at a focal point's desk."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from eventsapp.access.identity import SYSTEM, ActorKind
from eventsapp.audit.models import AuditEntry
from eventsapp.core.db import db
from eventsapp.core.errors import Conflict, Invalid, NotFound
from eventsapp.events.models import Category, Event
from eventsapp.focal import queries, quotas, service
from eventsapp.focal.models import FocalPlace, FocalPoint, Quota
from eventsapp.focal.names import NewName
from eventsapp.focal.service import CompletingInput, FocalPointInput, LineRefused
from eventsapp.mail.models import Mail
from eventsapp.people.models import Person
from eventsapp.rsvps import service as rsvps
from eventsapp.rsvps.enums import Answer, Channel, GuestState, Origin, ProposalKind
from eventsapp.rsvps.models import Guest, ReplyRecord
from eventsapp.rsvps.service import GuestInput, ReplyInput, proposals, representing
from eventsapp.rsvps.service.representing import SubstituteInput
from tests.factories import focal
from tests.factories.events import make_category, make_public_event
from tests.factories.people import NOW, make_organisation
from tests.factories.rsvps import answer, make_guest, make_invited
from tests.factories.visits import make_delegation, make_member

pytestmark = pytest.mark.usefixtures("db_session", "clock")


@pytest.fixture
def event() -> Event:
    return make_public_event()


@pytest.fixture
def delegates(event: Event) -> Category:
    return make_category(event)


@pytest.fixture
def point(event: Event, delegates: Category) -> FocalPoint:
    return focal.make_focal_point(event, quotas={delegates: 2})


def quota(point: FocalPoint) -> Quota:
    db.session.expire_all()
    return queries.quotas(point)[0]


def test_naming_takes_places_and_puts_people_on_the_list(point: FocalPoint, delegates: Category) -> None:
    first, second = focal.name_there(point, delegates, "de VRIES, jan", "李示範")
    assert (first.person.display_name, first.state, first.origin) == (
        "de VRIES, jan",
        GuestState.ACCEPTED,
        Origin.NAMED,
    )
    assert second.category is delegates
    assert quotas.left(quota(point)) == 0
    assert {entry.guest.id for entry in queries.people(point)} == {first.id, second.id}


def test_names_without_an_answer_are_only_on_the_list(point: FocalPoint, delegates: Category) -> None:
    (guest,) = focal.name_there(point, delegates, "Ada Example", accept=False)
    assert guest.state is GuestState.DRAFT


def test_paste_beyond_the_quota_names_nobody_and_says_which_line(
    point: FocalPoint, delegates: Category
) -> None:
    focal.name_there(point, delegates, "Ada Example")
    db.session.commit()
    with pytest.raises(LineRefused) as refused:
        focal.name_there(point, delegates, "Bo Beispiel", "Cy Ejemplo", "Di Exemple")
    assert (refused.value.line, refused.value.who) == (2, "Cy Ejemplo")
    assert "1 are left" in str(refused.value)
    db.session.rollback()
    assert quota(point).named == 1
    assert db.session.scalars(select(Person.display_name)).all() == ["Ada Example"]


def test_line_that_cannot_be_stored_is_named_and_nobody_is(point: FocalPoint, delegates: Category) -> None:
    people = [NewName(4, "Ada Example"), NewName(7, "Bo Beispiel", email="not an address@")]
    db.session.commit()
    with pytest.raises(LineRefused) as refused:
        service.name_people(point, delegates, people, accept=True, actor=focal.desk_of(point), now=NOW)
    assert (refused.value.line, refused.value.who) == (7, "Bo Beispiel")
    db.session.rollback()
    assert quota(point).named == 0
    assert not db.session.scalars(select(Guest)).all()


def test_nobody_is_named_in_a_category_without_a_quota(event: Event, point: FocalPoint) -> None:
    other = make_category(event, "H", "Head")
    with pytest.raises(NotFound):
        focal.name_there(point, other, "Ada Example")


def test_title_is_held_in_the_points_own_organisation_unless_another_is_named(event: Event) -> None:
    category = make_category(event)
    body = make_organisation("City of Northport")
    point = focal.make_focal_point(event, quotas={category: 5}, organisation=body)
    people = [
        NewName(1, "Ada Example", "Minister"),
        NewName(2, "Bo Beispiel", "Adviser", "CITY of northport"),
        NewName(3, "Cy Ejemplo", "Editor", "Estavia Daily"),
        NewName(4, "Di Exemple"),
    ]
    guests = service.name_people(point, category, people, accept=False, actor=SYSTEM, now=NOW)
    held = [guest.affiliation for guest in guests]
    assert [(title.title, title.organisation) for title in held[:3] if title] == [
        ({"en": "Minister"}, body),
        ({"en": "Adviser"}, body),
        ({"en": "Editor, Estavia Daily"}, None),
    ]
    assert held[3] is None


def test_whoever_is_taken_off_gives_place_and_seat_back(
    event: Event, point: FocalPoint, delegates: Category
) -> None:
    (guest,) = focal.name_there(point, delegates, "Ada Example")
    service.remove(point, focal.place_of(guest), actor=focal.desk_of(point), now=NOW)
    assert quota(point).named == 0
    assert guest.state is GuestState.WITHDRAWN
    assert db.session.get_one(Event, event.id).seats_taken == 0
    assert queries.people(point) == []
    assert not db.session.scalars(select(Mail).where(Mail.template == "withdrawal")).all()


def test_place_returns_to_the_quota_it_was_taken_from_whatever_the_category_became(
    event: Event, point: FocalPoint, delegates: Category
) -> None:
    (guest,) = focal.name_there(point, delegates, "Ada Example")
    given = GuestInput(category=make_category(event, "H", "Head"))
    rsvps.change_guest(guest, given, actor=SYSTEM, now=NOW)
    service.remove(point, focal.place_of(guest), actor=focal.desk_of(point), now=NOW)
    assert quota(point).named == 0


def test_guest_of_the_hosts_own_list_cannot_be_taken_off(event: Event, point: FocalPoint) -> None:
    guest = make_invited(event)
    focal.entrust(point, guest)
    with pytest.raises(Conflict):
        service.remove(point, focal.place_of(guest), actor=focal.desk_of(point), now=NOW)
    assert quota(point).named == 0


def test_quota_cannot_fall_below_what_was_named(point: FocalPoint, delegates: Category) -> None:
    focal.name_there(point, delegates, "Ada Example", "Bo Beispiel")
    given = FocalPointInput(name=point.name, quotas={delegates: 1})
    with pytest.raises(Conflict) as refused:
        service.edit(point, given, actor=SYSTEM, now=NOW)
    assert refused.value.field == f"quota_{delegates.code}"
    with pytest.raises(Conflict):
        service.edit(point, FocalPointInput(name=point.name), actor=SYSTEM, now=NOW)
    service.edit(point, FocalPointInput(name=point.name, quotas={delegates: 3}), actor=SYSTEM, now=NOW)
    assert (quota(point).number, quota(point).named) == (3, 2)


def test_empty_quota_goes_when_it_is_left_out(point: FocalPoint) -> None:
    service.edit(point, FocalPointInput(name="Other name"), actor=SYSTEM, now=NOW)
    assert queries.quotas(point) == []


def test_delegation_or_category_of_another_event_is_refused(event: Event, point: FocalPoint) -> None:
    other = make_public_event("Another forum")
    with pytest.raises(Invalid):
        service.edit(
            point, FocalPointInput(name="x", delegation=make_delegation(other)), actor=SYSTEM, now=NOW
        )
    with pytest.raises(Invalid):
        service.edit(
            point, FocalPointInput(name="x", quotas={make_category(other): 1}), actor=SYSTEM, now=NOW
        )


def test_whole_delegation_is_entrusted_and_nobody_twice(event: Event, delegates: Category) -> None:
    delegation = make_delegation(event)
    point = focal.make_focal_point(event, delegation=delegation)
    guests = [make_guest(event, make_member(delegation, name).person) for name in ("Ada", "Bo")]
    make_member(delegation, "Not a guest")
    stranger = make_guest(event, "Stranger")
    focal.entrust(focal.make_focal_point(event, "Somebody else"), guests[1])
    assert service.entrust_delegation(point, actor=SYSTEM, now=NOW) == 1
    assert service.entrust_delegation(point, actor=SYSTEM, now=NOW) == 0
    assert [entry.guest.id for entry in queries.people(point)] == [guests[0].id]
    assert queries.answers_for(stranger) is None


def test_guest_of_another_event_is_never_entrusted(point: FocalPoint) -> None:
    foreign = make_guest(make_public_event("Another forum"), "Foreign guest")
    assert service.entrust(point, [foreign], actor=SYSTEM, now=NOW) == 0
    assert not db.session.scalars(select(FocalPlace)).all()


def test_released_guest_answers_alone_and_a_named_one_stays(
    event: Event, point: FocalPoint, delegates: Category
) -> None:
    guest = make_invited(event)
    focal.entrust(point, guest)
    service.release(point, guest, actor=SYSTEM, now=NOW)
    assert queries.answers_for(guest) is None
    (named,) = focal.name_there(point, delegates, "Bo Beispiel")
    with pytest.raises(Conflict):
        service.release(point, named, actor=SYSTEM, now=NOW)


def test_answer_is_recorded_as_on_behalf_by_the_focal_point(event: Event, point: FocalPoint) -> None:
    guest = make_invited(event)
    focal.entrust(point, guest)
    given = ReplyInput(Answer.ACCEPTED, diet="No nuts")
    service.answer(point, focal.place_of(guest), given, actor=focal.desk_of(point), now=NOW)
    assert guest.state is GuestState.ACCEPTED
    said = db.session.scalars(select(ReplyRecord).where(ReplyRecord.answer == "accepted")).one()
    assert (said.channel, said.actor_kind, said.actor_id, said.on_behalf) == (
        Channel.LINK,
        ActorKind.FOCAL_POINT,
        point.id,
        True,
    )
    deed = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "guest.replied")).one()
    assert (deed.actor_kind, deed.on_behalf_kind, deed.on_behalf_id) == (
        ActorKind.FOCAL_POINT,
        ActorKind.GUEST,
        guest.id,
    )
    assert point.last_used_at == NOW


def test_regrets_for_several_are_one_deed(event: Event, point: FocalPoint) -> None:
    guests = [make_invited(event, name) for name in ("Ada", "Bo", "Cy")]
    focal.entrust(point, *guests)
    places = [focal.place_of(guest) for guest in guests[:2]]
    service.answer_many(point, places, Answer.DECLINED, actor=focal.desk_of(point), now=NOW)
    assert [guest.state for guest in guests] == [
        GuestState.DECLINED,
        GuestState.DECLINED,
        GuestState.INVITED,
    ]
    with pytest.raises(Invalid):
        service.answer_many(point, [], Answer.DECLINED, actor=focal.desk_of(point), now=NOW)


def test_nobody_answers_for_a_guest_who_was_released_meanwhile(event: Event, point: FocalPoint) -> None:
    guest = make_invited(event)
    focal.entrust(point, guest)
    place = focal.place_of(guest)
    db.session.commit()
    service.release(point, guest, actor=SYSTEM, now=NOW)
    with pytest.raises(NotFound):
        service.answer(point, place, ReplyInput(Answer.ACCEPTED), actor=focal.desk_of(point), now=NOW)


def test_desk_that_was_closed_meanwhile_does_nothing(point: FocalPoint, delegates: Category) -> None:
    service.close(point, actor=SYSTEM, now=NOW)
    with pytest.raises(NotFound):
        focal.name_there(point, delegates, "Ada Example")


def test_details_complete_and_never_touch_what_is_left_open(event: Event, point: FocalPoint) -> None:
    guest = make_invited(event, email="ada@example.org")
    focal.entrust(point, guest)
    given = CompletingInput(title="Minister", badge_name="A. Example")
    service.complete(point, focal.place_of(guest), given, actor=focal.desk_of(point), now=NOW)
    assert (guest.email, guest.badge_name) == ("ada@example.org", "A. Example")
    assert guest.affiliation is not None
    assert guest.affiliation.title == {"en": "Minister"}
    service.complete(point, focal.place_of(guest), CompletingInput(badge_name="Ada"), actor=SYSTEM, now=NOW)
    assert (guest.badge_name, guest.affiliation.title) == ("Ada", {"en": "Minister"})


def test_desk_gives_an_address_only_where_none_is_known_but_its_own(
    event: Event, point: FocalPoint, delegates: Category
) -> None:
    unknown, known = make_invited(event, email=""), make_invited(event, "Bo", email="bo@example.org")
    focal.entrust(point, unknown, known)
    (named,) = focal.name_there(point, delegates, "Cy Named")

    def complete(guest: Guest, email: str) -> str:
        given = CompletingInput(email=email)
        service.complete(point, focal.place_of(guest), given, actor=focal.desk_of(point), now=NOW)
        return guest.email

    assert complete(unknown, "ada@example.org") == "ada@example.org"
    assert complete(named, "cy@example.org") == "cy@example.org"
    assert complete(named, "cy@office.example") == "cy@office.example"
    for address in ("mine@example.org", "bo@example.org"):
        with pytest.raises(Conflict):
            complete(known, address)
    assert known.email == "bo@example.org"


def test_desk_knows_again_only_what_it_told_itself(
    event: Event, point: FocalPoint, delegates: Category
) -> None:
    entrusted = make_invited(event)
    focal.entrust(point, entrusted)
    (named,) = focal.name_there(point, delegates, "Bo Beispiel")
    assert queries.told_by(focal.place_of(named))
    assert not queries.told_by(focal.place_of(entrusted))
    answer(named, Answer.ACCEPTED, diet="No nuts")  # the guest themselves, by their own link
    assert not queries.told_by(focal.place_of(named))


def test_link_is_mailed_and_its_sending_remembered(point: FocalPoint) -> None:
    service.send_link(point, actor=SYSTEM, now=NOW)
    service.send_link(point, actor=SYSTEM, now=NOW)
    mail = db.session.scalars(select(Mail)).one()
    assert (mail.template, mail.to_address, mail.language) == ("focal-point", point.email, "en")
    assert point.sent_at == NOW


def test_link_without_an_address_or_of_a_closed_desk_is_not_sent(event: Event, point: FocalPoint) -> None:
    with pytest.raises(Conflict):
        service.send_link(focal.make_focal_point(event, email=""), actor=SYSTEM, now=NOW)
    service.close(point, actor=SYSTEM, now=NOW)
    with pytest.raises(Conflict):
        service.send_link(point, actor=SYSTEM, now=NOW)


def test_substitute_is_the_focal_points_and_takes_the_place_of_the_quota(
    point: FocalPoint, delegates: Category
) -> None:
    (guest,) = focal.name_there(point, delegates, "Ada Example")
    wanted = SubstituteInput(name="Bo Beispiel")
    proposal = representing.propose(guest, wanted, channel=Channel.LINK, actor=focal.desk_of(point), now=NOW)
    proposals.agree(proposal, actor=SYSTEM, now=NOW)
    newcomer = representing.substitute_of(guest)
    assert newcomer is not None
    assert quota(point).named == 1
    places = {entry.guest.id: entry.place.named_here for entry in queries.people(point)}
    assert places == {guest.id: False, newcomer.id: True}
    representing.return_guest(guest, actor=SYSTEM, now=NOW)
    assert {entry.guest.id: entry.place.named_here for entry in queries.people(point)} == {guest.id: True}
    assert quota(point).named == 1


def test_late_answer_waits_for_the_organiser_and_late_regrets_do_not(
    event: Event, point: FocalPoint, delegates: Category
) -> None:
    event.reply_by_at = NOW + timedelta(days=3)
    guest, coming = make_invited(event), make_invited(event, "Bo Beispiel")
    focal.entrust(point, guest, coming)
    answer(coming, Answer.ACCEPTED)
    late = NOW + timedelta(days=4)
    accepted = ReplyInput(Answer.ACCEPTED)
    service.answer(point, focal.place_of(guest), accepted, actor=focal.desk_of(point), now=late)
    service.answer_many(
        point, [focal.place_of(coming)], Answer.DECLINED, actor=focal.desk_of(point), now=late
    )
    assert (guest.state, coming.state) == (GuestState.INVITED, GuestState.DECLINED)
    waiting = {entry.guest.id: entry.waiting for entry in queries.people(point)}
    assert waiting == {guest.id: {ProposalKind.LATE_ANSWER}, coming.id: frozenset()}
    (named,) = focal.name_there(point, delegates, "Cy Ejemplo", now=late)
    assert named.state is GuestState.DRAFT
