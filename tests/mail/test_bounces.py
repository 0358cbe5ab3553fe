"""Mail that came back marks its message and its guest; what strangers write marks nothing."""

import io
import time
from email.message import EmailMessage
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from eventsapp.access.identity import SYSTEM
from eventsapp.audit.models import AuditEntry
from eventsapp.core.db import transaction
from eventsapp.mail import bounces, reports
from eventsapp.mail.bounces import Taken
from eventsapp.mail.enums import MailState
from eventsapp.mail.models import Mail
from eventsapp.mail.sending import send_due
from eventsapp.rsvps import service
from eventsapp.rsvps.enums import Recorded
from eventsapp.rsvps.models import Guest, ReplyRecord
from tests.factories.events import make_event
from tests.factories.rsvps import make_guest
from tests.support.clients import Runner
from tests.support.clocks import Clock
from tests.support.databases import Database
from tests.support.postboxes import opened

ADDRESS = "Ada@Example.org"


def report(
    message_id: str,
    *,
    address: str = "ada@example.org",
    action: str = "failed",
    status: str = "5.1.1",
    returned: str = "message/rfc822",
) -> bytes:
    """A delivery report as mail servers write it."""
    headers = f"From: events@localhost\r\nTo: {address}\r\nMessage-ID: {message_id}\r\nSubject: Come\r\n\r\n"
    body = headers + ("Come.\r\n" if returned == "message/rfc822" else "")
    return (
        "From: MAILER-DAEMON@mx.example.org\r\nTo: events@localhost\r\nSubject: Undelivered\r\n"
        "MIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mx.example.org\r\n\r\n"
        f"Final-Recipient: rfc822; {address}\r\nAction: {action}\r\nStatus: {status}\r\n"
        "Diagnostic-Code: smtp; 550 5.1.1 no such user\r\n"
        f"\r\n--b\r\nContent-Type: {returned}\r\n\r\n{body}\r\n--b--\r\n"
    ).encode()


def read(content: bytes, clock: Clock) -> Taken:
    return bounces.take(io.BytesIO(content), now=clock.now)


@pytest.fixture
def sent(app: Flask, db_session: scoped_session[Any], clock: Clock) -> Mail:
    """An invitation that left."""
    with transaction():
        event = make_event("One", published=True)
        guest = make_guest(event, "Ada", language="en", email=ADDRESS)
        service.invite(guest, actor=SYSTEM, now=clock.now)
    send_due()
    db_session.rollback()
    return db_session.scalars(select(Mail)).one()  # type: ignore[no-any-return]


def state(session: scoped_session[Any]) -> MailState:
    session.rollback()
    return session.scalars(select(Mail.state)).one()  # type: ignore[no-any-return]


@pytest.mark.parametrize("returned", ["message/rfc822", "text/rfc822-headers"])
def test_report_marks_message_and_guest(
    db_session: scoped_session[Any], clock: Clock, sent: Mail, returned: str
) -> None:
    assert read(report(sent.message_id, returned=returned), clock) == Taken(1, 0)
    assert state(db_session) is MailState.BOUNCED
    assert (sent.bounce_reason, sent.bounced_at) == ("5.1.1", clock.now)
    assert bounces.reason_of(sent.bounce_reason) == "There is no such mailbox."
    assert db_session.scalars(select(Guest.bounced_at)).one() == clock.now
    steps = db_session.scalars(select(ReplyRecord.answer).order_by(ReplyRecord.id)).all()
    assert steps[-1] == Recorded.BOUNCED
    assert "mail.bounced" in db_session.scalars(select(AuditEntry.action)).all()


def test_same_report_again_changes_nothing(db_session: scoped_session[Any], clock: Clock, sent: Mail) -> None:
    content = report(sent.message_id)
    assert read(content, clock) == Taken(1, 0)
    assert read(content, clock) == Taken(0, 1)
    steps = db_session.scalars(select(ReplyRecord.answer)).all()
    assert list(steps).count(Recorded.BOUNCED) == 1


def test_new_address_is_not_marked_by_the_old_ones_report_and_clears_the_mark(
    db_session: scoped_session[Any], clock: Clock, sent: Mail
) -> None:
    read(report(sent.message_id), clock)
    db_session.rollback()
    guest = db_session.scalars(select(Guest)).one()
    given = service.GuestInput(category=guest.category, email="new@example.org", language="en")
    with transaction():
        service.change_guest(guest, given, actor=SYSTEM, now=clock.now)
    assert guest.bounced_at is None


