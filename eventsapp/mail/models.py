"""Messages as rows."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eventsapp.core.db import Identified, Model, Stamped
from eventsapp.mail.enums import MailState


class Mail(Identified, Stamped, Model):
    """One message to one address.

    `dedupe_key` is unique: the same cause never queues a second message. `context` fills the
    template `templates/mail/<template>/`; what was really sent is kept in subject, text and html.
    """

    __table_args__ = (
        UniqueConstraint("dedupe_key"),
        Index(None, "state", "due_at"),
        Index(None, "event_id", "id"),
    )

    code: Mapped[str] = mapped_column(String(16), unique=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    guest_id: Mapped[int | None] = mapped_column(ForeignKey("guest.id", ondelete="SET NULL"), index=True)
    template: Mapped[str] = mapped_column(String(60))
    language: Mapped[str] = mapped_column(String(35))
    to_address: Mapped[str] = mapped_column(String(320))
    to_name: Mapped[str] = mapped_column(String(300), default="")
    context: Mapped[dict[str, Any]] = mapped_column(default=dict)
    dedupe_key: Mapped[str] = mapped_column(String(120))
    message_id: Mapped[str] = mapped_column(String(120))
    state: Mapped[MailState] = mapped_column(default=MailState.QUEUED)
    due_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(Text, default="")
    sent_at: Mapped[datetime | None]
    subject: Mapped[str] = mapped_column(Text, default="")
    text: Mapped[str] = mapped_column(Text, default="")
    html: Mapped[str] = mapped_column(Text, default="")
    sent_by_id: Mapped[int | None] = mapped_column(BigInteger)
    bounced_at: Mapped[datetime | None]
    bounce_reason: Mapped[str] = mapped_column(String(300), default="")


class MailText(Identified, Stamped, Model):
    """An event's own words for one kind of mail in one language; without a row our words are used.

    `subject` is one line, `body` is Markdown; both may name the placeholders of `texts.py` and no others.
    """

    __table_args__ = (UniqueConstraint("event_id", "template", "language"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    template: Mapped[str] = mapped_column(String(60))
    language: Mapped[str] = mapped_column(String(35))
    subject: Mapped[str] = mapped_column(String(300))
    body: Mapped[str] = mapped_column(Text)


class MailManner(Model):
    """How an event writes to its guests: `second_language` follows below the guest's own; "": none does."""

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    second_language: Mapped[str] = mapped_column(String(35), default="")
