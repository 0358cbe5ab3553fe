"""Own words are kept by the event, and the worker sends them."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from eventsapp.access.identity import SYSTEM
from eventsapp.core.db import transaction
from eventsapp.mail import kinds, texts
from eventsapp.mail.models import Mail, MailText
from eventsapp.mail.sending import send_due
from eventsapp.rsvps import service
from tests.factories.events import make_event
from tests.factories.rsvps import make_guest
from tests.support.clocks import Clock


@pytest.fixture
def invited(app: Flask, db_session: scoped_session[Any], clock: Clock) -> dict[str, Any]:
    """An event with words of its own, a guest of it and one of another event."""
    kind = kinds.kind_of(app.jinja_env, "invitation")
    with transaction():
        event, other = make_event("One", published=True), make_event("Two", published=True)
        guests = [make_guest(event, "Ada", language="en"), make_guest(other, "Ben", language="en")]
        texts.set_words(
            event.id,
            kind,
            "EN",
            "Do come, {{name}}",
            "{{event}}: {{invitation_link}}",
            actor=SYSTEM,
            now=clock.now,
        )
        for guest in guests:
            service.invite(guest, actor=SYSTEM, now=clock.now)
        return {"event_id": event.id, "kind": kind, "guests": [guest.id for guest in guests]}


def sent(session: scoped_session[Any]) -> list[str]:
    session.rollback()
    while send_due():
        pass
    return list(session.scalars(select(Mail.subject).order_by(Mail.id)))


def test_event_writes_in_its_own_words_and_no_other_does(
    db_session: scoped_session[Any], clock: Clock, invited: dict[str, Any]
) -> None:
    assert sent(db_session) == ["Do come, Ada", "Invitation: Two"]


def test_words_are_changed_and_given_up(
    db_session: scoped_session[Any], clock: Clock, invited: dict[str, Any]
) -> None:
    event_id, kind = invited["event_id"], invited["kind"]
    with transaction():
        texts.set_words(event_id, kind, "en", "New", "{{invitation_link}}", actor=SYSTEM, now=clock.now)
    assert [text.subject for text in db_session.scalars(select(MailText))] == ["New"]
    with transaction():
        assert texts.back_to_ours(event_id, kind.key, "en", actor=SYSTEM, now=clock.now)
        assert not texts.back_to_ours(event_id, kind.key, "en", actor=SYSTEM, now=clock.now)
    assert sent(db_session)[0] == "Invitation: One"


def test_second_language_is_chosen_and_given_up(
    db_session: scoped_session[Any], clock: Clock, invited: dict[str, Any]
) -> None:
    event_id = invited["event_id"]
    with transaction():
        texts.set_second_language(event_id, "uk", actor=SYSTEM, now=clock.now)
    assert texts.manner_of(event_id).second == "uk"
    sent(db_session)
    text = db_session.scalars(select(Mail.text).order_by(Mail.id)).first()
    assert text is not None
    assert "* * *" in text
    with transaction():
        texts.set_second_language(event_id, "", actor=SYSTEM, now=clock.now)
    assert texts.manner_of(event_id).second == ""
