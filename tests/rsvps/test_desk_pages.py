"""The organisers' pages about guests."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import event as sqlalchemy_event
from sqlalchemy import select

from eventsapp.access.identity import SYSTEM
from eventsapp.access.permissions import Role
from eventsapp.core.db import db
from eventsapp.events import service as events
from eventsapp.events.models import Event
from eventsapp.jobs.worker import run_due_jobs
from eventsapp.mail.models import Mail
from eventsapp.people.service import NameInput
from eventsapp.rsvps.enums import Answer, Channel, GuestState
from eventsapp.rsvps.models import Guest, ReplyRecord
from tests.factories.events import make_category, make_event, make_public_event
from tests.factories.people import NOW, make_affiliation, make_person
from tests.factories.programme import make_item
from tests.factories.rsvps import answer, make_accepted, make_guest, make_invited
from tests.support.clients import Client

pytestmark = pytest.mark.usefixtures("db_session", "clock")

Staff = Callable[..., Client]


def desk(event: Event, rest: str = "") -> str:
    """The address of the guests' pages."""
    return f"/organise/events/{event.slug}/guests/{rest}"


def test_list_finds_every_spelling_state_and_category(staff: Staff) -> None:
    event = make_public_event()
    press = make_category(event, "M", "Press")
    lee = make_person(
        NameInput("Lee Shu-Chuan"), NameInput("李四川", language="zh-Hant"), NameInput("Si-chuan Li")
    )
    make_invited(event, lee, category=press)
    make_accepted(event, "Ada Example", category=make_category(event))
    browser = staff()
    for text in ("shuchuan", "SI CHUAN", "李四川"):
        page = browser.get(desk(event), query_string={"q": text}).text
        assert "Lee Shu-Chuan" in page
        assert "Ada Example" not in page
    assert "Ada Example" not in browser.get(desk(event), query_string={"category": press.code}).text
    assert "Lee Shu-Chuan" not in browser.get(desk(event), query_string={"state": "accepted"}).text


def test_pages_of_the_list_hold_everybody_once(staff: Staff) -> None:
    event = make_public_event()
    make_category(event)
    for number in range(120):
        make_guest(event, f"Guest {number:03}")
    browser, seen, address = staff(), [], desk(event)
    for _ in range(3):
        page = browser.get(address).text
        seen += [name for number in range(120) if (name := f"Guest {number:03}") in page]
        after = [part.split('"')[0] for part in page.split("after=")[1:]]
        address = f"{desk(event)}?after={after[0]}" if after else ""
    assert seen == [f"Guest {number:03}" for number in range(120)]


def test_list_takes_the_same_queries_for_three_guests_as_for_sixty(staff: Staff) -> None:
    event = make_public_event(capacity=10)
    make_item(event, "Dinner", wants_answer=True)
    browser, counted = staff(), []
    for number in range(60):
        make_accepted(event, f"Guest {number}")
        if number in (2, 59):
            db.session.commit()
            counted.append([queries(browser, desk(event, part)) for part in ("", "waiting", "answers")])
    assert counted[0] == counted[1]
    assert max(counted[0]) <= 14


def queries(browser: Client, address: str) -> int:
    """How many statements a page takes."""
    told: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        told.append(statement)

    sqlalchemy_event.listen(db.engine, "before_cursor_execute", note)
    try:
        assert browser.get(address).status_code == 200
    finally:
        sqlalchemy_event.remove(db.engine, "before_cursor_execute", note)
    return len([statement for statement in told if not statement.startswith(("BEGIN", "PRAGMA"))])


def test_somebody_from_the_directory_is_added_and_invited(staff: Staff) -> None:
    event, person = make_public_event(), make_person("Ada Example")
    title, category = make_affiliation(person), make_category(event)
    browser = staff()
    assert person.code in browser.get(desk(event, "new?q=ada")).text
    given = {
        "category": category.code,
        "affiliation": title.code,
        "email": "ada@example.org",
        "language": "en",
        "companions_allowed": "2",
        "invite": "y",
    }
    added = browser.post(desk(event, f"new?person={person.code}"), data=given)
    assert added.status_code == 303
    guest = db.session.scalars(select(Guest)).one()
    assert (guest.state, guest.companions_allowed, guest.affiliation) == (GuestState.INVITED, 2, title)
    again = browser.post(desk(event, f"new?person={person.code}"), data=given)
    assert again.status_code == 422
    assert "This person is on the list already." in again.text


def test_new_name_becomes_a_person_and_a_guest(staff: Staff) -> None:
    event = make_public_event()
    category = make_category(event)
    given = {"name": "Ms O", "category": category.code, "language": "en", "companions_allowed": "0"}
    assert staff().post(desk(event, "new"), data=given).status_code == 303
    guest = db.session.scalars(select(Guest)).one()
    assert (guest.person.display_name, guest.state) == ("Ms O", GuestState.DRAFT)
    assert (
        staff(email="b@example.org").post(desk(event, "new"), data={**given, "name": ""}).status_code == 422
    )


def test_answer_entered_for_a_guest_says_who_for_whom_and_how(staff: Staff) -> None:
    event = make_public_event(capacity=5)
    dinner = make_item(event, "Dinner", wants_answer=True)
    guest = make_invited(event)
    given = {
        "answer": "accepted",
        f"item_{dinner.code}": "declined",
        "badge_name": "Ada Example",
        "diet": "Vegan",
        "channel": "phone",
        "reason": "Her secretary rang",
    }
    browser = staff()
    assert browser.post(desk(event, f"{guest.code}/reply"), data=given).status_code == 303
    entry = db.session.scalars(select(ReplyRecord).where(ReplyRecord.item_id.is_(None))).one()
    assert (entry.channel, entry.on_behalf, entry.reason) == (Channel.PHONE, True, "Her secretary rang")
    page = browser.get(desk(event, guest.code)).text
    for text in ("Telephone", "Her secretary rang", "for the guest", "Vegan"):
        assert text in page


