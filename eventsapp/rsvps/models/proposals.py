"""Proposal, MailedCode."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsapp.access.identity import ActorKind
from eventsapp.core.codes import public_code
from eventsapp.core.db import Identified, Model, Stamped
from eventsapp.rsvps.enums import Channel, Decision, ProposalKind
from eventsapp.rsvps.models.guests import Guest


class Proposal(Identified, Stamped, Model):
    """Something asked for that the organiser decides: a late answer, a change after approval, a substitute.

    `wanted` is what would be done, as JSON that the service of its kind reads back. `public_reason` is told
    to whoever asked, `private_reason` to staff alone.
    """

    __table_args__ = (Index(None, "event_id", "decision", "id"), Index(None, "guest_id", "decision"))

    code: Mapped[str] = mapped_column(String(16), unique=True, default=lambda: public_code(12))
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    guest_id: Mapped[int] = mapped_column(ForeignKey("guest.id", ondelete="CASCADE"))
    kind: Mapped[ProposalKind]
    wanted: Mapped[dict[str, Any]]
    channel: Mapped[Channel]
    actor_kind: Mapped[ActorKind]
    actor_id: Mapped[int | None] = mapped_column(BigInteger)
    decision: Mapped[Decision] = mapped_column(default=Decision.WAITING)
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_user.id", ondelete="SET NULL"))
    public_reason: Mapped[str] = mapped_column(String(300), default="")
    private_reason: Mapped[str] = mapped_column(String(300), default="")
    guest: Mapped[Guest] = relationship()


class MailedCode(Identified, Stamped, Model):
    """A code mailed to a guest's address to prove that a new browser is theirs; used once, for minutes.

    Only a digest is stored. `tries` counts wrong guesses, and too many end it.
    """

    guest_id: Mapped[int] = mapped_column(ForeignKey("guest.id", ondelete="CASCADE"), index=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    expires_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[datetime | None]
