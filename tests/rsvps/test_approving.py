"""Registrations that an organiser decides, from the confirmed address to a seat or a refusal."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from eventsapp.access.identity import SYSTEM, Actor, ActorKind
from eventsapp.access.permissions import Role
from eventsapp.core.db import db
from eventsapp.core.errors import Conflict
from eventsapp.core.tokens import Purpose
from eventsapp.events.models import Event
from eventsapp.mail.models import Mail
from eventsapp.rsvps import links, service
from eventsapp.rsvps.enums import Answer, GuestState
from eventsapp.rsvps.models import Guest, ReplyRecord
from eventsapp.rsvps.service import RegistrationInput, ReplyInput, TermsInput, approving
from tests.factories.events import make_category, make_public_event
from tests.factories.people import NOW
from tests.factories.rsvps import answer
from tests.support.clients import Client
from tests.support.databases import Database

pytestmark = pytest.mark.usefixtures("db_session", "clock")

Staff = Callable[..., Client]


def stands(guest: Guest) -> GuestState:
    """Where a guest stands now."""
    return guest.state


def forum(**given: Any) -> Event:
    """A public event that wants approval of registrations."""
    event = make_public_event(registration_open=True, **given)
    make_category(event, for_registration=True)
    service.set_terms(event, TermsInput(wants_approval=True), actor=SYSTEM, now=NOW)
    return event


def registered(event: Event, name: str = "Ada Example") -> Guest:
    """Somebody who registered and confirmed."""
    email = f"{name.split()[0].lower()}@example.org"
    service.register(event, RegistrationInput(name=name, email=email), now=NOW)
    guest = db.session.scalars(select(Guest).where(Guest.email == email)).one()
    service.confirm(guest, now=NOW)
    return guest


def mailed(guest: Guest) -> list[str]:
    query = select(Mail.template).where(Mail.guest_id == guest.id).order_by(Mail.id)
    return list(db.session.scalars(query))


def recorded(guest: Guest) -> list[tuple[str, str]]:
    query = select(ReplyRecord.answer, ReplyRecord.reason).where(ReplyRecord.guest_id == guest.id)
    return [(said, reason) for said, reason in db.session.execute(query.order_by(ReplyRecord.id))]


def test_a_confirmed_registration_waits_and_takes_no_seat() -> None:
    event = forum(capacity=1)
    guest = registered(event)
    service.confirm(guest, now=NOW)  # a second click
    assert stands(guest) is GuestState.SUBMITTED
    assert event.seats_taken == 0
    assert mailed(guest) == ["registration", "submitted"]


def test_without_approval_confirming_is_enough() -> None:
    event = forum()
    service.set_terms(event, TermsInput(wants_approval=False), actor=SYSTEM, now=NOW)
    assert registered(event).state is GuestState.ACCEPTED


def test_who_is_approved_has_a_seat_or_waits() -> None:
    event = forum(capacity=1)
    first, second = registered(event, "Ada Example"), registered(event, "Ben Example")
    for guest in (first, second):
        approving.approve_registration(guest, private_reason="known to us", actor=SYSTEM, now=NOW)
    assert (first.state, second.state) == (GuestState.ACCEPTED, GuestState.WAITLISTED)
    assert event.seats_taken == 1
    assert recorded(first) == [("submitted", ""), ("approved", "known to us"), ("accepted", "")]
    with pytest.raises(Conflict):
        approving.approve_registration(first, actor=SYSTEM, now=NOW)


def test_who_was_asked_hands_in_again_by_completing(client: FlaskClient, database: Database) -> None:
    guest = registered(forum())
    approving.ask(guest, "For whom do you write?", actor=SYSTEM, now=NOW)
    assert stands(guest) is GuestState.ASKED
    path = links.path(database.settings, guest, Purpose.INVITATION)
    page = client.get(f"{path}/registration").text
    assert "For whom do you write?" in page
    assert "Hand in again" in page
    given = {"badge_name": "Ada Example", "note_to_host": "For the Example Herald"}
    assert client.post(f"{path}/registration", data=given).status_code == 303
    assert stands(guest) is GuestState.SUBMITTED
    assert guest.details is not None
    assert guest.details.note_to_host == "For the Example Herald"
    assert mailed(guest) == ["registration", "submitted", "more-asked", "submitted"]


def test_a_refusal_tells_the_public_reason_and_keeps_the_private_one() -> None:
    guest = registered(forum())
    approving.refuse_registration(
        guest, public_reason="The press room is full.", private_reason="unknown paper", actor=SYSTEM, now=NOW
    )
    mail = db.session.scalars(select(Mail).where(Mail.template == "refused")).one()
    assert mail.context["reason"] == "The press room is full."
    assert "unknown paper" not in str(mail.context)
    assert recorded(guest)[-1] == ("refused", "unknown paper")
    with pytest.raises(Conflict):
        answer(guest, Answer.ACCEPTED)
    approving.reconsider(guest, actor=SYSTEM, now=NOW)
    assert stands(guest) is GuestState.SUBMITTED


def test_nothing_is_decided_without_a_question_or_twice() -> None:
    guest = registered(forum())
    with pytest.raises(Conflict):
        approving.ask(guest, " ", actor=SYSTEM, now=NOW)
    approving.approve_registration(guest, actor=SYSTEM, now=NOW)
    for act in (approving.refuse_registration, approving.reconsider):
        with pytest.raises(Conflict):
            act(guest, actor=SYSTEM, now=NOW)
    with pytest.raises(Conflict):
        approving.complete(
            guest, ReplyInput(Answer.ACCEPTED), actor=Actor(ActorKind.GUEST, guest.id), now=NOW
        )


def test_a_registrant_who_waits_can_withdraw_and_not_seat_themselves() -> None:
    guest = registered(forum())
    with pytest.raises(Conflict):
        answer(guest, Answer.ACCEPTED)
    db.session.rollback()


def test_organiser_decides_many_at_once_on_one_page(staff: Staff) -> None:
    event = forum()
    guests = [registered(event, f"{name} Example") for name in ("Ada", "Ben", "Cleo")]
    browser, page = staff(), f"/organise/events/{event.slug}/replies/decide"
    assert "Ben Example" in browser.get(page).text
    assert "Decide about 3 requests" in browser.get(f"/organise/events/{event.slug}").text
    two = {"pick": [guests[0].code, guests[1].code], "deed": "agree"}
    assert browser.post(page, data=two).status_code == 303
    assert [guest.state for guest in guests[:2]] == [GuestState.ACCEPTED] * 2
    asked = {"pick": [guests[2].code], "deed": "ask", "public_reason": "Who sends you?"}
    assert browser.post(page, data=asked).status_code == 303
    assert stands(guests[2]) is GuestState.ASKED
    refused = {
        "pick": [guests[2].code],
        "deed": "refuse",
        "public_reason": "No room",
        "private_reason": "spam",
    }
    assert browser.post(page, data=refused).status_code == 303
    assert stands(guests[2]) is GuestState.REFUSED
    assert "Nothing waits for you." in browser.get(page).text


def test_what_cannot_be_decided_is_said_and_the_rest_is_done(staff: Staff) -> None:
    event = forum()
    guests = [registered(event, f"{name} Example") for name in ("Ada", "Ben")]
    browser, page = staff(), f"/organise/events/{event.slug}/replies/decide"
    empty = browser.post(page, data={"deed": "agree"})
    assert empty.status_code == 422
    assert "Please tick what you decide about." in empty.text
    nothing = browser.post(page, data={"pick": [guests[0].code], "deed": "ask"})
    assert nothing.status_code == 422
    assert "Ada Example: Please write what you would like to know." in nothing.text
    assert f'value="{guests[0].code}" checked' in nothing.text


def test_other_events_and_other_roles_decide_nothing(staff: Staff) -> None:
    event, other = forum(), forum(slug="other-forum")
    guest = registered(event)
    page = f"/organise/events/{other.slug}/replies/decide"
    assert staff().post(page, data={"pick": [guest.code], "deed": "agree"}).status_code == 422
    assert stands(guest) is GuestState.SUBMITTED
    registrar = staff(role=Role.REGISTRAR, event=event)
    assert registrar.get(f"/organise/events/{event.slug}/replies/decide").status_code == 403
    protocol = staff(role=Role.PROTOCOL, event=event)
    assert protocol.get(f"/organise/events/{event.slug}/replies/decide").status_code == 200


def test_who_waits_for_a_decision_reads_so_on_every_page(client: FlaskClient, database: Database) -> None:
    event = forum()
    service.register(event, RegistrationInput(name="Ada Example", email="ada@example.org"), now=NOW)
    guest = db.session.scalars(select(Guest)).one()
    confirmed = client.post(
        links.path(database.settings, guest, Purpose.CONFIRMATION), follow_redirects=True
    ).text
    assert "The organisers look at it and write to you." in confirmed
    assert "Your registration is handed in." in confirmed
    invitation = links.path(database.settings, guest, Purpose.INVITATION)
    page = client.get(invitation).text
    assert f'href="{invitation}/registration"' in page
    assert 'name="answer"' not in page
    assert "Save the changes" in client.get(f"{invitation}/registration").text
    approving.refuse_registration(guest, actor=SYSTEM, now=NOW)
    assert "Your registration was declined." in client.get(invitation).text
    assert "Save the changes" not in client.get(f"{invitation}/registration").text
