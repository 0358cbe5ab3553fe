"""What guests see and do by their personal links."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from eventsapp.access.identity import SYSTEM
from eventsapp.core.config import Settings
from eventsapp.core.db import db
from eventsapp.core.tokens import Purpose
from eventsapp.events import service as events
from eventsapp.mail.models import Mail
from eventsapp.mail.sending import send_due
from eventsapp.rsvps import links, service
from eventsapp.rsvps.enums import Answer, GuestState
from eventsapp.rsvps.models import Guest, ReplyRecord
from tests.factories.events import make_event, make_public_event
from tests.factories.people import NOW
from tests.factories.programme import make_item
from tests.factories.rsvps import answer, make_guest, make_invited
from tests.support.clients import Client
from tests.support.clocks import Clock

pytestmark = pytest.mark.usefixtures("db_session", "clock")

YES = {"answer": "accepted", "badge_name": "Ada Example"}


@pytest.fixture
def settings(app: Flask) -> Settings:
    known: Settings = app.extensions["settings"]
    return known


def path(settings: Settings, guest: Guest, purpose: Purpose = Purpose.INVITATION) -> str:
    """The guest's address; what it shows is stored from here on."""
    return links.path(settings, guest, purpose)


def changes() -> tuple[Any, ...]:
    """What a GET must leave alone."""
    return tuple(db.session.scalar(select(func.count()).select_from(table)) for table in (Mail, ReplyRecord))


def test_invitation_says_who_invites_to_what_when_with_the_zone(client: Client, settings: Settings) -> None:
    event = make_public_event(practical={"en": "Dress: *business*."})
    dinner = make_item(event, "Dinner", wants_answer=True)
    page = client.get(path(settings, make_invited(event))).text
    for text in ("Harbour Cities Forum", "Ada Example", "Taipei", "<em>business</em>", "Dinner"):
        assert text in page
    assert f'name="item_{dinner.code}"' in page


def test_reading_changes_nothing(client: Client, settings: Settings) -> None:
    guest = make_invited(make_public_event())
    before = changes()
    for purpose in (Purpose.INVITATION, Purpose.OWN_PAGE, Purpose.CONFIRMATION):
        assert client.get(path(settings, guest, purpose)).status_code == 200
    assert changes() == before
    assert guest.state is GuestState.INVITED


def test_reply_is_stored_and_leads_to_the_own_page(client: Client, settings: Settings) -> None:
    event = make_public_event(capacity=1)
    dinner = make_item(event, "Dinner", wants_answer=True)
    guest = make_invited(event)
    given = {**YES, f"item_{dinner.code}": "declined", "diet": "No nuts", "badge_name": "Ada E."}
    answered = client.post(path(settings, guest), data=given)
    assert (answered.status_code, answered.location) == (303, path(settings, guest, Purpose.OWN_PAGE))
    assert (guest.state, guest.badge_name) == (GuestState.ACCEPTED, "Ada E.")
    page = client.get(answered.location).text
    assert "You have accepted." in page
    assert "Dinner" not in page


def test_answer_to_the_event_alone_is_taken_and_the_own_page_asks_for_the_rest(
    client: Client, settings: Settings
) -> None:
    event = make_public_event()
    make_item(event, "Dinner", wants_answer=True)
    guest = make_invited(event)
    answered = client.post(path(settings, guest), data=YES)
    assert (answered.status_code, answered.location) == (303, path(settings, guest, Purpose.OWN_PAGE))
    assert (guest.state, guest.item_replies) == (GuestState.ACCEPTED, [])
    assert "Please answer for this item" in client.get(answered.location).text


def test_refused_answer_is_refused_at_its_field_with_everything_kept(
    client: Client, settings: Settings
) -> None:
    event = make_public_event()
    dinner = make_item(event, "Dinner", wants_answer=True)
    guest = make_invited(event)
    given = {**YES, f"item_{dinner.code}": "perhaps not", "note_to_host": "Until soon"}
    refused = client.post(path(settings, guest), data=given)
    assert refused.status_code == 422
    assert f'id="item_{dinner.code}-error"' in refused.text
    assert "Until soon" in refused.text
    assert guest.state is GuestState.INVITED


