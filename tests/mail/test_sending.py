"""From a row to a message in somebody's hands."""

import smtplib
import socket
import threading
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import SMTP, compat32
from email.utils import parseaddr
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from jinja2 import ChoiceLoader, DictLoader
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from eventsapp.access.identity import SYSTEM
from eventsapp.core.config import Settings
from eventsapp.core.db import db, transaction
from eventsapp.jobs import leases
from eventsapp.mail import message, transport
from eventsapp.mail.enums import MailState
from eventsapp.mail.models import Mail
from eventsapp.mail.rendering import WORD_JOINER, Rendered, defused
from eventsapp.mail.sending import send_due
from eventsapp.mail.service import queue
from eventsapp.mail.transport import Server
from tests.support.clocks import Clock
from tests.support.databases import Database

NOTE = {
    "mail/note/subject.txt": "{{ title|tx_plain }}\n",
    "mail/note/body.txt": (
        "{% extends 'mail/layout.txt' %}{% block content %}"
        "{{ name }}, {{ title|tx_plain }}: {{ page_url }}{% endblock %}"
    ),
    "mail/note/body.html": (
        "{% extends 'mail/layout.html' %}{% import 'mail/parts.html' as mail %}"
        "{% block title %}{{ title|tx_plain }}{% endblock %}"
        "{% block content %}<p>{{ name }}</p>{{ mail.button(page_url, 'Open') }}{% endblock %}"
    ),
    "mail/broken/subject.txt": "{{ nobody.name }}",
}
PAGE = "https://events.example/i/abc.def"
CONTEXT = {"name": "Іван Петренко", "title": {"en": "A visit", "uk": "Візит"}, "page_url": PAGE}


@pytest.fixture(autouse=True)
def templates(app: Flask) -> Iterator[None]:
    """A small message that stands for any."""
    loader = app.jinja_env.loader
    assert loader is not None
    app.jinja_env.loader = ChoiceLoader([DictLoader(NOTE), loader])
    yield
    app.jinja_env.loader = loader


def put(clock: Clock, key: str = "note:1", template: str = "note", **changes: Any) -> Mail:
    given: dict[str, Any] = {"to_address": "ivan@example.org", "to_name": "Іван Петренко", "language": "uk"}
    given |= {"context": CONTEXT} | changes
    with transaction():
        code = queue(template, dedupe_key=key, actor=SYSTEM, now=clock.now, **given)
        return db.session.scalars(select(Mail).where(Mail.code == code)).one()


def stored(session: scoped_session[Any]) -> Mail:
    session.rollback()
    return session.scalars(select(Mail)).one()  # type: ignore[no-any-return]


def files(app: Flask) -> list[EmailMessage]:
    folder: Path = app.extensions["settings"].outbox
    return [parsed(path.read_bytes()) for path in sorted(folder.iterdir())]


def parsed(content: bytes) -> EmailMessage:
    return message_from_bytes(content, policy=SMTP)  # type: ignore[return-value]


def body(received: EmailMessage, kind: str) -> str:
    part = received.get_body((kind,))
    assert part is not None
    return str(part.get_content())


