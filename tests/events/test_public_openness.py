"""What the public may read: one rule, asked of every address."""

from datetime import datetime

import pytest

from eventsapp.access.identity import SYSTEM
from eventsapp.core.db import db, transaction
from eventsapp.events import openness, service
from eventsapp.events.enums import EventState, Visibility
from eventsapp.events.models import Event
from tests.factories.events import make_event, make_public_event
from tests.factories.people import NOW
from tests.factories.programme import make_item
from tests.support.clients import Client

pytestmark = pytest.mark.usefixtures("db_session", "clock")


def published(visibility: Visibility) -> Event:
    return make_event("Forum", slug="forum", visibility=visibility, published=True)


def test_draft_is_open_to_nobody(client: Client) -> None:
    event = make_event("Forum", slug="forum", visibility=Visibility.PUBLIC)
    item = make_item(event)
    assert not openness.is_open(event)
    assert client.get("/events/forum").status_code == 404
    assert client.get(f"/events/forum/items/{item.code}").status_code == 404


def test_draft_that_was_cancelled_never_becomes_known(client: Client) -> None:
    event = make_event("Forum", slug="forum", visibility=Visibility.PUBLIC)
    service.cancel_event(event, reason={}, actor=SYSTEM, now=NOW)
    assert not openness.is_open(event)
    assert client.get("/events/forum").status_code == 404
    assert "Forum" not in client.get("/").text


@pytest.mark.parametrize("hidden", [Visibility.INVITATION, Visibility.UNLISTED])
def test_cursor_tells_nothing_of_an_event_that_is_not_announced(client: Client, hidden: Visibility) -> None:
    past = {"starts_local": datetime(2026, 3, 2, 9), "ends_local": datetime(2026, 3, 2, 18)}
    make_event("Summit in secret", slug="secret", visibility=hidden, published=True, **past)
    make_public_event("Spring Forum", **past)
    for before in ("secret", "nothing"):
        assert "Spring Forum" in client.get(f"/?before={before}").text


def test_event_by_invitation_is_open_to_nobody(client: Client) -> None:
    event = published(Visibility.INVITATION)
    item = make_item(event)
    assert not openness.is_open(event)
    assert client.get("/events/forum").status_code == 404
    assert client.get(f"/events/forum/items/{item.code}").status_code == 404


def test_unlisted_event_answers_at_its_address_and_is_kept_from_search(client: Client) -> None:
    event = published(Visibility.UNLISTED)
    item = make_item(event)
    assert openness.is_open(event)
    assert not openness.is_listed(event)
    for path in ("/events/forum", f"/events/forum/items/{item.code}"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert '<meta name="robots" content="noindex">' in answer.text


def test_public_event_is_open_and_may_be_found(client: Client) -> None:
    event = published(Visibility.PUBLIC)
    assert openness.is_open(event)
    assert openness.is_listed(event)
    assert "noindex" not in client.get("/events/forum").text


@pytest.mark.parametrize("state", list(EventState))
@pytest.mark.parametrize("visibility", list(Visibility))
def test_the_rule_is_the_same_in_python_and_in_the_database(
    state: EventState, visibility: Visibility
) -> None:
    event = published(visibility)
    event.state = state
    db.session.flush()
    assert (openness.open_event("forum") is not None) is openness.is_open(event)
    listed = [*openness.ahead(NOW), *openness.over(NOW).items]
    assert (event in listed) is openness.is_listed(event)


def test_page_that_was_kept_vanishes_at_once_with_its_event(client: Client) -> None:
    event = make_public_event(slug="forum")
    assert client.get("/events/forum").status_code == 200
    with transaction():
        db.session.refresh(event)
        event.visibility = Visibility.INVITATION
    assert client.get("/events/forum").status_code == 404
    with transaction():
        db.session.refresh(event)
        event.visibility = Visibility.PUBLIC
    assert client.get("/events/forum").status_code == 200


def test_unknown_event_is_not_found(client: Client) -> None:
    assert client.get("/events/nowhere").status_code == 404
    assert client.get("/events/nowhere/items/ABCDEFGH").status_code == 404
