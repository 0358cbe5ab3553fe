"""Organisers put an event's mails in their own words."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from eventsapp.access.permissions import Role
from eventsapp.core.db import transaction
from eventsapp.events.models import Event
from eventsapp.mail.models import Mail, MailText
from eventsapp.mail.sending import send_due
from eventsapp.mail.texts import manner_of
from tests.factories.events import make_event
from tests.factories.rsvps import make_guest
from tests.support.clients import Client
from tests.support.clocks import Clock

WORDS = {"subject": "Do come to {{event}}", "body": "Dear {{name}},\n\n{{invitation_link}}"}


@pytest.fixture
def event(db_session: scoped_session[Any], clock: Clock) -> Event:
    """A published event with a guest."""
    with transaction():
        event = make_event("A summit", published=True)
        make_guest(event, "Ada Example", language="en")
    return event


def path(event: Event, rest: str = "") -> str:
    return f"/organise/events/{event.slug}/mails{rest}"


def test_words_begin_with_ours_and_are_kept(
    staff: Callable[..., Client], event: Event, db_session: scoped_session[Any]
) -> None:
    client = staff()
    page = client.get(path(event, "/invitation/en")).text
    assert "Invitation: {{event}}" in page
    assert "Ada Example" in page
    answer = client.post(path(event, "/invitation/en"), data=WORDS)
    assert answer.status_code == 303
    assert "Do come to {{event}}" in client.get(answer.location).text
    assert "own words" in client.get(path(event)).text
    assert client.post(path(event, "/invitation/en/ours")).status_code == 303
    assert db_session.scalars(select(MailText)).all() == []


def test_preview_reads_as_the_guest_gets_it_and_stores_nothing(
    staff: Callable[..., Client], event: Event, db_session: scoped_session[Any]
) -> None:
    page = staff().post(path(event, "/invitation/en"), data=WORDS | {"preview": "1"})
    assert page.status_code == 200
    assert "<p>Dear Ada Example,</p>" in page.text
    assert "Do come to A summit" in page.text
    assert "/i/" not in page.text, "a preview has no live link"
    assert db_session.scalars(select(MailText)).all() == []


def test_placeholder_that_stands_for_nothing_is_told(staff: Callable[..., Client], event: Event) -> None:
    words = WORDS | {"body": "{{host}} {{invitation_link}}", "preview": "1"}
    page = staff().post(path(event, "/invitation/en"), data=words).text
    assert "Nothing stands in the place of {{host}}" in page


@pytest.mark.parametrize("button", ["save", "preview"])
def test_unknown_placeholder_comes_back_with_a_sentence(
    staff: Callable[..., Client], event: Event, button: str
) -> None:
    page = staff().post(path(event, "/invitation/en"), data=WORDS | {"subject": "To {{evnt}}", button: "1"})
    assert page.status_code == 422
    assert "This message knows no {{evnt}}. Did you mean {{event}}?" in page.text
    assert "To {{evnt}}" in page.text


def test_test_goes_to_who_asks_with_dead_links(
    staff: Callable[..., Client], event: Event, db_session: scoped_session[Any], clock: Clock
) -> None:
    client = staff(email="me@example.org")
    client.post(path(event, "/invitation/en"), data=WORDS)
    assert client.post(path(event, "/invitation/en/test")).status_code == 303
    assert send_due() == 1
    db_session.rollback()
    mail = db_session.scalars(select(Mail)).one()
    assert (mail.to_address, mail.subject, mail.guest_id) == ("me@example.org", "Do come to A summit", None)
    assert "/i/" not in mail.text


def test_second_language_is_chosen_among_the_events(staff: Callable[..., Client], event: Event) -> None:
    client, event_id = staff(), event.id
    assert client.post(path(event, "/second-language"), data={"language": "uk"}).status_code == 303
    assert manner_of(event_id).second == "uk"
    assert client.post(path(event, "/second-language"), data={"language": "xx"}).status_code == 422


@pytest.mark.parametrize("rest", ["/nothing/en", "/invitation/xx", "/own/en", "/confirmation/en"])
def test_unknown_kind_or_language_is_not_there(staff: Callable[..., Client], event: Event, rest: str) -> None:
    assert staff().get(path(event, rest)).status_code == 404


def test_every_kind_opens_in_every_language(staff: Callable[..., Client], event: Event) -> None:
    from eventsapp.mail import kinds

    client = staff()
    keys = [kind.key for kind in kinds.all_kinds(client.application.jinja_env)]
    for key in keys:
        for language in event.languages:
            assert client.get(path(event, f"/{key}/{language}")).status_code == 200, (key, language)


def test_code_that_no_database_takes_is_nobodys(staff: Callable[..., Client], event: Event) -> None:
    for rest in ("/invitation/en", "/invitation/en/test"):
        assert staff().post(path(event, rest), data=WORDS | {"guest": "\x00"}).status_code == 303


def test_guest_of_another_event_is_never_shown(
    staff: Callable[..., Client], event: Event, db_session: scoped_session[Any]
) -> None:
    with transaction():
        other = make_guest(make_event("Other", published=True), "Somebody Else", language="en")
        code = other.code
    page = staff().get(path(event, f"/invitation/en?guest={code}")).text
    assert "Somebody Else" not in page


def test_words_want_the_right_to_edit_the_event(staff: Callable[..., Client], event: Event) -> None:
    client = staff(role=Role.REGISTRAR, event=event)
    assert client.get(path(event)).status_code == 403
    assert client.post(path(event, "/invitation/en"), data=WORDS).status_code == 403
