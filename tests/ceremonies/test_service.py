"""What can be done with instruments, and what is refused."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import func, select

from eventsapp.access.identity import SYSTEM
from eventsapp.audit.models import AuditEntry
from eventsapp.ceremonies import life, service
from eventsapp.ceremonies.enums import AuthorityBasis, InstrumentKind, InstrumentStatus
from eventsapp.ceremonies.models import Area, Commitment, Instrument, Party, Signatory, Witness
from eventsapp.ceremonies.readiness import Lack, points
from eventsapp.ceremonies.service import InstrumentInput, PartyInput, SignatoryInput, WitnessInput
from eventsapp.core.db import db
from eventsapp.core.errors import Conflict, Invalid
from tests.factories.ceremonies import (
    make_area,
    make_commitment,
    make_instrument,
    make_party,
    make_ready_instrument,
    make_signatory,
    make_signing,
    make_witness,
)
from tests.factories.people import make_affiliation, make_organisation, make_person

pytestmark = pytest.mark.usefixtures("db_session")

SIGNED = InstrumentStatus.SIGNED
MEMORANDUM = InstrumentInput(
    kind=InstrumentKind.MEMORANDUM_OF_UNDERSTANDING, title={"en": "Memorandum on harbours"}
)


def count(table: type[Any]) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_instrument_keeps_what_is_not_stated_apart_from_nothing() -> None:
    instrument = make_instrument()
    assert (instrument.languages, instrument.originals, instrument.signed_on) == (None, None, None)
    assert instrument.status is InstrumentStatus.IDEA


def test_instrument_is_recorded_in_the_chain_of_its_event() -> None:
    event = make_signing()
    instrument = make_instrument(event)
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "instrument.created")).one()
    assert (entry.chain, entry.subject_id) == (event.id, instrument.id)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": {}}, "title"),
        ({"title": {"en": "x" * 301}}, "title"),
        ({"originals": 0}, "originals"),
        ({"originals": 201}, "originals"),
        ({"languages": ["not a tag"]}, "languages"),
        ({"signed_on": date(2026, 5, 1)}, "signed_on"),
    ],
)
def test_instrument_that_cannot_be_right_is_refused_at_its_field(
    wrong: dict[str, Any], field: str, now: datetime
) -> None:
    with pytest.raises(Invalid) as refused:
        service.create_instrument(replace(MEMORANDUM, **wrong), actor=SYSTEM, now=now)
    assert refused.value.field == field


def test_instrument_moves_between_events_and_loses_nothing(now: datetime) -> None:
    instrument = make_ready_instrument(make_signing())
    service.edit_instrument(instrument, replace(MEMORANDUM, number="12/2026"), actor=SYSTEM, now=now)
    assert (instrument.event_id, instrument.number, len(instrument.parties)) == (None, "12/2026", 2)


def test_signing_stores_the_day(now: datetime) -> None:
    instrument = make_ready_instrument()
    service.change_status(instrument, SIGNED, signed_on=date(2026, 5, 12), actor=SYSTEM, now=now)
    assert (instrument.status, instrument.signed_on) == (SIGNED, date(2026, 5, 12))


def test_signing_without_two_parties_is_refused(now: datetime) -> None:
    instrument = make_instrument()
    make_signatory(make_party(instrument, "City of Northport"))
    with pytest.raises(Conflict, match="two parties"):
        service.change_status(instrument, SIGNED, signed_on=date(2026, 5, 12), actor=SYSTEM, now=now)


def test_signing_without_a_signatory_for_each_party_is_refused(now: datetime) -> None:
    instrument = make_ready_instrument()
    make_party(instrument, "City of Harbourton")
    with pytest.raises(Conflict, match="no signatory"):
        service.change_status(instrument, SIGNED, signed_on=date(2026, 5, 12), actor=SYSTEM, now=now)


def test_signing_while_an_authority_is_unknown_is_refused_unless_on_record(now: datetime) -> None:
    instrument = make_ready_instrument()
    make_signatory(instrument.parties[0], "Cy Example", authority=None)
    with pytest.raises(Conflict, match="authority") as refused:
        service.change_status(instrument, SIGNED, signed_on=date(2026, 5, 12), actor=SYSTEM, now=now)
    assert refused.value.field == "status"
    service.change_status(instrument, SIGNED, on_record=True, actor=SYSTEM, now=now)
    assert (instrument.status, instrument.signed_on) == (SIGNED, None)
    entry = db.session.scalars(
        select(AuditEntry).where(AuditEntry.action == "instrument.status-changed")
    ).one()
    assert entry.detail["missing"] == 1


@pytest.mark.parametrize("day", [None, date(2026, 5, 14)])
def test_signing_wants_a_day_that_has_come(day: date | None, now: datetime) -> None:
    with pytest.raises(Invalid) as refused:
        service.change_status(make_ready_instrument(), SIGNED, signed_on=day, actor=SYSTEM, now=now)
    assert refused.value.field == "signed_on"


def test_signing_tomorrow_is_allowed_since_it_may_be_tomorrow_there(now: datetime) -> None:
    instrument = make_ready_instrument()
    service.change_status(instrument, SIGNED, signed_on=date(2026, 5, 13), actor=SYSTEM, now=now)
    assert instrument.signed_on == date(2026, 5, 13)


def test_status_passes_only_along_the_life_of_an_instrument(now: datetime) -> None:
    instrument = make_ready_instrument()
    with pytest.raises(Conflict):
        service.change_status(instrument, InstrumentStatus.IN_EFFECT, actor=SYSTEM, now=now)
    for status in (InstrumentStatus.CLEARED, InstrumentStatus.NEGOTIATING, InstrumentStatus.PRINTED):
        service.change_status(instrument, status, actor=SYSTEM, now=now)
    service.change_status(instrument, SIGNED, signed_on=date(2026, 5, 12), actor=SYSTEM, now=now)
    with pytest.raises(Conflict):
        service.change_status(instrument, InstrumentStatus.NEGOTIATING, actor=SYSTEM, now=now)
    service.change_status(instrument, InstrumentStatus.TERMINATED, actor=SYSTEM, now=now)
    assert instrument.signed_on == date(2026, 5, 12)
    assert not life.following(instrument.status)


def test_signing_recorded_by_mistake_goes_back_to_the_printed_text(now: datetime) -> None:
    instrument = make_ready_instrument()
    service.change_status(instrument, SIGNED, signed_on=date(2026, 5, 12), actor=SYSTEM, now=now)
    service.change_status(instrument, InstrumentStatus.PRINTED, actor=SYSTEM, now=now)
    assert instrument.signed_on is None


def test_every_status_can_be_reached_and_none_leads_to_itself() -> None:
    reached = {status for following in life.NEXT.values() for status in following}
    assert set(life.NEXT) == set(InstrumentStatus) == reached
    assert not [status for status, following in life.NEXT.items() if status in following]


def test_signed_instrument_stays_in_the_register(now: datetime) -> None:
    instrument = make_ready_instrument()
    service.change_status(instrument, SIGNED, on_record=True, actor=SYSTEM, now=now)
    with pytest.raises(Conflict):
        service.delete_instrument(instrument, actor=SYSTEM, now=now)


def test_deleted_instrument_takes_along_all_that_belongs_to_it(now: datetime) -> None:
    instrument = make_ready_instrument()
    make_witness(instrument, party=instrument.parties[0])
    make_commitment(instrument=instrument, area=make_area(instrument))
    kept = make_commitment("Another one")
    service.delete_instrument(instrument, actor=SYSTEM, now=now)
    left = [count(table) for table in (Instrument, Party, Signatory, Witness, Area)]
    assert left == [0, 0, 0, 0, 0]
    assert db.session.scalars(select(Commitment)).all() == [kept]


def test_parties_set_anew_keep_their_signatories_and_take_the_order_given(now: datetime) -> None:
    instrument = make_ready_instrument()
    northport, estavia = (party.organisation for party in instrument.parties)
    new = make_organisation("City of Harbourton")
    given = [
        PartyInput(organisation=organisation, style={"en": f"Style {number}"})
        for number, organisation in enumerate((estavia, new, northport))
    ]
    service.set_parties(instrument, given, actor=SYSTEM, now=now)
    db.session.expire_all()
    assert [party.style["en"] for party in instrument.parties] == ["Style 0", "Style 1", "Style 2"]
    assert [len(party.signatories) for party in instrument.parties] == [1, 0, 1]
    assert count(Party) == 3


def test_party_left_out_goes_with_its_signatories(now: datetime) -> None:
    instrument = make_ready_instrument()
    first = instrument.parties[0]
    make_witness(instrument, party=instrument.parties[1])
    service.set_parties(
        instrument, [PartyInput(organisation=first.organisation, style={"en": "A"})], actor=SYSTEM, now=now
    )
    assert (count(Party), count(Signatory)) == (1, 1)


def test_organisation_is_a_party_once(now: datetime) -> None:
    instrument = make_ready_instrument()
    given = PartyInput(organisation=instrument.parties[0].organisation, style={"en": "Again"})
    with pytest.raises(Conflict):
        service.add_party(instrument, given, actor=SYSTEM, now=now)
    with pytest.raises(Conflict):
        service.edit_party(instrument.parties[1], given, actor=SYSTEM, now=now)
    with pytest.raises(Conflict):
        service.set_parties(instrument, [given, given], actor=SYSTEM, now=now)


def test_party_without_a_style_is_refused_since_none_is_made_from_its_name(now: datetime) -> None:
    with pytest.raises(Invalid) as refused:
        service.add_party(
            make_instrument(),
            PartyInput(organisation=make_organisation(), style={"en": " "}),
            actor=SYSTEM,
            now=now,
        )
    assert refused.value.field == "style"


def test_parties_move_and_the_rest_close_up(now: datetime) -> None:
    instrument = make_ready_instrument()
    third = make_party(instrument, "City of Harbourton")
    service.move_party(third, -2, actor=SYSTEM, now=now)
    service.move_party(third, -1, actor=SYSTEM, now=now)
    db.session.expire_all()
    assert [party.style["en"] for party in instrument.parties] == [
        "City of Harbourton",
        "City of Northport",
        "City of Estavia",
    ]
    service.remove_party(instrument.parties[1], actor=SYSTEM, now=now)
    assert [party.position for party in instrument.parties] == [0, 1]


def test_removed_party_leaves_its_witnesses(now: datetime) -> None:
    instrument = make_ready_instrument()
    witness = make_witness(instrument, party=instrument.parties[1])
    service.remove_party(instrument.parties[1], actor=SYSTEM, now=now)
    db.session.expire_all()
    assert [row.party for row in instrument.witnesses] == [None]
    assert instrument.witnesses == [witness]


def test_signatory_signs_once_for_a_party(now: datetime) -> None:
    party = make_ready_instrument().parties[0]
    given = SignatoryInput(person=party.signatories[0].person)
    with pytest.raises(Conflict) as refused:
        service.add_signatory(party, given, actor=SYSTEM, now=now)
    assert refused.value.field == "person"


def test_title_of_somebody_else_is_refused(now: datetime) -> None:
    instrument = make_ready_instrument()
    other = make_affiliation(make_person("Somebody Else"))
    person = make_person("Dee Example")
    with pytest.raises(Invalid):
        service.add_signatory(
            instrument.parties[0], SignatoryInput(person=person, affiliation=other), actor=SYSTEM, now=now
        )
    with pytest.raises(Invalid):
        service.add_witness(instrument, WitnessInput(person=person, affiliation=other), actor=SYSTEM, now=now)


def test_verified_authority_keeps_its_instant_until_it_changes(now: datetime) -> None:
    party = make_party(make_instrument(), "City of Northport")
    signatory = make_signatory(party, verified=True)
    first = signatory.authority_verified_at
    given = SignatoryInput(person=signatory.person, authority=AuthorityBasis.EX_OFFICIO, verified=True)
    service.edit_signatory(signatory, given, actor=SYSTEM, now=now)
    assert first is not None
    assert signatory.authority_verified_at == first
    changed = replace(given, authority=AuthorityBasis.FULL_POWERS)
    service.edit_signatory(signatory, changed, actor=SYSTEM, now=now)
    assert signatory.authority_verified_at == now
    service.edit_signatory(signatory, replace(changed, verified=False), actor=SYSTEM, now=now)
    assert signatory.authority_verified_at is None


def test_authority_cannot_be_verified_before_it_is_stated(now: datetime) -> None:
    party = make_party(make_instrument(), "City of Northport")
    with pytest.raises(Invalid) as refused:
        service.add_signatory(
            party, SignatoryInput(person=make_person(), verified=True), actor=SYSTEM, now=now
        )
    assert refused.value.field == "authority"


def test_signatories_and_witnesses_move_and_go(now: datetime) -> None:
    instrument = make_ready_instrument()
    party = instrument.parties[0]
    second = make_signatory(party, "Zoe Example")
    service.move_signatory(second, -1, actor=SYSTEM, now=now)
    assert [row.person.display_name for row in party.signatories] == ["Zoe Example", "Ada Example"]
    service.remove_signatory(second, actor=SYSTEM, now=now)
    assert [(row.person.display_name, row.position) for row in party.signatories] == [("Ada Example", 0)]
    first, last = make_witness(instrument, "First Witness"), make_witness(instrument, "Last Witness")
    service.move_witness(instrument, first, 1, actor=SYSTEM, now=now)
    assert instrument.witnesses == [last, first]
    service.remove_witness(instrument, last, actor=SYSTEM, now=now)
    assert instrument.witnesses == [first]


def test_witness_for_a_party_of_another_instrument_is_refused(now: datetime) -> None:
    foreign = make_party(make_instrument(), "City of Northport")
    with pytest.raises(Invalid) as refused:
        service.add_witness(
            make_instrument(), WitnessInput(person=make_person(), party=foreign), actor=SYSTEM, now=now
        )
    assert refused.value.field == "party"


def test_areas_keep_the_instruments_own_order(now: datetime) -> None:
    instrument = make_instrument()
    texts = [{"en": "Energy"}, {"en": "Education", "uk": "Освіта"}, {"en": "Culture"}]
    areas = service.add_areas(instrument, texts, actor=SYSTEM, now=now)
    service.move_area(instrument, areas[2], -1, actor=SYSTEM, now=now)
    service.edit_area(instrument, areas[0], {"en": "Energy efficiency"}, actor=SYSTEM, now=now)
    db.session.expire_all()
    assert [area.text["en"] for area in instrument.areas] == ["Energy efficiency", "Culture", "Education"]


def test_removed_area_leaves_its_commitments_with_the_instrument(now: datetime) -> None:
    instrument = make_instrument()
    area = make_area(instrument)
    commitment = make_commitment(instrument=instrument, area=area)
    service.remove_area(instrument, area, actor=SYSTEM, now=now)
    db.session.expire_all()
    assert (commitment.instrument, commitment.area) == (instrument, None)


def test_readiness_names_hindrances_first() -> None:
    instrument = make_instrument(originals=1)
    party = make_party(instrument, "City of Northport")
    make_party(instrument, "City of Estavia")
    make_signatory(party, authority=None)
    found = [point.lack for point in points(instrument)]
    assert set(found[:2]) == {Lack.AUTHORITY, Lack.SIGNATORY}
    assert set(found[2:]) == {Lack.STYLE_APPROVAL, Lack.LANGUAGES, Lack.ONE_EACH}


def test_readiness_of_what_is_in_order_names_nothing(now: datetime) -> None:
    instrument = make_instrument(originals=2, languages=["en", "uk"])
    for name, person in (("City of Northport", "Ada Example"), ("City of Estavia", "Bo Beispiel")):
        party = make_party(instrument, name)
        make_signatory(party, person, verified=True)
        service.edit_party(
            party,
            PartyInput(organisation=party.organisation, style=party.style, style_approval="Letter 4"),
            actor=SYSTEM,
            now=now,
        )
    assert points(instrument) == []
