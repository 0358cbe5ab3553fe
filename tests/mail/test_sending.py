"""From a row to a message in somebody's hands."""

from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from jinja2 import ChoiceLoader, DictLoader
from sqlalchemy.orm import scoped_session

from eventsapp.access.identity import SYSTEM
from eventsapp.core.db import transaction
from eventsapp.mail.enums import MailState
from eventsapp.mail.models import Mail
from eventsapp.mail.sending import send_due
from eventsapp.mail.service import queue
from tests.support.clocks import Clock

NOTE = {
    "mail/note/subject.txt": "{{ _('Skip to the content') and title|tx_plain }}",
    "mail/note/body.txt": (
        "{% extends 'mail/layout.txt' %}{% block content %}"
        "{{ name }}, {{ title|tx_plain }}: {{ page_url }}{% endblock %}"
    ),
    "mail/note/body.html": (
        "{% extends 'mail/layout.html' %}{% import 'mail/parts.html' as mail %}"
        "{% block title %}{{ title|tx_plain }}{% endblock %}"
        "{% block content %}<p>{{ name }}</p>{{ mail.button(page_url, 'Open') }}{% endblock %}"
    ),
}
CONTEXT = {
    "name": "Іван Петренко",
    "title": {"en": "A visit", "uk": "Візит"},
    "page_url": "https://events.example/i/abc.def",
}


@pytest.fixture(autouse=True)
def note(app: Flask) -> Iterator[None]:
    """A small template that stands for any."""
    loader = app.jinja_env.loader
    app.jinja_env.loader = ChoiceLoader([DictLoader(NOTE), loader] if loader else [DictLoader(NOTE)])
    yield
    app.jinja_env.loader = loader
    if app.jinja_env.cache is not None:
        app.jinja_env.cache.clear()


def queued(clock: Clock, key: str = "note:1", **changes: Any) -> Mail:
    given: dict[str, Any] = {"to_address": "ivan@example.org", "to_name": "Іван Петренко", "language": "uk"}
    given |= {"context": CONTEXT} | changes
    with transaction():
        return queue("note", dedupe_key=key, actor=SYSTEM, now=clock.now, **given)


def written(app: Flask) -> list[EmailMessage]:
    folder: Path = app.extensions["settings"].outbox
    return [message_from_bytes(path.read_bytes(), policy=SMTP) for path in sorted(folder.glob("*.eml"))]  # type: ignore[arg-type]


def body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content())


def test_message_without_a_server_becomes_a_file(
    app: Flask, db_session: scoped_session[Any], clock: Clock
) -> None:
    code = queued(clock).code
    assert send_due() == 1
    mail = db_session.scalars(db_session.query(Mail).statement).one()
    assert (mail.state, mail.subject, mail.sent_at) == (MailState.SENT, "Візит", clock.now)
    (message,) = written(app)
    assert message["Subject"] == "Візит"
    assert message["To"].addresses[0].display_name == "Іван Петренко"
    assert message["Message-ID"] == f"<{code.lower()}@localhost>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"].datetime == clock.now
    assert "https://events.example/i/abc.def" in body(message, "plain")
    assert 'href="https://events.example/i/abc.def"' in body(message, "html")
    assert 'lang="uk"' in body(message, "html")
