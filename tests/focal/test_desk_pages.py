"""The desk that a focal point's link opens: what it shows, what it takes, and nothing of anybody else's."""

import csv
import io
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from eventsapp.access.identity import SYSTEM
from eventsapp.core.db import db
from eventsapp.core.tokens import Purpose
from eventsapp.events import service as events
from eventsapp.events.models import Category, Event
from eventsapp.focal import links, queries, service
from eventsapp.focal.models import FocalPoint
from eventsapp.mail.models import Mail
from eventsapp.mail.sending import send_due
from eventsapp.rsvps import links as guest_links
from eventsapp.rsvps.enums import Answer, GuestState
from eventsapp.rsvps.models import Guest, Proposal
from eventsapp.rsvps.service import companions, proposals
from tests.factories import focal
from tests.factories.events import make_category, make_event, make_public_event
from tests.factories.people import NOW
from tests.factories.programme import make_item
from tests.factories.questions import make_question
from tests.factories.rsvps import answer, make_invited
from tests.support.clients import Client
from tests.support.clocks import Clock
from tests.support.databases import Database
from tests.support.statements import statements_for

pytestmark = pytest.mark.usefixtures("db_session", "clock")


@dataclass
class Desk:
    """A focal point with an entrusted and a named guest, and everything of which it must know nothing."""

    event: Event
    category: Category
    point: FocalPoint
    path: str
    entrusted: Guest
    named: Guest
    others: list[Guest]

    def of(self, guest: Guest, page: str = "") -> str:
        return f"{self.path}/people/{guest.code}{page}"


@pytest.fixture
def desk(database: Database) -> Desk:
    event = make_public_event()
    category = make_category(event)
    point = focal.make_focal_point(event, quotas={category: 3})
    entrusted = make_invited(event, "Ada Entrusted", email="ada@secret.example")
    focal.entrust(point, entrusted)
    (named,) = focal.name_there(point, category, "Bo Named", accept=False)
    second = focal.make_focal_point(event, "Second embassy", quotas={category: 9})
    (theirs,) = focal.name_there(second, category, "Cy Elsewhere")
    alone = make_invited(event, "Di Alone", email="di@secret.example")
    other_event = make_public_event("Another forum")
    third = focal.make_focal_point(other_event, "Third embassy", quotas={make_category(other_event): 9})
    foreign = make_invited(other_event, "Ed Foreign")
    focal.entrust(third, foreign)
    path = links.path(database.settings, point)
    db.session.commit()
    return Desk(event, category, point, path, entrusted, named, [theirs, alone, foreign])


def fresh(guest: Guest) -> Guest:
    db.session.rollback()
    return db.session.get_one(Guest, guest.id)


def test_desk_shows_its_people_their_state_and_what_is_left(client: Client, desk: Desk) -> None:
    page = client.get(desk.path)
    assert page.status_code == 200
    assert "Ada Entrusted" in page.text
    assert "Bo Named" in page.text
    assert "1 of 3 named, 2 left" in page.text
    assert (page.headers["X-Robots-Tag"], page.headers["Cache-Control"]) == ("noindex, nofollow", "no-store")


def test_no_page_of_the_desk_tells_anything_of_other_guests(client: Client, desk: Desk) -> None:
    pages = ["", "/people.csv", "/name", "/paste"]
    read = [client.get(desk.path + page).text for page in pages]
    read += [
        client.get(desk.of(guest, page)).text
        for guest in (desk.entrusted, desk.named)
        for page in ("", "/details")
    ]
    read.append(
        client.post(f"{desk.path}/paste", data={**paste_of(desk), "text": "Cy Elsewhere\nDi Alone"}).text
    )
    assert "On your list already" not in read[-1]
    for text in read[:-1]:
        for hidden in ("Elsewhere", "Alone", "Foreign", "Second embassy", "Third embassy", "Another forum"):
            assert hidden not in text


@pytest.mark.parametrize("page", ["", "/details"])
def test_page_of_somebody_elses_guest_is_not_there(client: Client, desk: Desk, page: str) -> None:
    for guest in desk.others:
        assert client.get(desk.of(guest, page)).status_code == 404
        assert (
            client.post(desk.of(guest, page), data={"answer": "declined", "badge_name": "x"}).status_code
            == 404
        )
        assert client.post(desk.of(guest, "/remove")).status_code == 404


