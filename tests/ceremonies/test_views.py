"""Pages about ceremonies, the register and follow-ups: who may, what is refused, what is shown."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import event as sql_events
from sqlalchemy import select

from eventsapp.access.identity import SYSTEM
from eventsapp.access.permissions import Role
from eventsapp.ceremonies import queries, service
from eventsapp.ceremonies.enums import CommitmentStatus, InstrumentStatus
from eventsapp.ceremonies.models import Commitment, Instrument, Party, Signatory
from eventsapp.core.db import db, transaction
from eventsapp.core.provenance import Source
from eventsapp.events import service as events
from eventsapp.events.enums import Visibility
from tests.factories.ceremonies import (
    make_area,
    make_commitment,
    make_instrument,
    make_party,
    make_ready_instrument,
    make_signatory,
    make_signing,
    make_step,
    make_witness,
)
from tests.factories.people import NOW, make_affiliation, make_organisation, make_person
from tests.support.clients import Client

Staff = Callable[..., Client]


def queries_of(client: Client, path: str) -> int:
    """How many statements a page takes, the second time it is asked for."""
    client.get(path)
    counted: list[str] = []

    def count(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        counted.append(statement)

    sql_events.listen(db.engine, "before_cursor_execute", count)
    try:
        assert client.get(path).status_code == 200
    finally:
        sql_events.remove(db.engine, "before_cursor_execute", count)
    return len(counted)


def test_ceremony_page_shows_parties_signatories_and_steps_by_the_clock(staff: Staff) -> None:
    event = make_signing()
    make_ready_instrument(event)
    make_step(event, "Principals enter", 0)
    make_step(event, "Room check", -60)
    page = staff().get(f"/organise/events/{event.slug}/ceremony/").text
    assert "City of Northport" in page
    assert "Ada Example" in page
    rows = page[page.index('<section id="proceedings"') :]
    assert rows.index(">08:00<") < rows.index("Room check") < rows.index("Principals enter")
    assert page.index("Room check") < page.index("Principals enter")


def test_printed_order_names_its_zone(staff: Staff) -> None:
    event = make_signing()
    make_step(event, "Principals enter", 0)
    page = staff().get(f"/organise/events/{event.slug}/ceremony/proceedings/print").text
    assert "Taipei (UTC+8)" in page
    assert "main-nav" not in page


def test_what_is_not_stated_is_said_so(staff: Staff) -> None:
    instrument = make_instrument()
    make_signatory(make_party(instrument, "City of Northport"), authority=None)
    page = staff().get(f"/organise/instruments/{instrument.code}").text
    assert page.count("not stated") >= 5
    assert "By what authority is not stated." in page


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.PROTOCOL, Role.REGISTRAR, Role.VIEWER, Role.DOOR])
def test_instrument_is_seen_by_roles_of_its_event_and_edited_by_some(role: Role, staff: Staff) -> None:
    event = make_signing()
    instrument = make_instrument(event)
    client = staff(role=role, event=event)
    assert client.get(f"/organise/instruments/{instrument.code}").status_code == 200
    may_edit = role in (Role.ORGANISER, Role.PROTOCOL)
    for path in ("edit", "status", "parties/new", "witnesses/new", "areas/new"):
        answer = client.get(f"/organise/instruments/{instrument.code}/{path}")
        assert answer.status_code == (200 if may_edit else 403), path


def test_instrument_of_another_event_does_not_exist_for_a_colleague(staff: Staff) -> None:
    own, other = make_signing("Ours"), make_signing("Theirs")
    instrument = make_ready_instrument(other)
    party = instrument.parties[0]
    area = make_area(instrument)
    commitment = make_commitment(instrument=instrument)
    step = make_step(other)
    client = staff(role=Role.ORGANISER, event=own)
    base = f"/organise/instruments/{instrument.code}"
    person = party.signatories[0].person.code
    reads = [
        base,
        f"{base}/edit",
        f"{base}/status",
        f"{base}/areas/{area.code}",
        f"{base}/parties/{party.organisation.code}",
        f"{base}/parties/{party.organisation.code}/signatories/{person}",
        f"/organise/commitments/{commitment.code}",
        f"/organise/commitments/new?instrument={instrument.code}",
        f"/organise/commitments/new?event={other.slug}",
        f"/organise/instruments/new?event={other.slug}",
        f"/organise/events/{other.slug}/ceremony/",
        f"/organise/events/{own.slug}/ceremony/proceedings/{step.code}",
    ]
    assert {path: client.get(path).status_code for path in reads} == dict.fromkeys(reads, 404)
    writes = [
        f"{base}/delete",
        f"{base}/parties/{party.organisation.code}/remove",
        f"/organise/commitments/{commitment.code}/delete",
        f"/organise/events/{own.slug}/ceremony/proceedings/{step.code}/delete",
    ]
    assert {path: client.post(path).status_code for path in writes} == dict.fromkeys(writes, 404)
    assert len(instrument.parties) == 2


def test_area_of_another_instrument_is_not_found_under_this_one(staff: Staff) -> None:
    area, instrument = make_area(make_instrument()), make_instrument()
    assert staff().get(f"/organise/instruments/{instrument.code}/areas/{area.code}").status_code == 404


def test_nobody_without_sign_in_sees_an_instrument(client: Client, db_session: Any) -> None:
    instrument = make_instrument()
    assert client.get(f"/organise/instruments/{instrument.code}").status_code == 302
    assert client.get("/organise/instruments/").status_code == 302
    assert client.post(f"/organise/instruments/{instrument.code}/delete").status_code == 401


def test_instrument_of_no_event_belongs_to_the_register(staff: Staff) -> None:
    event, instrument = make_signing(), make_instrument()
    viewer = staff(role=Role.VIEWER, event=event)
    assert viewer.get(f"/organise/instruments/{instrument.code}").status_code == 404
    assert viewer.get("/organise/instruments/").status_code == 403
    protocol = staff(role=Role.PROTOCOL, event=event)
    assert protocol.get(f"/organise/instruments/{instrument.code}/edit").status_code == 200


def test_register_lists_own_events_and_none_but_no_others(staff: Staff) -> None:
    own = make_signing("Ours")
    make_instrument(own, "Ours to see")
    make_instrument(None, "Of the register")
    make_instrument(make_signing("Theirs"), "Not ours")
    page = staff(role=Role.ORGANISER, event=own).get("/organise/instruments/").text
    assert "Ours to see" in page
    assert "Of the register" in page
    assert "Not ours" not in page


def test_register_filters_by_partner_and_status(staff: Staff) -> None:
    kyiv = make_organisation("Kyiv")
    signed = make_instrument(title="With Kyiv")
    make_party(signed, kyiv)
    make_instrument(title="With nobody")
    service.change_status(signed, InstrumentStatus.SIGNED, on_record=True, actor=SYSTEM, now=NOW)
    client = staff()
    for query in (f"partner={kyiv.code}", "status=signed"):
        page = client.get(f"/organise/instruments/?{query}").text
        assert ("With Kyiv" in page, "With nobody" in page) == (True, False)


def test_register_pages_lead_through_all_of_it_once(db_session: Any) -> None:
    for number in range(5):
        instrument = make_instrument(title=f"Paper {number}")
        if number % 2:
            service.change_status(
                instrument,
                InstrumentStatus.SIGNED,
                signed_on=date(2020, 1, number),
                on_record=True,
                actor=SYSTEM,
                now=NOW,
            )
    found: list[str] = []
    after = None
    while True:
        page = queries.register([], queries.Wanted(), after, size=2)
        found += [row.title["en"] for row in page.items]
        after = page.next_cursor
        if after is None:
            break
    assert found == ["Paper 4", "Paper 2", "Paper 0", "Paper 3", "Paper 1"]


def test_new_instrument_is_entered_in_its_event(staff: Staff) -> None:
    event = make_signing()
    answer = staff().post(
        f"/organise/instruments/new?event={event.slug}",
        data={
            "title-en": "Memorandum",
            "title-uk": "Меморандум",
            "kind": "memorandum-of-understanding",
            "event": event.slug,
            "languages": "uk, zh_hant",
            "originals": "2",
            "is_public": "y",
        },
    )
    assert answer.status_code == 303
    instrument = db.session.scalars(select(Instrument)).one()
    assert (instrument.event_id, instrument.languages, instrument.originals) == (
        event.id,
        ["uk", "zh-Hant"],
        2,
    )


def test_refused_instrument_comes_back_as_it_was_typed(staff: Staff) -> None:
    make_signing()
    answer = staff().post(
        "/organise/instruments/new",
        data={
            "title-uk": "Меморандум",
            "kind": "annex",
            "event": "",
            "languages": "not a !! tag",
            "originals": "0",
        },
    )
    assert answer.status_code == 422
    assert "Меморандум" in answer.text
    assert "not a !! tag" in answer.text
    assert not db.session.scalars(select(Instrument)).all()


def test_instrument_cannot_be_moved_into_an_event_of_others(staff: Staff) -> None:
    own, other = make_signing("Ours"), make_signing("Theirs")
    instrument = make_instrument(own)
    answer = staff(role=Role.ORGANISER, event=own).post(
        f"/organise/instruments/{instrument.code}/edit",
        data={"title-en": "Moved", "kind": "annex", "event": other.slug},
    )
    assert answer.status_code == 422
    assert instrument.event_id == own.id


def test_signing_is_refused_with_the_reason_and_accepted_on_record(staff: Staff) -> None:
    instrument = make_instrument()
    make_signatory(make_party(instrument, "City of Northport"), authority=None)
    make_signatory(make_party(instrument, "City of Estavia"), "Bo Beispiel")
    client, path = staff(), f"/organise/instruments/{instrument.code}/status"
    given = {"status": "signed", "signed_on": "2026-05-01"}
    answer = client.post(path, data=given)
    assert answer.status_code == 422
    assert "By what authority somebody signs is not stated." in answer.text
    assert 'value="2026-05-01"' in answer.text
    assert client.post(path, data={**given, "on_record": "y"}).status_code == 303
    assert instrument.status is InstrumentStatus.SIGNED


def test_party_signatory_witness_and_area_are_added_changed_moved_and_removed(staff: Staff) -> None:
    instrument, city, other = make_instrument(), make_organisation("Kyiv"), make_organisation("Taipei")
    person = make_person("Ganna Example")
    make_affiliation(person, "Head of unit")
    title = make_affiliation(person, "Deputy Mayor")
    client, base = staff(), f"/organise/instruments/{instrument.code}"
    for organisation in (city, other):
        given = {"organisation": organisation.code, "style-en": f"The {organisation.names['en']}"}
        assert client.post(f"{base}/parties/new", data=given).status_code == 303
    assert client.post(f"{base}/parties/{other.code}/move", data={"to": "earlier"}).status_code == 303
    assert [party.organisation for party in instrument.parties] == [other, city]
    answer = client.post(f"{base}/parties/{city.code}/signatories/new", data={"person": "ganna"})
    assert answer.headers["Location"].endswith(f"/parties/{city.code}/signatories/{person.code}")
    given = {"affiliation": title.code, "authority": "council-resolution", "verified": "y"}
    assert client.post(answer.headers["Location"], data=given).status_code == 303
    signatory = db.session.scalars(select(Signatory)).one()
    assert signatory.affiliation is title
    assert signatory.authority_verified_at is not None
    answer = client.post(f"{base}/witnesses/new", data={"person": "Ganna Example"})
    assert answer.status_code == 303
    assert client.post(answer.headers["Location"], data={"party": city.code}).status_code == 303
    assert [witness.party and witness.party.organisation for witness in instrument.witnesses] == [city]
    for text in ("Energy", "Culture"):
        assert client.post(f"{base}/areas/new", data={"text-en": text}).status_code == 303
    culture = instrument.areas[1]
    client.post(f"{base}/areas/{culture.code}/move", data={"to": "earlier"})
    client.post(f"{base}/areas/{culture.code}", data={"text-en": "Arts"})
    assert [area.text["en"] for area in instrument.areas] == ["Arts", "Energy"]
    client.post(f"{base}/areas/{culture.code}/remove")
    client.post(f"{base}/witnesses/{person.code}/remove")
    client.post(f"{base}/parties/{city.code}/remove")
    assert (len(instrument.areas), len(instrument.witnesses), len(instrument.parties)) == (1, 0, 1)


@pytest.mark.parametrize(
    ("path", "given", "sentence"),
    [
        ("parties/new", {"organisation": "NONE", "style-en": "x"}, "Not a valid choice"),
        ("witnesses/new", {"person": "Nobody at all"}, "Nobody of this name is recorded."),
        ("areas/new", {"text-en": " "}, "Please fill this in"),
        ("status", {"status": "terminated"}, "Not a valid choice"),
    ],
)
def test_refused_form_comes_back_with_one_sentence(
    path: str, given: dict[str, str], sentence: str, staff: Staff
) -> None:
    make_organisation("Kyiv")
    answer = staff().post(f"/organise/instruments/{make_instrument().code}/{path}", data=given)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_steps_are_added_moved_and_removed(staff: Staff) -> None:
    event = make_signing()
    client, base = staff(), f"/organise/events/{event.slug}/ceremony/proceedings"
    assert client.post(f"{base}/usual").status_code == 303
    given = {"text-en": "Toast", "offset_minutes": "33", "duration_minutes": "2"}
    assert client.post(f"{base}/new", data=given).status_code == 303
    wrong = client.post(f"{base}/new", data={**given, "offset_minutes": "99999"})
    assert wrong.status_code == 422
    assert 'value="99999"' in wrong.text
    page = client.get(f"/organise/events/{event.slug}/ceremony/").text
    assert ">09:33<" in page
    assert ">09:35<" in page
    assert client.post(f"{base}/usual").status_code == 303
    assert (
        "has an order of proceedings already" in client.get(f"/organise/events/{event.slug}/ceremony/").text
    )


def test_follow_ups_answer_what_was_promised_to_whom_in_which_area(staff: Staff) -> None:
    kyiv = make_organisation("Kyiv")
    instrument = make_instrument()
    make_party(instrument, kyiv)
    energy = service.add_area(instrument, {"en": "Energy", "uk": "Енергетика"}, actor=SYSTEM, now=NOW)
    make_commitment("Thermal survey", instrument=instrument, area=energy)
    make_commitment("Reading room", instrument=instrument, area=make_area(instrument, "Culture"))
    make_commitment("Something else")
    client = staff()
    for area in ("energy", "енергетика"):
        page = client.get(f"/organise/commitments/?partner={kyiv.code}&area={area}").text
        assert "Thermal survey" in page
        assert "Reading room" not in page
        assert "Something else" not in page


def test_promise_past_its_day_is_late_whether_or_not_somebody_said_so(staff: Staff, clock: Any) -> None:
    make_commitment("Past its day", due_on=date(2026, 5, 1))
    make_commitment("Still time", due_on=date(2026, 6, 1))
    make_commitment("Kept", due_on=date(2026, 5, 1), status=CommitmentStatus.DONE)
    page = staff().get("/organise/commitments/?status=late").text
    assert ("Past its day" in page, "Still time" in page, "Kept" in page) == (True, False, False)


def test_commitments_of_others_are_not_listed(staff: Staff) -> None:
    own, other = make_signing("Ours"), make_signing("Theirs")
    make_commitment("Ours to see", event=own)
    make_commitment("Not ours", event=other)
    make_commitment("Hidden in an instrument", instrument=make_instrument(other), event=own)
    page = staff(role=Role.PROTOCOL, event=own).get("/organise/commitments/").text
    assert ("Ours to see" in page, "Not ours" in page, "Hidden in an instrument" in page) == (
        True,
        False,
        False,
    )


def test_commitment_is_entered_with_its_money_and_settled(staff: Staff) -> None:
    instrument, warsaw = make_instrument(), make_organisation("Warsaw")
    client = staff()
    given = {
        "text-en": "Aid",
        "giver": "",
        "recipient": warsaw.code,
        "amount": "300000.50",
        "currency": "eur",
        "made_on": "2022-04",
        "status": "open",
    }
    path = f"/organise/commitments/new?instrument={instrument.code}"
    assert client.post(path, data=given).status_code == 303
    commitment = db.session.scalars(select(Commitment)).one()
    assert (commitment.amount_minor, commitment.currency, commitment.instrument) == (
        30_000_050,
        "EUR",
        instrument,
    )
    page = client.get(f"/organise/instruments/{instrument.code}").text
    assert "€300,000.50" in page
    assert "April 2022" in page
    path = f"/organise/commitments/{commitment.code}"
    assert client.post(path, data={**given, "status": "done", "evidence": "Letter 7"}).status_code == 303
    assert commitment.status is CommitmentStatus.DONE
    assert client.post(f"{path}/delete").status_code == 303
    assert not db.session.scalars(select(Commitment)).all()


@pytest.mark.parametrize("amount", ["NaN", "sNaN", "-1", "1e999", "1e999999", "many", "Infinity"])
def test_amount_that_is_none_is_refused(amount: str, staff: Staff) -> None:
    given = {"text-en": "Aid", "amount": amount, "currency": "EUR", "status": "open"}
    answer = staff().post("/organise/commitments/new", data=given)
    assert answer.status_code == 422
    assert not db.session.scalars(select(Commitment)).all()


def test_pages_take_as_many_queries_for_three_as_for_one(staff: Staff) -> None:
    event = make_signing()
    client = staff()
    paths = [f"/organise/events/{event.slug}/ceremony/", "/organise/instruments/", "/organise/commitments/"]

    def one_more(number: int) -> Instrument:
        instrument = make_ready_instrument(event, title=f"Paper {number}")
        person = make_person(f"Witness {number}")
        make_affiliation(person, "Counsellor", make_organisation(f"Council {number}"))
        make_witness(instrument, person, affiliation=person.affiliations[0])
        make_commitment(
            instrument=instrument,
            area=make_area(instrument),
            giver=make_organisation(f"Giver {number}"),
            recipient=make_organisation(f"Recipient {number}"),
        )
        make_commitment(event=event)
        make_step(event, f"Step {number}", number)
        return instrument

    first = one_more(0)
    shown = f"/organise/instruments/{first.code}"
    before = {path: queries_of(client, path) for path in paths}
    alone = queries_of(client, shown)
    for number in (1, 2):
        one_more(number)
        make_area(first, f"Area {number}")
        make_signatory(first.parties[0], f"Signer {number}")
        make_party(first, f"Party {number}")
        make_witness(first, f"Further {number}")
        make_commitment(instrument=first, giver=make_organisation(f"Body {number}"))
    assert {path: queries_of(client, path) for path in paths} == before
    assert queries_of(client, shown) == alone


def test_public_page_shows_the_instrument_by_its_styles_and_says_what_is_not_stated(
    client: Client, db_session: Any
) -> None:
    event = make_signing(published=True, visibility=Visibility.PUBLIC)
    instrument = make_instrument(event, source=Source.SEED)
    party = make_party(instrument, "Kyiv City Council", "Kyiv")
    person = make_person("Volodymyr Example")
    make_affiliation(person, "Secretary")
    make_signatory(
        party, person, affiliation=make_affiliation(person, "Deputy Mayor"), authority_reference="Secret file"
    )
    make_area(instrument, "Energy efficiency")
    make_commitment("A public promise", instrument=instrument, is_public=True, source=Source.SEED)
    make_commitment("A promise between us", instrument=instrument)
    make_instrument(event, "Confidential annex", is_public=False)
    page = client.get(f"/events/{event.slug}").text
    for shown in ("Memorandum on harbours", "Kyiv", "Volodymyr Example", "Deputy Mayor", "Energy efficiency"):
        assert shown in page
    assert "A public promise" in page
    assert "not stated" in page
    for hidden in (
        "Kyiv City Council",
        "Secretary",
        "A promise between us",
        "Confidential annex",
        "Secret file",
    ):
        assert hidden not in page


def test_promise_of_a_hidden_instrument_stays_hidden(client: Client, db_session: Any) -> None:
    event = make_signing(published=True, visibility=Visibility.PUBLIC)
    make_commitment("Hidden", instrument=make_instrument(event, is_public=False), is_public=True)
    assert "Hidden" not in client.get(f"/events/{event.slug}").text


def test_public_page_is_made_anew_when_a_style_changes(client: Client, db_session: Any) -> None:
    event = make_signing(published=True, visibility=Visibility.PUBLIC)
    instrument = make_instrument(event)
    make_party(instrument, "Kyiv", "First style")
    db.session.commit()
    assert "First style" in client.get(f"/events/{event.slug}").text
    with transaction():
        party = db.session.scalars(select(Party)).one()
        given = service.PartyInput(organisation=party.organisation, style={"en": "Second style"})
        service.edit_party(party, given, actor=SYSTEM, now=NOW)
    assert "Second style" in client.get(f"/events/{event.slug}").text


def test_names_and_texts_never_become_markup(staff: Staff) -> None:
    event = make_signing(published=True, visibility=Visibility.PUBLIC)
    evil = "<b onmouseover=x>Evil</b>"
    instrument = make_instrument(event, evil)
    make_signatory(make_party(instrument, "Kyiv", evil), evil, capacity={"en": evil})
    make_area(instrument, evil)
    make_commitment(evil, instrument=instrument, is_public=True, evidence=evil)
    make_step(event, evil)
    client = staff()
    for path in (
        f"/organise/instruments/{instrument.code}",
        f"/organise/events/{event.slug}/ceremony/",
        f"/organise/events/{event.slug}/ceremony/proceedings/print",
        "/organise/commitments/",
        f"/events/{event.slug}",
    ):
        page = client.get(path).text
        assert not re.search(r"<b onmouseover", page), path
        assert "&lt;b onmouseover" in page, path


def test_closed_event_keeps_its_order_but_its_instrument_goes_on(staff: Staff, clock: Any) -> None:
    event = make_signing(published=True)
    instrument = make_ready_instrument(event)
    step = make_step(event)
    clock.forward(days=60)
    events.close_event(event, actor=SYSTEM, now=clock.forward(days=1))
    client = staff()
    path = f"/organise/events/{event.slug}/ceremony/proceedings/{step.code}"
    given = {"text-en": "x", "offset_minutes": "0", "duration_minutes": "0"}
    assert client.post(path, data=given).status_code == 422
    answer = client.post(
        f"/organise/instruments/{instrument.code}/status",
        data={"status": "signed", "signed_on": "2026-06-02"},
    )
    assert answer.status_code == 303
