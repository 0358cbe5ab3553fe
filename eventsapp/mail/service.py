"""Queueing messages: rows in the caller's transaction, one for each cause."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import Table, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import CursorResult

from eventsapp.access.identity import Actor, ActorKind
from eventsapp.core import languages
from eventsapp.core.codes import public_code
from eventsapp.core.db import db, insert_new, is_sqlite
from eventsapp.jobs import waking
from eventsapp.mail.enums import MailState
from eventsapp.mail.models import Mail


@dataclass(frozen=True)
class Message:
    """One of many messages to queue; the fields are what `queue` takes."""

    template: str
    to_address: str
    language: str
    context: Mapping[str, Any]
    dedupe_key: str
    to_name: str = ""
    event_id: int | None = None
    guest_id: int | None = None
    due_at: datetime | None = None


def queue(
    template: str,
    *,
    to_address: str,
    to_name: str = "",
    language: str,
    context: Mapping[str, Any],
    dedupe_key: str,
    event_id: int | None = None,
    guest_id: int | None = None,
    actor: Actor,
    now: datetime,
    due_at: datetime | None = None,
) -> str:
    """Store a message to be sent soon after the commit (or at `due_at`); the public code of its row.

    `template` names a folder of `templates/mail/`, `language` (a BCP 47 tag) is the reader's. `context`
    fills the template and must be JSON: texts, numbers, language maps, whole links; times as ISO texts.
    A `dedupe_key` (at most 120 characters, naming cause and receiver) that was used before stores nothing:
    the earlier row's code is returned, also when it was queued at the same moment by somebody else.
    """
    message = Message(
        template, to_address, language, context, dedupe_key, to_name, event_id, guest_id, due_at
    )
    values = _values(message, actor, now)
    connection = db.session.connection()
    new: str | None = connection.scalar(_insert_unless_queued(on_sqlite=is_sqlite(connection)), values)
    waking.after_commit()
    return new or db.session.scalars(select(Mail.code).where(Mail.dedupe_key == dedupe_key)).one()


@cache
def _insert_unless_queued(*, on_sqlite: bool) -> Any:
    """Made once, and past the ORM: a crowd's confirmations are written while their seats are held."""
    table = cast(Table, Mail.__table__)
    insert = sqlite.insert if on_sqlite else postgresql.insert
    return insert(table).on_conflict_do_nothing(index_elements=[table.c.dedupe_key]).returning(table.c.code)


def queue_many(messages: Sequence[Message], *, actor: Actor, now: datetime) -> int:
    """Store many messages by one statement; how many were new.

    For each of them holds what `queue` promises. Some hundreds at a time are right: the transaction holds
    up other writers for as long as it lasts.
    """
    if not messages:
        return 0
    rows = [_values(message, actor, now) for message in messages]
    table = cast(Table, Mail.__table__)
    stored = insert_new(db.session.connection(), table).returning(table.c.id)
    waking.after_commit()
    return len(db.session.execute(stored, rows).all())


def _values(message: Message, actor: Actor, now: datetime) -> dict[str, Any]:
    json.dumps(message.context)
    return {
        "code": public_code(12),
        "event_id": message.event_id,
        "guest_id": message.guest_id,
        "template": message.template,
        "language": languages.normalise(message.language),
        "to_address": message.to_address,
        "to_name": message.to_name,
        "context": dict(message.context),
        "dedupe_key": message.dedupe_key,
        "message_id": "",
        "state": MailState.QUEUED,
        "due_at": message.due_at or now,
        "created_at": now,
        "sent_by_id": actor.id if actor.kind is ActorKind.STAFF else None,
    }


def cancel(dedupe_key: str) -> bool:
    """Withdraw a message that became pointless. False where it was sent already or never queued."""
    done: CursorResult[Any] = db.session.execute(  # type: ignore[assignment]
        update(Mail)
        .where(Mail.dedupe_key == dedupe_key, Mail.state == MailState.QUEUED)
        .values(state=MailState.CANCELLED)
    )
    return bool(done.rowcount)


def hold_back(mail: Mail, *, now: datetime) -> bool:
    """Withdraw a message that waits. False where it has left, or is leaving at this moment."""
    done: CursorResult[Any] = db.session.execute(  # type: ignore[assignment]
        update(Mail)
        .where(
            Mail.id == mail.id,
            Mail.state == MailState.QUEUED,
            or_(Mail.leased_until.is_(None), Mail.leased_until <= now),
        )
        .values(state=MailState.CANCELLED)
    )
    return bool(done.rowcount)


def try_again(mail: Mail, *, now: datetime) -> None:
    """Queue a message that failed or was held back once more, as if it had never been tried."""
    mail.state, mail.due_at, mail.attempts, mail.leased_until = MailState.QUEUED, now, 0, None
    waking.after_commit()
    db.session.flush()
