"""What guests and whoever registers are told about an event that stands elsewhere in time."""

import pytest
from flask import Flask

from eventsapp.access.identity import SYSTEM
from eventsapp.core.tokens import Purpose
from eventsapp.events import service
from eventsapp.events.enums import Visibility
from eventsapp.events.models import Event
from eventsapp.rsvps import links
from tests.factories.events import event_input
from tests.factories.people import NOW
from tests.factories.rsvps import make_invited
from tests.support.clients import Client

pytestmark = pytest.mark.usefixtures("db_session", "clock")


@pytest.fixture
def moved() -> Event:
    """A public event that was moved by a thousand days, to 2 June 2026."""
    given = event_input(slug="forum", visibility=Visibility.PUBLIC, registration_open=True)
    event = service.create_event(given, shifted_days=1000, actor=SYSTEM, now=NOW)
    service.publish_event(event, actor=SYSTEM, now=NOW)
    return event


def test_invitation_to_a_moved_event_tells_its_true_date(app: Flask, client: Client, moved: Event) -> None:
    path = links.path(app.extensions["settings"], make_invited(moved), Purpose.INVITATION)
    assert "6 September 2023" in client.get(path).text


def test_registration_for_a_moved_event_tells_its_true_date(client: Client, moved: Event) -> None:
    assert "6 September 2023" in client.get("/events/forum/register").text


def test_registration_is_nowhere_for_an_event_that_was_never_published(client: Client) -> None:
    given = event_input(slug="forum", visibility=Visibility.PUBLIC, registration_open=True)
    event = service.create_event(given, actor=SYSTEM, now=NOW)
    service.cancel_event(event, reason={}, actor=SYSTEM, now=NOW)
    assert client.get("/events/forum/register").status_code == 404