def test_what_is_not_sent_stays_as_it_was(client: Client, settings: Settings) -> None:
    event = make_public_event()
    dinner = make_item(event, "Dinner", wants_answer=True)
    guest = make_invited(event)
    given = {"answer": "accepted", "badge_name": "Ada E.", f"item_{dinner.code}": "accepted"}
    client.post(path(settings, guest), data=given)
    client.post(path(settings, guest), data={"answer": "tentative"})
    assert (guest.state, guest.badge_name) == (GuestState.TENTATIVE, "Ada E.")
    assert [said.state.value for said in guest.item_replies] == ["tentative"]


def test_declining_needs_no_answers_to_items(client: Client, settings: Settings) -> None:
    event = make_public_event()
    make_item(event, "Dinner", wants_answer=True)
    guest = make_invited(event)
    declined = client.post(path(settings, guest), data={**YES, "answer": "declined"})
    assert declined.location == path(settings, guest)
    assert guest.state is GuestState.DECLINED


def test_name_that_no_badge_can_show_is_refused(client: Client, settings: Settings) -> None:
    guest = make_invited(make_public_event())
    refused = client.post(path(settings, guest), data={**YES, "badge_name": "Ada 𒀀"})
    assert refused.status_code == 422
    assert "𒀀" in refused.text


def test_full_event_tells_the_place_in_the_line(client: Client, settings: Settings) -> None:
    event = make_public_event(capacity=0)
    answer(make_invited(event, "First"), Answer.ACCEPTED)
    guest = make_invited(event, "Second")
    page = client.post(path(settings, guest), data=YES, follow_redirects=True).text
    assert "You are number 2 on the waiting list" in page


def test_after_the_date_the_host_decides_until_the_event_begins(
    client: Client, settings: Settings, clock: Clock
) -> None:
    event = make_public_event(reply_by_local=datetime(2026, 5, 13))
    guest = make_invited(event)
    clock.now = event.starts_at - timedelta(hours=1)
    assert "The reply-by date has passed." in client.get(path(settings, guest)).text
    page = client.post(path(settings, guest), data=YES, follow_redirects=True).text
    assert "the host decides" in page
    assert "What you asked for waits for the host." in page
    assert guest.state is GuestState.INVITED
    clock.now = event.starts_at + timedelta(hours=1)
    assert "The time for answers has ended." in client.get(path(settings, guest)).text
    assert client.post(path(settings, guest), data=YES).status_code == 422


def test_wrong_revoked_and_misused_links_are_one_answer(client: Client, settings: Settings) -> None:
    event = make_public_event()
    guest, other = make_invited(event), make_invited(event, "Other")
    token = links.token(settings, guest, Purpose.INVITATION)
    old = f"/i/{token}"
    service.renew_links(guest, actor=SYSTEM, now=NOW)
    draft = make_guest(make_event("Not yet"))
    forged = f"/i/{other.code}.{token.partition('.')[2]}"
    tries = [
        "/i/x",
        "/i/" + "A" * 3000,
        "/i/%00",
        old,
        forged,
        f"/my/{links.token(settings, guest, Purpose.INVITATION)}",
    ]
    tries += [path(settings, draft), f"/i/{links.token(settings, guest, Purpose.FEED)}"]
    answers = [client.get(address) for address in tries]
    assert {known.status_code for known in answers} == {404}
    assert len({known.text for known in answers}) == 1


def test_forwarded_link_shows_neither_details_nor_address(
    client: Client, settings: Settings, app: Flask
) -> None:
    guest = make_invited(make_public_event(), email="ada@private.example")
    answer(guest, Answer.ACCEPTED, diet="Kosher", access_needs="Wheelchair", note_to_host="I am ill")
    page = client.get(path(settings, guest)).text
    for secret in ("Kosher", "Wheelchair", "I am ill", "ada@private.example", "/my/"):
        assert secret not in page
    assert "Mail me a code" in page


def test_empty_details_leave_what_was_told_and_deleting_is_said_aloud(
    client: Client, settings: Settings
) -> None:
    guest = make_invited(make_public_event())
    client.post(path(settings, guest), data={**YES, "diet": "Kosher"})
    client.post(path(settings, guest), data={**YES, "diet": ""})
    assert guest.details is not None
    assert guest.details.diet == "Kosher"
    client.post(path(settings, guest), data={**YES, "forget_details": "y"})
    assert guest.details.diet == ""