def test_details_are_for_those_who_may_see_them(staff: Staff) -> None:
    event = make_public_event()
    guest = make_invited(event, email="ada@private.example")
    answer(guest, Answer.ACCEPTED, diet="Kosher", note_to_host="Private words")
    viewer, registrar = staff(Role.VIEWER, event), staff(Role.REGISTRAR, event)
    for text in ("Kosher", "Private words", "ada@private.example"):
        assert text in registrar.get(desk(event, guest.code)).text
        assert text not in viewer.get(desk(event, guest.code)).text
    assert "/i/" not in viewer.get(desk(event, guest.code)).text


def test_viewer_changes_nothing(staff: Staff) -> None:
    event = make_public_event()
    guest = make_invited(event)
    viewer = staff(Role.VIEWER, event)
    for part in ("allowance", "withdraw", "restore", "invite", "renew-links", "reply", "edit"):
        assert viewer.post(desk(event, f"{guest.code}/{part}"), data={}).status_code == 403
    assert viewer.post(desk(event, "new"), data={}).status_code == 403
    assert viewer.post(desk(event, "invite-all")).status_code == 403


def test_guests_of_another_event_are_not_there(staff: Staff) -> None:
    event, other = make_public_event("Mine"), make_public_event("Theirs")
    stranger = make_invited(other, "Stranger")
    browser = staff(Role.ORGANISER, event)
    assert browser.get(desk(event, stranger.code)).status_code == 404
    assert browser.post(desk(event, f"{stranger.code}/withdraw"), data={}).status_code == 404
    assert browser.get(desk(other)).status_code == 404
    assert "Stranger" not in browser.get(desk(event), query_string={"q": "stranger"}).text


def test_withdrawing_and_seats_by_the_desk(staff: Staff) -> None:
    event = make_public_event(capacity=2)
    guest, waiting = make_accepted(event, party_size=2), make_accepted(event, "Waiting")
    browser = staff()
    allowance = desk(event, f"{guest.code}/allowance")
    assert browser.post(allowance, data={"companions_allowed": "0"}).status_code == 422
    assert browser.post(allowance, data={"companions_allowed": "2"}).status_code == 303
    assert guest.companions_allowed == 2
    assert waiting.state is GuestState.WAITLISTED
    assert browser.post(desk(event, f"{guest.code}/withdraw"), data={"reason": "Ill"}).status_code == 303
    assert guest.state is GuestState.WITHDRAWN
    assert browser.post(desk(event, f"{guest.code}/restore")).status_code == 303
    assert guest.state is GuestState.DRAFT


def test_all_drafts_are_invited_by_the_worker(staff: Staff, app: Flask) -> None:
    event = make_public_event()
    for number in range(120):
        make_guest(event, f"Guest {number}")
    assert staff().post(desk(event, "invite-all")).status_code == 303
    run_due_jobs()
    db.session.expire_all()
    assert set(db.session.scalars(select(Guest.state))) == {GuestState.INVITED}
    assert len(db.session.scalars(select(Mail)).all()) == 120


def test_cancelling_tells_everybody_who_was_coming(app: Flask) -> None:
    event = make_public_event()
    comes, declined = make_accepted(event, "Comes"), make_invited(event, "Declined")
    answer(declined, Answer.DECLINED)
    make_guest(event, "Draft")
    coming = comes.id
    events.cancel_event(event, {"en": "A storm"}, actor=SYSTEM, now=NOW)
    db.session.commit()
    run_due_jobs()
    told = db.session.scalars(select(Mail.guest_id).where(Mail.template == "cancellation")).all()
    assert told == [coming]


def test_draft_event_cannot_invite(staff: Staff) -> None:
    event = make_event("Draft")
    guest = make_guest(event)
    page = staff().post(desk(event, f"{guest.code}/invite"), follow_redirects=True).text
    assert "Publish this event before you invite guests to it." in page
    assert guest.state is GuestState.DRAFT


def test_overview_tells_who_comes(staff: Staff) -> None:
    event = make_public_event(capacity=7)
    make_accepted(event, party_size=3)
    make_guest(event, "Draft")
    browser = staff()
    page = browser.get(f"/organise/events/{event.slug}").text
    assert "3 seats of 7" in page
    assert "Invite the guests on the list" in page
    assert browser.get("/organise/").status_code == 200


def test_companions_stand_in_the_answer_that_staff_enter_and_stay(staff: Staff) -> None:
    event = make_public_event()
    guest = make_accepted(event, party_size=2)
    named = [companion.code for companion in guest.companions]
    browser, address = staff(), desk(event, f"{guest.code}/reply")
    page = browser.get(address).text
    code, name = guest.companions[0].code, guest.companions[0].person.display_name
    assert f'value="{code}"' in page
    assert f'value="{name}"' in page
    told = {"answer": "accepted", "channel": "phone", "badge_name": "A. E."}
    sent = {**told, "companion_0_name": name, "companion_0_code": code}
    assert browser.post(address, data=sent).status_code == 303
    db.session.expire_all()
    assert [companion.code for companion in guest.companions] == named
