"""Badge, BadgePrint."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsapp.access.identity import ActorKind
from eventsapp.badges.enums import BadgeState
from eventsapp.core.db import Identified, Model
from eventsapp.rsvps.models import Guest


class Badge(Identified, Model):
    """A guest's badge. Its signed code is made when it is drawn and never stored.

    `number` is the random 56-bit id inside the code; `short_code` is what a person types when a camera
    fails; `revision` (1–255) is the only one that opens doors.
    """

    __table_args__ = (
        CheckConstraint("revision BETWEEN 1 AND 255", name="revision"),
        Index(None, "event_id", "state"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    guest_id: Mapped[int] = mapped_column(ForeignKey("guest.id", ondelete="CASCADE"), unique=True)
    number: Mapped[int] = mapped_column(BigInteger, unique=True)
    short_code: Mapped[str] = mapped_column(String(12), unique=True)
    revision: Mapped[int] = mapped_column(default=1)
    state: Mapped[BadgeState] = mapped_column(default=BadgeState.ACTIVE)
    valid_from: Mapped[date] = mapped_column(Date)
    valid_until: Mapped[date] = mapped_column(Date)  # inclusive
    issued_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    revoke_reason: Mapped[str] = mapped_column(String(300), default="")
    guest: Mapped[Guest] = relationship()
    prints: Mapped[list["BadgePrint"]] = relationship(order_by="BadgePrint.id")


class BadgePrint(Identified, Model):
    """A badge was drawn for printing: which revision, when, by whom, on which sheet.

    `face_digest` is what was printed, so that "only new or changed" can be told.
    """

    __table_args__ = (Index(None, "badge_id", "id"),)

    badge_id: Mapped[int] = mapped_column(ForeignKey("badge.id", ondelete="CASCADE"))
    revision: Mapped[int]
    face_digest: Mapped[str] = mapped_column(String(64))
    sheet: Mapped[str] = mapped_column(String(12))
    printed_at: Mapped[datetime]
    actor_kind: Mapped[ActorKind]
    actor_id: Mapped[int | None] = mapped_column(BigInteger)
