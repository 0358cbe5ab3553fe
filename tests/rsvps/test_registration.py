"""Open registration, confirmed by mail."""

import pytest
from flask import Flask
from sqlalchemy import select

from eventsapp.core.config import Settings
from eventsapp.core.db import db
from eventsapp.core.tokens import Purpose
from eventsapp.events.enums import Visibility
from eventsapp.events.models import Event
from eventsapp.mail.models import Mail
from eventsapp.mail.sending import send_due
from eventsapp.rsvps import links
from eventsapp.rsvps.enums import GuestState, Origin
from eventsapp.rsvps.models import Guest
from eventsapp.web import limits
from tests.factories.events import make_category, make_event, make_public_event
from tests.factories.rsvps import make_accepted, make_invited
from tests.support.clients import Client

pytestmark = pytest.mark.usefixtures("db_session", "clock")

FORM = {
    "name": "Lesya O’Example",
    "email": "lesya@example.org",
    "organisation": "Northport",
    "language": "uk",
}


@pytest.fixture(autouse=True)
def uncounted(app: Flask) -> None:
    """Nobody registered from this address before."""
    limits.init_app(app)


@pytest.fixture
def event() -> Event:
    event = make_public_event(registration_open=True, capacity=1)
    make_category(event, "V", "Visitor", for_registration=True)
    return event


def register(client: Client, event: Event, **given: str) -> int:
    """Send the form; the status of the answer."""
    return client.post(f"/events/{event.slug}/register", data={**FORM, **given}).status_code


def mails() -> list[str]:
    """What was queued, in order."""
    return list(db.session.scalars(select(Mail.template).order_by(Mail.id)))


def test_registration_holds_no_seat_until_it_is_confirmed(client: Client, event: Event, app: Flask) -> None:
    assert register(client, event) == 303
    guest = db.session.scalars(select(Guest)).one()
    assert (guest.state, guest.origin, guest.language) == (GuestState.UNCONFIRMED, Origin.REGISTERED, "uk")
    assert guest.person.display_name == "Lesya O’Example"
    assert (event.seats_taken, mails()) == (0, ["registration"])
    settings: Settings = app.extensions["settings"]
    address = links.path(settings, guest, Purpose.CONFIRMATION)
    assert client.get(address).status_code == 200
    assert guest.state is GuestState.UNCONFIRMED
    answers = [client.post(address) for _ in range(3)]
    assert {(answer.status_code, answer.location) for answer in answers} == {
        (303, links.path(settings, guest, Purpose.OWN_PAGE))
    }
    assert (guest.state, event.seats_taken) == (GuestState.ACCEPTED, 1)
    assert mails() == ["registration", "confirmation"]


def test_confirming_a_full_event_means_waiting(client: Client, event: Event, app: Flask) -> None:
    make_accepted(event, "First")
    register(client, event)
    guest = db.session.scalars(select(Guest).where(Guest.state == GuestState.UNCONFIRMED)).one()
    address = links.path(app.extensions["settings"], guest, Purpose.CONFIRMATION)
    assert (
        "Ви у списку очікування." in client.post(address, follow_redirects=True).text
    )  # they chose Ukrainian
    assert guest.state is GuestState.WAITLISTED


def test_known_address_gets_the_same_answer_and_a_mail_of_its_own(client: Client, event: Event) -> None:
    make_invited(event, "Known", email="known@example.org")
    assert register(client, event, email="KNOWN@example.org") == 303
    assert len(db.session.scalars(select(Guest)).all()) == 1
    assert mails() == ["invitation", "already-listed"]


def test_registering_twice_is_one_registration_and_one_mail_an_hour(client: Client, event: Event) -> None:
    assert [register(client, event) for _ in range(3)] == [303, 303, 303]
    assert len(db.session.scalars(select(Guest)).all()) == 1
    assert mails() == ["registration"]


def test_refused_form_comes_back_filled_in(client: Client, event: Event) -> None:
    refused = client.post(f"/events/{event.slug}/register", data={**FORM, "email": "nobody"})
    assert refused.status_code == 422
    assert "This is not a mail address." in refused.text
    assert "Lesya O’Example" in refused.text


def test_closed_and_private_events_take_no_registration(client: Client) -> None:
    closed = make_public_event("Closed")
    make_category(closed)
    assert register(client, closed) == 422
    private = make_event("Private", published=True, visibility=Visibility.INVITATION, registration_open=True)
    draft = make_event("Draft", visibility=Visibility.PUBLIC, registration_open=True)
    assert [register(client, known) for known in (private, draft)] == [404, 404]
    assert db.session.scalars(select(Guest)).all() == []


def test_address_that_registers_again_and_again_is_slowed(client: Client, event: Event) -> None:
    statuses = [register(client, event, email=f"a{n}@example.org") for n in range(21)]
    assert statuses[-1] == 429
    assert set(statuses[:-1]) == {303}


def test_mails_of_registration_are_sent(client: Client, event: Event) -> None:
    make_invited(event, "Known", email="known@example.org")
    register(client, event, email="known@example.org")
    register(client, event)
    send_due()
    sent = db.session.scalars(select(Mail)).all()
    assert {mail.state.value for mail in sent} == {"sent"}
    assert any("/confirm/" in mail.text for mail in sent)


def test_a_stranger_gets_no_category_but_the_one_marked_for_registration(client: Client) -> None:
    event = make_public_event(registration_open=True)
    make_category(event, "H", "Head of delegation")
    assert register(client, event) == 422
    assert not db.session.scalars(select(Guest)).all()
