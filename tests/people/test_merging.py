"""Two records become one: everything that referred to the other follows, or nothing happens."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select

from eventsapp.access.identity import SYSTEM
from eventsapp.audit import service as audit
from eventsapp.audit.models import AuditEntry
from eventsapp.ceremonies import service as ceremonies
from eventsapp.core.db import Base, db
from eventsapp.core.errors import Conflict, Invalid
from eventsapp.people import duplicates, merging, queries
from eventsapp.people.enums import NameKind
from eventsapp.people.models import Affiliation, DistinctPair, Person
from eventsapp.people.service import NameInput
from eventsapp.programme.models import Participation, group_people
from eventsapp.rsvps import service
from eventsapp.rsvps.enums import GuestState
from eventsapp.rsvps.models import Guest
from eventsapp.visits import service as visits
from eventsapp.visits.models import Delegation, Member
from tests.factories.ceremonies import make_instrument, make_party
from tests.factories.events import make_category, make_event, make_public_event
from tests.factories.people import NOW, make_affiliation, make_organisation, make_person
from tests.factories.programme import make_group, make_item
from tests.factories.rsvps import make_accepted, make_guest

# Every column that refers to a person, and who looks after it. A new one belongs into a follower first.
FOLLOWED = {
    "person_name.person_id",
    "affiliation.person_id",
    "distinct_pair.first_id",
    "distinct_pair.second_id",
    "participation.person_id",
    "group_person.person_id",
    "signatory.person_id",
    "witness.person_id",
    "delegation.liaison_id",
    "member.person_id",
    "guest.person_id",
}


def merge(kept: Person, gone: Person, **given: Any) -> Person:
    return merging.merge(kept, gone, actor=SYSTEM, now=NOW, **given)


def refers(person_id: int) -> list[str]:
    """The columns in which somebody still stands."""
    return [
        f"{table.name}.{key.parent.name}"
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name == "person"
        if db.session.execute(select(table).where(key.parent == person_id)).first()
    ]


def test_every_reference_to_people_is_followed() -> None:
    known = {
        f"{table.name}.{key.parent.name}"
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name == "person"
    }
    assert known == FOLLOWED


@pytest.fixture
def two(db_session: Any) -> tuple[Person, Person]:
    kept = make_person("Ganna Bilokin", NameInput("Ганна Білокінь", NameKind.NATIVE, "uk"), languages=["uk"])
    gone = make_person(
        "Hanna Bilokin", NameInput("Ганна Білокінь", NameKind.NATIVE, "uk"), languages=["en", "uk"]
    )
    return kept, gone


def test_names_and_titles_become_one_list(two: tuple[Person, Person]) -> None:
    kept, gone = two
    city = make_organisation()
    make_affiliation(kept, "Head of unit", city)
    make_affiliation(gone, "head of unit", city)
    make_affiliation(gone, "Poet")
    code, gone_id = gone.code, gone.id
    merged = merge(kept, gone)
    assert [(name.full, name.kind) for name in merged.names] == [
        ("Ganna Bilokin", NameKind.PREFERRED),
        ("Ганна Білокінь", NameKind.NATIVE),
        ("Hanna Bilokin", NameKind.VARIANT),
    ]
    assert [held.title["en"] for held in merged.affiliations] == ["Head of unit", "Poet"]
    assert merged.languages == ["uk", "en"]
    assert "hanna bilokin" in merged.search_text
    assert queries.person_by_code(code) is None
    assert refers(gone_id) == []


def test_what_somebody_struck_out_does_not_stay(two: tuple[Person, Person]) -> None:
    kept, gone = two
    make_affiliation(kept, "Poet")
    mayor = make_affiliation(gone, "Mayor")
    mayor_code = mayor.code
    stay = [name.id for name in gone.names if name.kind is NameKind.PREFERRED]
    merged = merge(kept, gone, names=stay, titles=[mayor_code])
    assert merged.display_name == "Hanna Bilokin"
    assert merged.names[0].kind is NameKind.PREFERRED
    assert [held.code for held in merged.affiliations] == [mayor_code]
    assert db.session.scalars(select(Affiliation.code)).all() == [mayor_code]


def test_nobody_is_left_without_a_name(two: tuple[Person, Person]) -> None:
    with pytest.raises(Invalid):
        merge(*two, names=[])
    with pytest.raises(Invalid):
        merge(two[0], two[0])


def test_everything_that_referred_to_the_other_follows(two: tuple[Person, Person]) -> None:
    kept, gone = two
    kept_id, gone_id = kept.id, gone.id
    event, other = make_event("First", published=True), make_event("Second", published=True)
    make_category(event)
    make_category(other)
    title = make_affiliation(gone, "Mayor")
    twin = make_affiliation(kept, "Mayor")
    guest = make_accepted(event, gone, affiliation=title)
    make_guest(other, kept)
    item, shared = make_item(event, "Opening", gone), make_item(event, "Dinner", kept, gone)
    make_group(event, "A", gone)
    make_group(event, "B", kept, gone)
    first, second = (
        visits.create_delegation(
            event, visits.DelegationInput(names={"en": name}, liaison=gone), actor=SYSTEM, now=NOW
        )
        for name in ("One", "Two")
    )
    visits.add_member(first, visits.MemberInput(person=gone, is_head=True), actor=SYSTEM, now=NOW)
    visits.add_member(second, visits.MemberInput(person=kept), actor=SYSTEM, now=NOW)
    visits.add_member(second, visits.MemberInput(person=gone, is_head=True), actor=SYSTEM, now=NOW)
    instrument = make_instrument()
    party = make_party(instrument, "City of Northport")
    ceremonies.add_signatory(party, ceremonies.SignatoryInput(person=gone), actor=SYSTEM, now=NOW)
    ceremonies.add_witness(instrument, ceremonies.WitnessInput(person=gone), actor=SYSTEM, now=NOW)
    duplicates.are_two(gone, make_person("Somebody"), actor=SYSTEM, now=NOW)
    merge(kept, gone)
    assert refers(gone_id) == []
    db.session.refresh(guest)
    assert (guest.person_id, guest.affiliation_id) == (kept_id, twin.id)
    parts = db.session.scalars(select(Participation)).all()
    assert sorted(part.item_id for part in parts) == sorted([item.id, shared.id])
    assert len(db.session.execute(select(group_people)).all()) == 2
    assert {delegation.liaison_id for delegation in db.session.scalars(select(Delegation))} == {kept_id}
    assert [(member.person_id, member.is_head) for member in db.session.scalars(select(Member))] == [
        (kept_id, True),
        (kept_id, True),
    ]
    assert len(db.session.scalars(select(DistinctPair)).all()) == 1
    assert audit.verify().broken == {}
    assert "person.merged" in db.session.scalars(select(AuditEntry.action)).all()


def test_guest_lists_keep_the_order_of_names(two: tuple[Person, Person]) -> None:
    kept, gone = two
    event = make_event()
    make_category(event)
    guest = make_guest(event, gone)
    merge(kept, gone)
    db.session.refresh(guest)
    assert guest.sort_key == kept.sort_key == "ganna bilokin"


def test_a_mere_draft_gives_way_to_the_guest(two: tuple[Person, Person]) -> None:
    kept, gone = two
    event = make_event(published=True)
    make_category(event)
    make_guest(event, kept, email="draft@x.example")
    real = make_accepted(event, gone, email="")
    merge(kept, gone)
    (guest,) = db.session.scalars(select(Guest))
    assert (guest.id, guest.person_id, guest.email) == (real.id, kept.id, "draft@x.example")


def test_two_guests_of_one_event_are_not_merged(two: tuple[Person, Person]) -> None:
    kept, gone = two
    event = make_public_event("Harbour")
    make_category(event)
    mine, theirs = make_accepted(event, kept).id, make_accepted(event, gone).id
    db.session.commit()
    with pytest.raises(Conflict) as refusal:
        merge(kept, gone)
    db.session.rollback()
    assert str(refusal.value) == "Both are guests of “Harbour”. Please withdraw Hanna Bilokin there first."
    assert len(db.session.scalars(select(Person)).all()) == 2
    service.withdraw(db.session.get_one(Guest, theirs), notify=False, actor=SYSTEM, now=NOW)
    merge(db.session.get_one(Person, kept.id), db.session.get_one(Person, gone.id))
    (left,) = db.session.scalars(select(Guest))
    assert (left.id, left.state) == (mine, GuestState.ACCEPTED)


def test_event_that_is_not_announced_is_not_named_to_who_merges(two: tuple[Person, Person]) -> None:
    event = make_event("Secret visit", published=True)
    make_category(event)
    for person in two:
        make_accepted(event, person)
    with pytest.raises(Conflict) as refusal:
        merge(*two)
    assert str(refusal.value).startswith("Both are guests of one event.")
    assert "Secret" not in str(refusal.value)


def test_two_signatories_of_one_party_are_not_merged(two: tuple[Person, Person]) -> None:
    party = make_party(make_instrument(), "City of Northport")
    for person in two:
        ceremonies.add_signatory(party, ceremonies.SignatoryInput(person=person), actor=SYSTEM, now=NOW)
    with pytest.raises(Conflict):
        merge(*two)


def test_a_merge_is_one_deed_of_the_record(two: tuple[Person, Person], now: datetime) -> None:
    kept, gone = two
    gone_id = gone.id
    merge(kept, gone)
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "person.merged")).one()
    assert (entry.subject_id, entry.detail) == (kept.id, {"merged": gone_id})