def test_ticking_somebody_elses_guest_answers_for_nobody(client: Client, desk: Desk) -> None:
    before = [guest.state for guest in desk.others]
    for guest in desk.others:
        data = {"guest": [desk.entrusted.code, guest.code], "answer": "declined"}
        assert client.post(f"{desk.path}/answers", data=data).status_code == 404
    assert fresh(desk.entrusted).state is GuestState.INVITED
    assert [fresh(guest).state for guest in desk.others] == before


def test_category_of_another_event_or_without_quota_is_no_choice(client: Client, desk: Desk) -> None:
    foreign = db.session.get_one(Guest, desk.others[2].id).category.code
    data = {**paste_of(desk), "category": foreign, "text": "Somebody New", "named": "1", "line": "1"}
    assert client.post(f"{desk.path}/paste", data=data).status_code == 422
    assert len(queries.people(desk.point)) == 2


def test_link_of_another_purpose_renewed_closed_or_altered_opens_nothing(
    client: Client, desk: Desk, database: Database
) -> None:
    invitation = guest_links.token(database.settings, desk.entrusted, Purpose.INVITATION)
    answers = [
        client.get(f"/f/{invitation}"),
        client.get(desk.path[:-1] + ("a" if desk.path[-1] != "a" else "b")),
        client.get("/f/nobody.knows"),
    ]
    token = desk.path.removeprefix("/f/")
    answers += [client.get(f"/i/{token}"), client.get(f"/my/{token}")]
    service.renew_link(desk.point, actor=SYSTEM, now=NOW)
    answers.append(client.get(desk.path))
    renewed = links.path(database.settings, desk.point)
    assert client.get(renewed).status_code == 200
    service.close(desk.point, actor=SYSTEM, now=NOW)
    answers.append(client.get(renewed))
    assert {found.status_code for found in answers} == {404}
    assert len({found.text.replace("/?lang", "") for found in answers}) <= len(answers)


def test_desk_of_a_draft_event_does_not_exist(client: Client, database: Database) -> None:
    point = focal.make_focal_point(make_event())
    assert client.get(links.path(database.settings, point)).status_code == 404


def test_desk_speaks_the_focal_points_language(client: Client, desk: Desk) -> None:
    desk.point.language = "uk"
    page = client.get(desk.path).text
    assert '<html lang="uk"' in page


def test_answer_for_one_with_items_and_details(client: Client, desk: Desk) -> None:
    item = make_item(desk.event, "Dinner", wants_answer=True)
    data = {"answer": "accepted", "badge_name": "ADA", "diet": "No nuts", f"item_{item.code}": "declined"}
    assert client.post(desk.of(desk.entrusted), data=data).status_code == 303
    guest = fresh(desk.entrusted)
    assert (guest.state, guest.badge_name) == (GuestState.ACCEPTED, "ADA")
    assert guest.details is not None
    assert guest.details.diet == "No nuts"
    assert [said.state.value for said in guest.item_replies] == ["declined"]
    assert desk.point.last_used_at is not None


def test_refused_answer_comes_back_filled_in(client: Client, desk: Desk) -> None:
    page = client.post(desk.of(desk.entrusted), data={"badge_name": "ADA", "diet": "No nuts"})
    assert page.status_code == 422
    assert "No nuts" in page.text


def test_what_a_guest_told_in_confidence_is_not_shown_and_not_lost(client: Client, desk: Desk) -> None:
    answer(desk.entrusted, Answer.ACCEPTED, diet="Secret diet", access_needs="Secret need")
    pages = [
        client.get(desk.path),
        client.get(desk.of(desk.entrusted)),
        client.get(desk.of(desk.entrusted, "/details")),
    ]
    for page in pages:
        assert "Secret" not in page.text
        assert "ada@secret.example" not in page.text
    client.post(desk.of(desk.entrusted), data={"answer": "tentative", "badge_name": "Ada", "diet": ""})
    client.post(desk.of(desk.entrusted, "/details"), data={"badge_name": "Ada", "email": ""})
    data = {"badge_name": "Ada", "email": "mine@embassy.example"}  # it would bring the own page's link
    assert client.post(desk.of(desk.entrusted, "/details"), data=data).status_code == 422
    guest = fresh(desk.entrusted)
    assert guest.details is not None
    assert (guest.details.diet, guest.email) == ("Secret diet", "ada@secret.example")


def test_desk_is_shown_again_what_it_told_itself_until_the_guest_speaks(client: Client, desk: Desk) -> None:
    client.post(desk.of(desk.named), data={"answer": "accepted", "badge_name": "Bo", "diet": "No nuts"})
    assert "No nuts" in client.get(desk.of(desk.named)).text
    answer(fresh(desk.named), Answer.ACCEPTED, diet="No fish")
    page = client.get(desk.of(desk.named)).text
    assert "No fish" not in page
    assert "No nuts" not in page


