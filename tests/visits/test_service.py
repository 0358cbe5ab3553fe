"""The bodies of a visit, its delegations and their members."""

from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from eventsapp.access.identity import SYSTEM
from eventsapp.audit.models import AuditEntry
from eventsapp.core.db import db
from eventsapp.core.errors import Conflict, Invalid
from eventsapp.core.provenance import Source
from eventsapp.events import service as events
from eventsapp.visits import queries, service
from eventsapp.visits.enums import MemberFunction, VisitCategory
from eventsapp.visits.models import Delegation, Member
from eventsapp.visits.service import DelegationInput, MemberInput, VisitInput
from tests.factories.events import make_event
from tests.factories.people import make_affiliation, make_organisation, make_person
from tests.factories.visits import make_delegation, make_member, make_visit, make_visit_event

pytestmark = pytest.mark.usefixtures("db_session")


def test_four_bodies_stay_apart() -> None:
    event = make_visit_event()
    names = ("Ministry", "City", "Office", "Fund")
    inviting, host, owner, payer = (make_organisation(name) for name in names)
    make_visit(event, inviting=inviting, host=host, programme_owner=owner, payer=payer)
    db.session.expire_all()
    visit = queries.visit_of(event)
    assert visit is not None
    assert (visit.inviting, visit.host, visit.programme_owner, visit.payer) == (inviting, host, owner, payer)


def test_visit_set_anew_changes_the_same_row_and_keeps_its_source(now: datetime) -> None:
    event = make_visit_event()
    service.set_visit(event, VisitInput(), source=Source.SEED, actor=SYSTEM, now=now)
    visit = make_visit(event, category=VisitCategory.OFFICIAL, purpose={"en": "To sign"})
    assert (visit.category, visit.purpose, visit.source) == (
        VisitCategory.OFFICIAL,
        {"en": "To sign"},
        Source.SEED,
    )


def test_bodies_are_asked_of_visits_alone(now: datetime) -> None:
    with pytest.raises(Invalid):
        service.set_visit(make_event(), VisitInput(), actor=SYSTEM, now=now)


def test_delegations_come_to_summits_too_and_keep_their_order(now: datetime) -> None:
    summit = make_event()
    made = [make_delegation(summit, name) for name in ("A", "B", "C")]
    service.move_delegation(made[2], -2, actor=SYSTEM, now=now)
    assert queries.delegations_alone(summit) == [made[2], made[0], made[1]]


def test_members_stand_in_the_order_of_precedence(now: datetime) -> None:
    delegation = make_delegation(make_visit_event())
    made = [make_member(delegation, name) for name in ("Ada", "Bo", "Cy")]
    service.move_member(made[2], -1, actor=SYSTEM, now=now)
    db.session.expire_all()
    assert delegation.members == [made[0], made[2], made[1]]
    service.remove_member(made[0], actor=SYSTEM, now=now)
    assert [member.position for member in delegation.members] == [0, 1]


def test_new_head_takes_the_place_of_the_one_before(now: datetime) -> None:
    delegation = make_delegation(make_visit_event())
    first = make_member(delegation, "Ada", is_head=True)
    second = make_member(delegation, "Bo", is_head=True)
    assert (first.is_head, second.is_head) == (False, True)
    service.edit_member(first, MemberInput(person=first.person, is_head=True), actor=SYSTEM, now=now)
    assert (first.is_head, second.is_head) == (True, False)


def test_database_itself_keeps_one_head() -> None:
    delegation = make_delegation(make_visit_event())
    make_member(delegation, "Ada", is_head=True)
    other = make_member(delegation, "Bo")
    other.is_head = True
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.flush()


def test_two_delegations_have_a_head_each() -> None:
    event = make_visit_event()
    heads = [make_member(make_delegation(event, name), name, is_head=True) for name in ("A", "B")]
    assert all(member.is_head for member in heads)


def test_person_is_in_a_delegation_once(now: datetime) -> None:
    delegation = make_delegation(make_visit_event())
    member, other = make_member(delegation, "Ada"), make_member(delegation, "Bo")
    with pytest.raises(Conflict) as refused:
        service.add_member(delegation, MemberInput(person=member.person), actor=SYSTEM, now=now)
    assert refused.value.field == "person"
    with pytest.raises(Conflict):
        service.edit_member(other, MemberInput(person=member.person), actor=SYSTEM, now=now)


def test_member_stands_under_the_title_chosen_and_no_one_elses(now: datetime) -> None:
    delegation = make_delegation(make_visit_event())
    person = make_person("Ada")
    make_affiliation(person, "Counsellor")
    applies = make_affiliation(person, "Deputy Mayor")
    member = make_member(delegation, person, affiliation=applies, function=MemberFunction.PRINCIPAL)
    assert member.affiliation is applies
    with pytest.raises(Invalid) as refused:
        service.add_member(
            delegation, MemberInput(person=make_person("Bo"), affiliation=applies), actor=SYSTEM, now=now
        )
    assert refused.value.field == "affiliation"


def test_deleted_delegation_takes_its_list_along_and_leaves_the_people(now: datetime) -> None:
    delegation = make_delegation(make_visit_event())
    member = make_member(delegation)
    person = member.person
    service.delete_delegation(delegation, actor=SYSTEM, now=now)
    assert db.session.scalars(select(Delegation)).all() == []
    assert db.session.scalars(select(Member)).all() == []
    assert person.display_name == "Ada Example"


def test_delegation_without_a_name_is_refused(now: datetime) -> None:
    with pytest.raises(Invalid) as refused:
        service.create_delegation(make_event(), DelegationInput(names={}), actor=SYSTEM, now=now)
    assert refused.value.field == "names"


def test_cancelled_visit_stays_as_it_is(now: datetime) -> None:
    event = make_visit_event()
    delegation = make_delegation(event)
    member = make_member(delegation)
    events.cancel_event(event, {}, actor=SYSTEM, now=now)
    with pytest.raises(Conflict):
        make_visit(event)
    with pytest.raises(Conflict):
        make_delegation(event)
    with pytest.raises(Conflict):
        service.remove_member(member, actor=SYSTEM, now=now)


def test_deeds_are_recorded_without_names() -> None:
    event = make_visit_event()
    member = make_member(make_delegation(event), "Ada Example")
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.chain == event.id)).all()
    actions = [entry.action for entry in entries]
    assert {"delegation.created", "member.added"} <= set(actions)
    assert entries[-1].detail == {"person": member.person_id}
