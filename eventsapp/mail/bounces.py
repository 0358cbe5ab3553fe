"""Mail that came back: the message is marked, and whoever keeps the address is told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

import structlog
from sqlalchemy import select, update

from eventsapp.access.identity import SYSTEM
from eventsapp.audit.service import record
from eventsapp.core.db import db, transaction
from eventsapp.core.text import N_
from eventsapp.mail import reports, signals
from eventsapp.mail.enums import MailState
from eventsapp.mail.models import Mail

log = structlog.get_logger(__name__)

# RFC 3463: what a server means. The nearest that is known is said: the whole code, its class, or the last.
REASONS: Mapping[str, str] = {
    "5.1.1": N_("There is no such mailbox."),
    "5.1.2": N_("There is no such mail server."),
    "5.1.10": N_("This address takes no mail."),
    "5.2.1": N_("The mailbox is closed."),
    "5.2.2": N_("The mailbox is full."),
    "4.2.2": N_("The mailbox is full."),
    "5.2.3": N_("The message is too large for the mailbox."),
    "5.1": N_("The address is wrong."),
    "5.2": N_("The mailbox does not take the message."),
    "5.3": N_("The mail server does not take the message."),
    "4.4": N_("The mail server could not be reached for days."),
    "5.4": N_("The mail server could not be reached."),
    "5.6": N_("The mail server does not take a message of this form."),
    "5.7": N_("The mail server refuses the message by its rules."),
    "": N_("The mail server does not take the message."),
}


@dataclass(frozen=True)
class Taken:
    """How many messages were marked, and how many reports named none of ours."""

    marked: int = 0
    ignored: int = 0


def reason_of(status: str) -> str:
    """A status code in words: a catalogue entry."""
    return REASONS.get(status) or REASONS.get(status.rpartition(".")[0]) or REASONS[""]


def take(stream: BinaryIO, *, now: datetime) -> Taken:
    """Read one message or an mbox; mark what is reported, each in a transaction of its own.

    Believed is only what names a message of ours and the very address it went to. Everything else is
    ignored, with a line in the log.
    """
    marked = ignored = 0
    for content in reports.messages(stream):
        found = [failure for failure in reports.failures(content) if _take(failure, now)]
        marked += len(found)
        if not found:
            ignored += 1
            log.info("mail.report_ignored", size=len(content))
    return Taken(marked, ignored)


def _take(failure: reports.Failure, now: datetime) -> bool:
    message_id = failure.message_id.encode("utf-8", "replace").decode()
    mail = db.session.scalar(select(Mail).where(Mail.message_id == message_id, Mail.state == MailState.SENT))
    if mail is None or mail.to_address.lower() not in failure.addresses:
        return False
    return mark(mail.id, failure.status, was=MailState.SENT, now=now)


class OvertakenError(Exception):
    """Somebody else changed the message meanwhile."""


def mark(mail_id: int, status: str, *, was: MailState, now: datetime) -> bool:
    """Store that a message came back, or was refused because of its address; opens its own transaction.

    `status` is a code of RFC 3463. False where the message is no longer as it `was`.
    """
    try:
        with transaction():
            come_back(mail_id, status, was=was, now=now)
    except OvertakenError:
        return False
    return True


def come_back(mail_id: int, status: str, *, was: MailState, now: datetime) -> None:
    """The same inside the caller's transaction. Raises `OvertakenError`, and nothing of it may be stored."""
    mail = db.session.get_one(Mail, mail_id)
    # In the order of all locks: the guest, who is a receiver's affair, then the message, last the record.
    signals.mail_bounced.send(
        mail_id=mail.id,
        template=mail.template,
        guest_id=mail.guest_id,
        address=mail.to_address,
        reason=status,
        actor=SYSTEM,
        now=now,
    )
    marked = db.session.execute(
        update(Mail)
        .where(Mail.id == mail_id, Mail.state == was)
        .values(state=MailState.BOUNCED, bounced_at=now, bounce_reason=status, leased_until=None)
        .returning(Mail.id)
    ).first()
    if marked is None:
        raise OvertakenError
    record("mail.bounced", "mail", mail_id, actor=SYSTEM, now=now, event_id=mail.event_id, status=status)