def test_regrets_for_several_at_once(client: Client, desk: Desk) -> None:
    data = {"guest": [desk.entrusted.code, desk.named.code], "answer": "declined"}
    assert client.post(f"{desk.path}/answers", data=data).status_code == 303
    assert {fresh(guest).state for guest in (desk.entrusted, desk.named)} == {GuestState.DECLINED}
    assert client.post(f"{desk.path}/answers", data={"answer": "declined"}).status_code == 303
    assert client.post(f"{desk.path}/answers", data={"answer": "nonsense"}).status_code == 422


def paste_of(desk: Desk) -> dict[str, str]:
    return {"category": desk.category.code, "accept": "y"}


def test_paste_is_looked_at_first_and_names_nobody(client: Client, desk: Desk) -> None:
    text = "Name\tTitle\nnamed, BO\nde VRIES, jan\tMinister\tNorthport\tjan@north.example\nJan de Vries"
    page = client.post(f"{desk.path}/paste", data={**paste_of(desk), "text": text})
    assert page.status_code == 200
    assert "de VRIES, jan" in page.text
    assert "On your list already" in page.text
    assert "As in line 3" in page.text
    assert 'value="3" checked' in page.text
    assert 'value="2" checked' not in page.text
    assert len(queries.people(desk.point)) == 2


def test_named_are_those_who_were_ticked(client: Client, desk: Desk) -> None:
    data = {**paste_of(desk), "text": "Fay Eins\nGil Zwei\tMinister", "named": "1", "line": ["2"]}
    assert client.post(f"{desk.path}/paste", data=data).status_code == 303
    db.session.rollback()
    names = {entry.guest.person.display_name: entry.guest.state for entry in queries.people(desk.point)}
    assert names["Gil Zwei"] is GuestState.ACCEPTED
    assert "Fay Eins" not in names


def test_paste_beyond_the_quota_comes_back_with_the_line_and_names_nobody(client: Client, desk: Desk) -> None:
    data = {**paste_of(desk), "text": "Fay Eins\nGil Zwei\nHal Drei", "named": "1", "line": ["1", "2", "3"]}
    page = client.post(f"{desk.path}/paste", data=data)
    assert page.status_code == 422
    assert "Line 3 (Hal Drei)" in page.text
    assert "2 are left" in page.text
    assert 'value="3" checked' in page.text
    assert len(queries.people(desk.point)) == 2


def test_one_person_is_named_by_the_form_and_taken_off_again(client: Client, desk: Desk) -> None:
    data = {**paste_of(desk), "name": "Ivo Einzig", "title": "Minister", "email": "wrong"}
    refused = client.post(f"{desk.path}/name", data=data)
    assert refused.status_code == 422
    assert "This is not a mail address." in refused.text
    assert client.post(f"{desk.path}/name", data={**data, "email": ""}).status_code == 303
    db.session.rollback()
    guest = db.session.scalars(select(Guest).where(Guest.sort_key == "ivo einzig")).one()
    assert client.post(desk.of(guest, "/remove")).status_code == 303
    assert fresh(guest).state is GuestState.WITHDRAWN
    assert client.get(desk.of(guest)).status_code == 404
    assert queries.quotas(desk.point)[0].named == 1


def test_names_are_markup_nowhere(client: Client, desk: Desk) -> None:
    name = '<b>"Ivo" & Co'
    data = {**paste_of(desk), "text": name + " <i>", "line": "1"}
    assert "<i>" not in client.post(f"{desk.path}/paste", data=data).text
    client.post(f"{desk.path}/name", data={**paste_of(desk), "name": name})
    page = client.get(desk.path).text
    assert "&lt;b&gt;" in page
    assert "<b>" not in page


@pytest.mark.parametrize(
    "broken", ["\x00", "\ud800", "\u202e", "x" * 100_001, "A" * 201, '"' * 3, "\t" * 500]
)
def test_broken_paste_is_refused_and_never_fails(client: Client, desk: Desk, broken: str) -> None:
    data = {**paste_of(desk), "text": f"{broken}Ivo", "named": "1", "line": "1"}
    sent = {
        key: value.encode("utf-8", "surrogatepass") if isinstance(value, str) else value
        for key, value in data.items()
    }
    body = "&".join(f"{key}={quoted(value)}" for key, value in sent.items())
    answered = client.post(f"{desk.path}/paste", data=body, content_type="application/x-www-form-urlencoded")
    assert answered.status_code in (200, 303, 422, 400, 413)