class Postbox:
    """What an SMTP server took, and whom it refuses."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.answer = ""

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 -- aiosmtpd's name
        if self.answer:
            return self.answer
        self.received.append(parsed(envelope.content))
        return "250 OK"


@pytest.fixture
def postbox(database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[Postbox]:
    """A mail server that the application is told to use."""
    box = Postbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    settings = database.settings.model_copy(update={"mail_url": f"smtp://127.0.0.1:{port}"})
    monkeypatch.setitem(database.app.extensions, "settings", settings)
    yield box
    controller.stop()


def test_message_without_a_server_becomes_a_file(
    app: Flask, db_session: scoped_session[Any], clock: Clock
) -> None:
    code = put(clock).code
    assert send_due() == 1
    mail = stored(db_session)
    assert (mail.state, mail.subject, mail.sent_at) == (MailState.SENT, "Візит", clock.now)
    (received,) = files(app)
    assert received["Subject"] == "Візит"
    assert received["To"].addresses[0].display_name == "Іван Петренко"
    assert received["Message-ID"] == f"<{code.lower()}@localhost>" == mail.message_id
    assert received["Auto-Submitted"] == "auto-generated"
    assert received["Date"].datetime == clock.now
    assert PAGE in body(received, "plain")
    assert f'href="{PAGE}"' in body(received, "html")
    assert 'lang="uk"' in body(received, "html")
    assert not received.defects


def test_file_is_for_this_user_alone(app: Flask, db_session: scoped_session[Any], clock: Clock) -> None:
    put(clock)
    send_due()
    (path,) = app.extensions["settings"].outbox.iterdir()
    assert path.stat().st_mode & 0o077 == 0


def test_message_goes_out_by_smtp(postbox: Postbox, db_session: scoped_session[Any], clock: Clock) -> None:
    for number in range(25):
        put(clock, f"note:{number}")
    assert (send_due(), send_due(), send_due()) == (20, 5, 0)
    assert len({str(received["Message-ID"]) for received in postbox.received}) == 25
    assert body(postbox.received[0], "plain").startswith(f"Іван Петренко, Візит: {PAGE}")


def test_server_that_is_busy_is_asked_again_later(
    postbox: Postbox, db_session: scoped_session[Any], clock: Clock
) -> None:
    put(clock)
    postbox.answer = "451 come back"
    send_due()
    mail = stored(db_session)
    assert (mail.state, mail.attempts, mail.due_at) == (MailState.QUEUED, 1, clock.now + leases.PAUSES[0])
    assert send_due() == 0
    postbox.answer = ""
    clock.forward(seconds=20)
    assert send_due() == 1
    assert stored(db_session).state is MailState.SENT


def test_message_is_given_up_after_the_last_pause(
    postbox: Postbox, db_session: scoped_session[Any], clock: Clock
) -> None:
    put(clock)
    postbox.answer = "451 come back"
    for pause in (*leases.PAUSES, timedelta()):
        assert stored(db_session).state is MailState.QUEUED
        send_due()
        clock.now += pause
    mail = stored(db_session)
    assert (mail.state, mail.attempts) == (MailState.FAILED, len(leases.PAUSES) + 1)
    assert "come back" in mail.last_error


def test_final_refusal_is_not_tried_again(
    postbox: Postbox, db_session: scoped_session[Any], clock: Clock
) -> None:
    put(clock)
    postbox.answer = "550 no such mailbox"
    send_due()
    assert stored(db_session).state is MailState.FAILED


def test_closed_server_keeps_all_messages(
    database: Database, db_session: scoped_session[Any], clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = database.settings.model_copy(update={"mail_url": "smtp://127.0.0.1:1"})
    monkeypatch.setitem(database.app.extensions, "settings", settings)
    put(clock)
    assert send_due() == 0
    mail = stored(db_session)
    assert (mail.state, mail.attempts, mail.leased_until) == (MailState.QUEUED, 1, None)


def test_broken_message_does_not_hold_up_the_others(
    app: Flask, db_session: scoped_session[Any], clock: Clock
) -> None:
    put(clock, "broken", template="broken")
    put(clock, "whole")
    assert send_due() == 2
    assert len(files(app)) == 1
    broken = db_session.scalars(select(Mail).where(Mail.template == "broken")).one()
    assert broken.last_error.startswith("UndefinedError")


def test_bad_goodbye_does_not_send_twice(
    postbox: Postbox, db_session: scoped_session[Any], clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hang_up(_: smtplib.SMTP) -> None:
        raise TimeoutError

    monkeypatch.setattr(smtplib.SMTP, "quit", hang_up)
    put(clock)
    send_due()
    assert stored(db_session).state is MailState.SENT
    monkeypatch.undo()


def test_later_message_waits(app: Flask, db_session: scoped_session[Any], clock: Clock) -> None:
    put(clock, due_at=clock.now + timedelta(hours=1))
    assert send_due() == 0
    clock.forward(hours=1)
    assert send_due() == 1


def test_leased_message_is_nobody_elses_until_the_lease_runs_out(
    app: Flask, db_session: scoped_session[Any], clock: Clock
) -> None:
    put(clock)
    waiting = Mail.state == MailState.QUEUED
    assert len(leases.take(Mail, waiting, now=clock.now, limit=10)) == 1
    assert send_due() == 0
    clock.now += leases.LEASE
    assert send_due() == 1


@pytest.mark.slow
def test_eight_workers_send_each_message_once(
    app: Flask, postbox: Postbox, db_session: scoped_session[Any], clock: Clock
) -> None:
    for number in range(60):
        put(clock, f"note:{number}")

    def work() -> None:
        with app.app_context():
            while send_due():
                pass

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sent = [str(received["Message-ID"]) for received in postbox.received]
    assert (len(sent), len(set(sent))) == (60, 60)


@pytest.mark.parametrize("language", ["en", "zh-Hant", "uk", "fr", "ar"])
def test_every_language_is_rendered_with_a_fallback(
    app: Flask, db_session: scoped_session[Any], clock: Clock, language: str
) -> None:
    put(clock, language=language)
    send_due()
    (received,) = files(app)
    assert received["Subject"] == ("Візит" if language == "uk" else "A visit")
    assert received["Content-Language"] == language


HOSTILE = [
    "evil.example",
    "Visit https://evil.example/now",
    "www.evil.example",
    "boss@evil.example",
    "evil\u3002example",
    "MAILTO:boss@evil.example",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_name_that_reads_as_an_address_is_broken_up(
    app: Flask, db_session: scoped_session[Any], clock: Clock, name: str
) -> None:
    put(clock, context={**CONTEXT, "name": name}, to_name=name)
    send_due()
    (received,) = files(app)
    for kind in ("plain", "html"):
        text = body(received, kind)
        assert name not in text
        assert name in text.replace(WORD_JOINER, "")


def test_markup_in_a_name_stays_text(app: Flask, db_session: scoped_session[Any], clock: Clock) -> None:
    put(clock, context={**CONTEXT, "name": "<a href=x>Li</a>"})
    send_due()
    (received,) = files(app)
    assert "<a href=x>" not in body(received, "html")
    assert "&lt;a href=x&gt;" in body(received, "html")


def test_links_are_kept_whole_and_figures_too() -> None:
    given = {
        "page_url": PAGE,
        "contact_email": "a@b.example",
        "time": "09:30",
        "many": [{"x_link": PAGE}],
        "n": 3,
    }
    assert defused(given) == given


@pytest.mark.parametrize(
    "name",
    [
        "李四川",
        "O'Brien, Ada “the first” <a@b.example>",
        "Ім'я, " * 20,
        'A "quoted" \\ name',
        "أحمد",
        "x" * 200,
        "é, ü; (c)",
        "",
    ],
)
def test_receivers_name_survives_the_journey(name: str, clock: Clock) -> None:
    name, receiver = name.strip(), "li@xn--bcher-kva.example"
    built = message.build(
        Rendered("Тема " * 40, "Рядок\n" * 3, "<p>Рядок</p>"),
        sender=message.address("events@example.org", "Міська рада"),
        to_address="li@bücher.example",
        to_name=name,
        message_id="<abc@example.org>",
        language="uk",
        at=clock.now,
    )
    received = parsed(built.as_bytes())
    # read by the older of the library's two readers: the newer puts spaces between encoded words
    raw = message_from_bytes(built.as_bytes(), policy=compat32)["To"]
    written, address = parseaddr(raw.replace("\r\n ", " "))
    assert (str(make_header(decode_header(written))), address) == (name, receiver)
    assert str(received["Subject"]).strip() == ("Тема " * 40).strip()
    assert body(received, "plain").replace("\r\n", "\n") == "Рядок\n" * 3
    assert max(len(line) for line in built.as_bytes().splitlines()) <= 998


@pytest.mark.parametrize("attack", ["a\r\nBcc: all@example.org", "a\nX: y"])
def test_header_cannot_be_smuggled_in(attack: str) -> None:
    with pytest.raises(ValueError, match="CR or LF"):
        message.address("a@example.org", attack)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example", Server("smtp", "mail.example", 25, "", "", "offered")),
        ("smtp://u%40x:p%3A@mail.example", Server("smtp", "mail.example", 587, "u@x", "p:", "required")),
        ("smtps://u:p@mail.example:4650", Server("smtps", "mail.example", 4650, "u", "p", "required")),
        ("smtp://mail.example:2525?tls=off", Server("smtp", "mail.example", 2525, "", "", "off")),
    ],
)
def test_server_is_read_from_its_address(url: str, expected: Server) -> None:
    assert Server.from_url(url) == expected


@pytest.mark.parametrize("url", ["http://mail.example", "smtp://", "mail.example:25"])
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(ValueError, match="EVENTSAPP_MAIL_URL"):
        Server.from_url(url)


def test_password_does_not_travel_in_the_clear(postbox: Postbox, database: Database) -> None:
    port = Server.from_url(database.app.extensions["settings"].mail_url).port
    settings = Settings(
        instance=database.settings.instance, mail_url=f"smtp://u:p@127.0.0.1:{port}?tls=required"
    )
    with pytest.raises(OSError, match="no TLS"), transport.open_way(settings):
        pass