@pytest.mark.parametrize(
    "changes",
    [
        {"message_id": "<nobody@localhost>"},
        {"address": "eve@example.org"},
        {"action": "delayed"},
        {"action": "delivered", "status": "2.0.0"},
    ],
)
def test_report_that_is_not_about_us_is_ignored(
    db_session: scoped_session[Any], clock: Clock, sent: Mail, changes: dict[str, str]
) -> None:
    assert read(report(**{"message_id": sent.message_id, **changes}), clock) == Taken(0, 1)
    assert state(db_session) is MailState.SENT


def test_mbox_is_read_message_by_message(db_session: scoped_session[Any], clock: Clock, sent: Mail) -> None:
    letter = EmailMessage()
    letter["Subject"] = "Out of office"
    letter.set_content(f">From here I write. {sent.message_id}")
    pile = [letter.as_bytes(), report(sent.message_id), report("<nobody@localhost>")]
    mbox = b"".join(b"From MAILER-DAEMON Tue May 12 02:00:00 2026\n" + one + b"\n\n" for one in pile)
    assert read(mbox, clock) == Taken(1, 2)
    assert state(db_session) is MailState.BOUNCED


def nested(depth: int) -> bytes:
    opening = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n) for n in range(depth)
    )
    return b"MIME-Version: 1.0\r\n" + opening + b"x\r\n" * 20_000


HOSTILE = {
    "five megabytes": report("<x@localhost>") + b"A" * 5_000_000,
    "five megabytes of lines": report("<x@localhost>").replace(b"Sorry.", b"x\r\n" * 1_700_000),
    "five megabytes of blocks": report("<x@localhost>").replace(
        b"Reporting-MTA: dns; mx.example.org\r\n\r\n", b"Action: failed\r\n\r\n" * 280_000
    ),
    "nested a hundred deep": nested(100),
    "nested ten thousand deep": nested(10_000),
    "lone surrogates": report("<\\udc80@localhost>").replace(b"\\udc80", b"\xed\xb2\x80\xff"),
    "bytes": bytes(range(256)) * 1000,
    "nothing": b"",
    "wrong encodings": report("<x@localhost>").replace(
        b"message/delivery-status\r\n", b"message/delivery-status\r\nContent-Transfer-Encoding: base64\r\n"
    ),
    "an endless boundary": report("<x@localhost>").replace(
        b'boundary="b"', b'boundary="' + b"b" * 90_000 + b'"'
    ),
    "two returned messages": report("<x@localhost>").replace(
        b"--b--", b"--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <y@localhost>\r\n\r\n\r\n--b--"
    ),
    "an mbox of nothing": b"From x\n\n" * 20_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_report_is_read_quickly_and_marks_nothing(name: str) -> None:
    began = time.monotonic()
    found = [
        one for content in reports.messages(io.BytesIO(HOSTILE[name])) for one in reports.failures(content)
    ]
    assert time.monotonic() - began < 2
    assert not any(one.message_id == "<y@localhost>" for one in found)


@pytest.mark.parametrize("name", ["lone surrogates", "bytes", "nested a hundred deep"])
def test_hostile_report_does_not_reach_the_database(
    db_session: scoped_session[Any], clock: Clock, sent: Mail, name: str
) -> None:
    assert read(HOSTILE[name], clock) == Taken(0, 1)
    assert state(db_session) is MailState.SENT


def test_command_reads_standard_input(runner: Runner, clock: Clock, sent: Mail) -> None:
    result = runner("mail", "bounces", input=report(sent.message_id))
    assert (result.exit_code, result.stdout) == (0, "Marked: 1; ignored: 0\n")


@pytest.mark.parametrize(
    ("answer", "expected", "marked"),
    [
        ("550 5.1.1 no such user", MailState.BOUNCED, True),
        ("550 no such user", MailState.BOUNCED, True),
        ("550 5.7.1 we do not like you", MailState.FAILED, False),
        ("452 4.2.2 full for now", MailState.QUEUED, False),
    ],
)
def test_refusal_at_the_door_is_told_by_its_cause(
    database: Database,
    db_session: scoped_session[Any],
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
    answer: str,
    expected: MailState,
    marked: bool,
) -> None:
    with transaction():
        event = make_event("One", published=True)
        service.invite(make_guest(event, "Ada", email=ADDRESS), actor=SYSTEM, now=clock.now)
    with opened() as (box, url):
        settings = database.settings.model_copy(update={"mail_url": url})
        monkeypatch.setitem(database.app.extensions, "settings", settings)
        box.refused_receivers[ADDRESS.lower()] = answer
        send_due()
    assert state(db_session) is expected
    assert (db_session.scalars(select(Guest.bounced_at)).one() is not None) == marked
