"""Sending: lease a batch, hand each message over outside of any transaction, store what became of it.

A crash between handing over and storing sends the message again when the lease runs out, under the same
Message-ID, by which mail programs and servers know the repeat.
"""

import smtplib
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.utils import parseaddr
from typing import Any, cast

import structlog
from flask import Flask, current_app
from sqlalchemy import select, update

from eventsapp.access.identity import SYSTEM, Actor, ActorKind
from eventsapp.core import clock
from eventsapp.core.config import Settings
from eventsapp.core.db import db, transaction
from eventsapp.jobs import handlers, leases
from eventsapp.mail import bounces, message, pointless, rendering, signals, texts, transport
from eventsapp.mail.enums import MailState
from eventsapp.mail.models import Mail

BATCH = 20
NEEDLESS = "not needed any more"  # of a message that was withdrawn just before it left

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Outgoing:
    """A leased message, free of the session it was read in."""

    id: int
    code: str
    event_id: int | None
    template: str
    language: str
    to_address: str
    to_name: str
    context: dict[str, Any]
    message_id: str
    attempts: int
    leased_until: datetime | None
    guest_id: int | None
    sent_by_id: int | None


def send_due() -> int:
    """Send a batch of due messages; how many were sent, put off or given up."""
    settings = cast(Settings, current_app.extensions["settings"])
    now = clock.now()
    ids = leases.take(Mail, Mail.state == MailState.QUEUED, now=now, limit=BATCH)
    if not ids:
        return 0
    sender = message.address(*reversed(parseaddr(settings.mail_sender)))
    batch = _named(ids, sender)
    if not batch:
        return len(ids)
    with ExitStack() as stack:
        try:
            way = stack.enter_context(transport.open_way(settings))
        except (OSError, ValueError) as error:  # the way is closed: all wait
            log.warning("mail.no_way_out", error=type(error).__name__)
            for outgoing in batch:
                _put_off(outgoing, error)
            return 0
        return _send_each(batch, way, sender, now + leases.LEASE - leases.MARGIN)


def _named(ids: list[int], sender: Address) -> list[Outgoing]:
    """The leased messages that are still needed; each has its Message-ID stored before it can leave."""
    with transaction() as session:
        rows = session.scalars(select(Mail).where(Mail.id.in_(ids)).order_by(Mail.due_at, Mail.id)).all()
        needless = pointless.among(rows)
        for row in needless:
            row.state, row.leased_until, row.last_error = MailState.CANCELLED, None, NEEDLESS
        rows = [row for row in rows if row not in needless]
        for row in rows:
            row.message_id = row.message_id or message.new_message_id(row.code, sender)
        return [_outgoing(row) for row in rows]


def _outgoing(row: Mail) -> Outgoing:
    return Outgoing(
        row.id,
        row.code,
        row.event_id,
        row.template,
        row.language,
        row.to_address,
        row.to_name,
        dict(row.context),
        row.message_id,
        row.attempts,
        row.leased_until,
        row.guest_id,
        row.sent_by_id,
    )


def _send_each(batch: list[Outgoing], way: transport.Delivery, sender: Address, until: datetime) -> int:
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    manners = _manners(batch)
    for done, outgoing in enumerate(batch):
        if clock.now() > until:
            leases.release(Mail, [left.id for left in batch[done:]])
            return done
        try:
            rendered = _send(app, outgoing, manners.get(outgoing.event_id or 0, texts.OURS), way, sender)
        except smtplib.SMTPServerDisconnected as error:
            leases.release(Mail, [left.id for left in batch[done + 1 :]])
            _put_off(outgoing, error)
            return done + 1
        except transport.NoSuchAddress as error:
            bounces.mark(outgoing.id, error.status, was=MailState.QUEUED, now=clock.now())
        except Exception as error:  # noqa: BLE001 -- one broken message must not hold up the others
            log.warning("mail.not_sent", mail=outgoing.code, error=type(error).__name__)
            _put_off(outgoing, error)
        else:
            _mark_sent(outgoing, rendered)
    return len(batch)


def _manners(batch: list[Outgoing]) -> dict[int, texts.Manner]:
    found = texts.manners(outgoing.event_id for outgoing in batch)
    db.session.remove()  # ends the read: nothing is held while servers are waited for
    return found


def _send(
    app: Flask, outgoing: Outgoing, manner: texts.Manner, way: transport.Delivery, sender: Address
) -> rendering.Rendered:
    rendered = rendering.render(
        app,
        outgoing.template,
        outgoing.language,
        outgoing.to_name,
        outgoing.context,
        manner,
        inert=bool(outgoing.context.get("inert")),
    )
    built = message.build(
        rendered,
        sender=sender,
        to_address=outgoing.to_address,
        to_name=outgoing.to_name,
        message_id=outgoing.message_id,
        language=outgoing.language,
        at=clock.now(),
        unsubscribe=rendering.unsubscribe_link(app, outgoing.template, outgoing.context),
    )
    way.send(outgoing.code, built)
    return rendered


def _mark_sent(outgoing: Outgoing, rendered: rendering.Rendered) -> None:
    now = clock.now()
    with transaction() as session:
        first = session.execute(
            update(Mail)
            .where(Mail.id == outgoing.id, Mail.state != MailState.SENT)
            .values(
                state=MailState.SENT,
                sent_at=now,
                leased_until=None,
                attempts=outgoing.attempts + 1,
                last_error="",
                subject=rendered.subject,
                text=rendered.text,
                html=rendered.html,
            )
            .returning(Mail.id)
        ).first()
        if first is None:
            return  # another worker was quicker, this one's lease having run out
        signals.mail_sent.send(
            mail_id=outgoing.id,
            template=outgoing.template,
            guest_id=outgoing.guest_id,
            actor=Actor(ActorKind.STAFF, outgoing.sent_by_id) if outgoing.sent_by_id else SYSTEM,
            now=now,
        )


def _put_off(outgoing: Outgoing, error: Exception) -> None:
    now = clock.now()
    failures = outgoing.attempts + 1
    again = None if isinstance(error, transport.Refused) else leases.next_try(failures, now)
    leases.store(
        Mail,
        outgoing.id,
        Mail.state == MailState.QUEUED,
        Mail.leased_until == outgoing.leased_until,
        state=MailState.QUEUED if again else MailState.FAILED,
        attempts=failures,
        due_at=again or now,
        last_error=f"{type(error).__name__}: {error}"[:2000],
    )


def init_app(app: Flask) -> None:  # noqa: ARG001 -- the registry's signature
    """Let the worker send mail."""
    handlers.register_round(send_due)