def quoted(value: bytes) -> str:
    return "".join(f"%{byte:02x}" for byte in value)


def test_list_as_csv_has_what_the_desk_shows_and_no_formula(client: Client, desk: Desk) -> None:
    focal.name_there(desk.point, desk.category, "=HYPERLINK(1)")
    answered = client.get(f"{desk.path}/people.csv")
    assert answered.headers["Cache-Control"] == "no-store"
    lines = list(csv.reader(io.StringIO(answered.text.removeprefix("\ufeff"))))
    assert lines[0] == ["Name", "Name on the badge", "Title held", "Category", "Answer"]
    assert ["'=HYPERLINK(1)", "'=HYPERLINK(1)", "", "Delegate", "Accepted"] in lines
    assert "secret.example" not in answered.text


def test_over_or_cancelled_event_is_read_and_nothing_taken(client: Client, desk: Desk) -> None:
    events.cancel_event(desk.event, {"en": "Storm"}, actor=SYSTEM, now=NOW)
    page = client.get(desk.path)
    assert "This event will not take place." in page.text
    assert "checkbox" not in page.text
    data = {"guest": desk.entrusted.code, "answer": "accepted"}
    assert client.post(f"{desk.path}/answers", data=data).status_code == 303
    assert fresh(desk.entrusted).state is GuestState.INVITED


def test_pages_cost_the_same_for_one_person_and_for_many(app: Flask, client: Client, desk: Desk) -> None:
    client.get(desk.path)
    pages = ["", "/people.csv"]
    before = [statements_for(app, client, desk.path + page) for page in pages]
    focal.name_there(desk.point, desk.category, "Fay Eins", "Gil Zwei")
    assert [statements_for(app, client, desk.path + page) for page in pages] == before


def test_mail_brings_the_link_in_the_focal_points_language(
    desk: Desk, database: Database, now: datetime
) -> None:
    service.send_link(desk.point, actor=SYSTEM, now=now)
    address = links.address(database.settings, desk.point)
    db.session.commit()
    send_due()
    mail = db.session.scalars(select(Mail).where(Mail.template == "focal-point")).one()
    assert address in mail.text
    assert "Delegate: you may name 3" in mail.text


def test_desk_asks_for_a_substitute_and_takes_it_back(client: Client, desk: Desk) -> None:
    path = desk.of(desk.entrusted, "/substitute")
    assert path in client.get(desk.of(desk.entrusted)).text
    assert client.post(path, data={"name": ""}).status_code == 422
    assert client.post(path, data={"name": "de VRIES, jan", "title": "Deputy"}).status_code == 303
    assert "The host decides: Substitute" in client.get(desk.path).text
    assert "de VRIES, jan" in client.get(desk.of(desk.entrusted)).text
    client.post(f"{path}/take-back")
    assert "The host decides" not in client.get(desk.path).text


def test_desk_reads_why_the_host_refused(client: Client, desk: Desk) -> None:
    client.post(desk.of(desk.entrusted, "/substitute"), data={"name": "de VRIES, jan"})
    db.session.rollback()
    proposal = db.session.scalars(select(Proposal)).one()
    proposals.refuse(proposal, public_reason="By name only.", private_reason="Hush.", actor=SYSTEM, now=NOW)
    page = client.get(desk.of(desk.entrusted)).text
    assert "By name only." in page
    assert "Hush." not in page


def test_substitute_is_on_the_desk_once_the_host_agreed(client: Client, desk: Desk) -> None:
    client.post(desk.of(desk.entrusted, "/substitute"), data={"name": "de VRIES, jan"})
    db.session.rollback()
    proposals.agree(db.session.scalars(select(Proposal)).one(), actor=SYSTEM, now=NOW)
    page = client.get(desk.path).text
    assert "In the place of Ada Entrusted" in page
    assert "de VRIES, jan" in page
    assert client.get(desk.of(desk.entrusted, "/substitute")).status_code == 404


def test_nobody_is_put_in_the_place_of_somebody_elses_guest(client: Client, desk: Desk) -> None:
    for guest in desk.others:
        path = desk.of(guest, "/substitute")
        assert client.get(path).status_code == 404
        assert client.post(path, data={"name": "de VRIES, jan"}).status_code == 404
        assert client.post(f"{path}/take-back").status_code == 404
    assert not db.session.scalars(select(Proposal)).all()