def test_other_browser_gets_the_own_page_by_mail_only(app: Flask, client: Client, settings: Settings) -> None:
    guest = make_invited(make_public_event())
    client.post(path(settings, guest), data=YES)
    assert "/my/" in client.get(path(settings, guest)).text
    other = app.test_client()
    assert "/my/" not in other.get(path(settings, guest)).text
    asked = [other.post(path(settings, guest) + "/own-page") for _ in range(3)]
    assert {known.status_code for known in asked} == {303}
    mailed = db.session.scalars(select(Mail).where(Mail.template == "own-page")).all()
    assert len(mailed) == 1


def test_forwarded_link_opens_no_own_page_by_sending_the_same_answer_once_more(
    app: Flask, client: Client, settings: Settings, clock: Clock
) -> None:
    guest = make_invited(make_public_event())
    own_page = path(settings, guest, Purpose.OWN_PAGE)
    assert client.post(path(settings, guest), data=YES).location == own_page
    again = app.test_client().post(path(settings, guest), data=YES)  # the answer to the first was lost
    assert again.location == own_page
    clock.forward(minutes=15)
    other = app.test_client()
    answered = other.post(path(settings, guest), data=YES)
    assert (answered.status_code, answered.location) == (303, path(settings, guest))
    assert "/my/" not in other.get(path(settings, guest)).text
    assert client.post(path(settings, guest), data=YES).location == own_page


def test_forwarded_link_opens_no_own_page_by_changing_details_alone(
    app: Flask, client: Client, settings: Settings, clock: Clock
) -> None:
    guest = make_invited(make_public_event())
    client.post(path(settings, guest), data=YES)
    clock.forward(minutes=15)
    other = app.test_client()
    for _ in range(2):  # no mail tells the guest of it, so it must open nothing
        answered = other.post(path(settings, guest), data={**YES, "note_to_host": "I will be late"})
        assert answered.location == path(settings, guest)


def test_page_speaks_the_guests_language(client: Client, settings: Settings) -> None:
    event = make_public_event()
    event.title = {"en": "Forum", "uk": "Форум"}
    guest = make_invited(event, language="uk")
    page = client.get(path(settings, guest)).text
    assert '<html lang="uk"' in page
    assert "Форум" in page


def test_pages_are_kept_by_nobody(client: Client, settings: Settings) -> None:
    known = client.get(path(settings, make_invited(make_public_event())))
    assert known.headers["Cache-Control"] == "no-store"
    assert "noindex" in known.headers["X-Robots-Tag"]


def test_cancelled_event_says_so_and_takes_no_answer(client: Client, settings: Settings) -> None:
    guest = make_invited(make_public_event())
    events.cancel_event(guest.event, {"en": "A storm is coming."}, actor=SYSTEM, now=NOW)
    for purpose in (Purpose.INVITATION, Purpose.OWN_PAGE):
        page = client.get(path(settings, guest, purpose)).text
        assert "This event will not take place." in page
        assert "A storm is coming." in page
    assert client.post(path(settings, guest), data=YES).status_code == 422


def test_every_mail_is_sent_with_links_that_open(app: Flask, client: Client, settings: Settings) -> None:
    event = make_public_event(capacity=1, host=None, contact_email="office@example.org")
    dinner = make_item(event, "Dinner", wants_answer=True, capacity=1)
    yes = {dinner.code: Answer.ACCEPTED}
    first, second = make_invited(event, "First"), make_invited(event, "Second", language="zh-Hant")
    answer(first, Answer.ACCEPTED, items=yes)
    answer(second, Answer.ACCEPTED, items=yes)
    answer(first, Answer.TENTATIVE)
    answer(first, Answer.DECLINED)
    service.mail_own_page(second, actor=SYSTEM, now=NOW)
    first_id = first.id
    db.session.commit()
    send_due()  # later they would be pointless, and none is sent to who is withdrawn
    service.withdraw(db.session.get_one(Guest, first_id), actor=SYSTEM, now=NOW)
    db.session.commit()
    send_due()
    mails = db.session.scalars(select(Mail).order_by(Mail.id)).all()
    assert {mail.state.value for mail in mails} == {"sent"}, [mail.last_error for mail in mails]
    assert {mail.template for mail in mails} == {
        "invitation",
        "confirmation",
        "promotion",
        "own-page",
        "withdrawal",
    }
    for mail in mails:
        for word in mail.text.split():
            if word.startswith(settings.base_url):
                assert client.get(word.removeprefix(settings.base_url)).status_code == 200, mail.template
