"""A mail program can end reminders with its own button, and nothing else."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from eventsapp.access.identity import SYSTEM
from eventsapp.core.db import transaction
from eventsapp.mail.models import Mail
from eventsapp.mail.sending import send_due
from eventsapp.rsvps import messages, service
from eventsapp.rsvps.models import Guest
from tests.factories.events import make_event
from tests.factories.rsvps import make_guest
from tests.support.clients import Client
from tests.support.clocks import Clock
from tests.support.postboxes import parsed


@pytest.fixture
def reminded(app: Flask, db_session: scoped_session[Any], clock: Clock) -> dict[str, Any]:
    """The headers of an invitation and of a reminder, by template."""
    with transaction():
        event = make_event("One", published=True)
        guest = make_guest(event, "Ada", language="en")
        service.invite(guest, actor=SYSTEM, now=clock.now)
        messages.reminders(event, [guest], actor=SYSTEM, now=clock.now)
    send_due()
    outbox = app.extensions["settings"].outbox
    codes = dict(db_session.execute(select(Mail.template, Mail.code)).all())  # type: ignore[arg-type]
    return {template: parsed((outbox / f"{code}.eml").read_bytes()) for template, code in codes.items()}


def test_only_a_reminder_can_be_ended(reminded: dict[str, Any]) -> None:
    reminder = reminded["reminder"]
    assert "/reminders/" in reminder["List-Unsubscribe"]
    assert reminder["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert reminded["invitation"]["List-Unsubscribe"] is None


def test_mail_program_ends_reminders_without_a_page(
    db_session: scoped_session[Any], client: Client, csrf: None, reminded: dict[str, Any]
) -> None:
    link = str(reminded["reminder"]["List-Unsubscribe"]).strip("<>")
    path = "/" + link.split("/", 3)[3]
    assert client.get(path).status_code == 200
    assert not db_session.scalars(select(Guest.reminders_off)).one(), "opening the link changes nothing"
    assert client.post(path, data={"off": "1"}).status_code == 400, "a page of ours sends its token"
    answer = client.post(path, data={"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, answer.data) == (204, b"")
    assert db_session.scalars(select(Guest.reminders_off)).one()