def test_late_answer_says_that_the_host_decides(client: Client, desk: Desk, clock: Clock) -> None:
    desk.event.reply_by_at = clock.now + timedelta(days=1)
    clock.forward(days=2)
    assert "The time for answers has ended." in client.get(desk.path).text
    data = {"answer": "accepted", "badge_name": "Ada"}
    answered = client.post(desk.of(desk.entrusted), data=data, follow_redirects=True)
    assert "The host decides: Late answer" in answered.text
    assert fresh(desk.entrusted).state is GuestState.INVITED


def test_questions_are_asked_at_the_desk_and_shown_again_to_who_answered(client: Client, desk: Desk) -> None:
    question = make_question(desk.event, "text", "When do you arrive?", required=True)
    data = {"answer": "accepted", "badge_name": "Bo"}
    refused = client.post(desk.of(desk.named), data=data)
    assert refused.status_code == 422
    assert "When do you arrive?" in refused.text
    for guest in (desk.named, desk.entrusted):
        answered = client.post(desk.of(guest), data={**data, f"q_{question.code}": "On Tuesday"})
        assert answered.status_code == 303
    assert "On Tuesday" in client.get(desk.of(desk.named)).text
    assert "On Tuesday" not in client.get(desk.of(desk.entrusted)).text


def test_same_paste_twice_names_everybody_once_and_gets_the_same_answer(client: Client, desk: Desk) -> None:
    data = {**paste_of(desk), "text": "Fay Eins\nGil Zwei", "named": "1", "line": ["1", "2"]}
    answers = [client.post(f"{desk.path}/paste", data=data) for _ in range(2)]
    assert [(answered.status_code, answered.location) for answered in answers] == [(303, desk.path)] * 2
    assert len(queries.people(desk.point)) == 4


def test_another_person_of_the_same_name_is_named_when_that_is_said(client: Client, desk: Desk) -> None:
    data = {**paste_of(desk), "name": "Bo Named"}
    refused = client.post(f"{desk.path}/name", data=data)
    assert refused.status_code == 422
    assert "is on your list already" in refused.text
    assert client.post(f"{desk.path}/name", data={**data, "again": "y"}).status_code == 303
    text = {**paste_of(desk), "text": "Bo Named"}
    assert 'name="again" value="1"' in client.post(f"{desk.path}/paste", data=text).text
    sent = {**text, "named": "1", "line": "1", "again": "1"}
    assert client.post(f"{desk.path}/paste", data=sent).status_code == 303
    assert len(queries.people(desk.point)) == 4


BROKEN = ["\x00", "\ud800", "\u202e", "x" * 5000, "9" * 20, "../..", "%00", "<script>", "'", "[]", "\t\n"]


@pytest.mark.parametrize("broken", BROKEN, ids=[str(number) for number in range(len(BROKEN))])
def test_broken_forms_are_refused_and_never_fail(client: Client, desk: Desk, broken: str) -> None:
    fields = (
        "name",
        "title",
        "organisation",
        "email",
        "category",
        "badge_name",
        "answer",
        "diet",
        "guest",
        "line",
    )
    body = "&".join(f"{name}={quoted(broken.encode('utf-8', 'surrogatepass'))}" for name in fields)
    paths = ["/answers", "/name", "/paste", f"/people/{desk.entrusted.code}", "/people/NOBODY"]
    paths += [f"/people/{desk.entrusted.code}/{page}" for page in ("details", "substitute", "remove")]
    for path in paths:
        answered = client.post(desk.path + path, data=body, content_type="application/x-www-form-urlencoded")
        assert answered.status_code < 500, path
    answered = client.post(
        f"{desk.path}/answers", data={"answer": "accepted", "guest": broken.encode("utf-8", "surrogatepass")}
    )
    assert answered.status_code == 404
    assert len(queries.people(desk.point)) <= 3


def test_companions_are_named_at_the_desk_and_kept_when_the_reply_is_sent_again(
    client: Client, desk: Desk
) -> None:
    companions.allow(desk.named, 1, actor=SYSTEM, now=NOW)
    data = {"answer": "accepted", "badge_name": "Bo", "companion_0_name": "Fay Companion"}
    assert client.post(desk.of(desk.named), data=data).status_code == 303
    assert [each.person.display_name for each in fresh(desk.named).companions] == ["Fay Companion"]
    page = client.get(desk.of(desk.named)).text
    assert 'value="Fay Companion"' in page
    answer(fresh(desk.named), Answer.ACCEPTED, diet="No nuts")  # now the guest has spoken
    assert "Fay Companion" not in client.get(desk.of(desk.named)).text
    client.post(desk.of(desk.named), data={"answer": "accepted", "badge_name": "B"})
    assert [each.person.display_name for each in fresh(desk.named).companions] == ["Fay Companion"]
