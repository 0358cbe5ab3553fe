"""Checkpoint, Scan, Admission."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsapp.core.codes import public_code
from eventsapp.core.db import Identified, LocalDateTime, Model, Stamped
from eventsapp.core.provenance import Sourced
from eventsapp.door.enums import Cause, Direction, Method, Outcome
from eventsapp.events.models import Event
from eventsapp.places.models import Zone


class Checkpoint(Identified, Stamped, Sourced, Model):
    """A door. Its `zone` must be granted to the badge (None: every valid badge of the event enters).

    Gates with the same `area` lead into the same place: a holder is inside it once. Local opening
    hours are in the event's zone; the instants are derived.
    """

    __table_args__ = (UniqueConstraint("event_id", "name"), CheckConstraint("capacity >= 0", name="capacity"))

    code: Mapped[str] = mapped_column(String(16), unique=True, default=public_code)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(120))
    area: Mapped[str] = mapped_column(String(40))
    zone_id: Mapped[int | None] = mapped_column(ForeignKey("zone.id", ondelete="SET NULL"))
    opens_local: Mapped[datetime | None] = mapped_column(LocalDateTime)
    closes_local: Mapped[datetime | None] = mapped_column(LocalDateTime)
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    capacity: Mapped[int | None]
    event: Mapped[Event] = relationship()
    zone: Mapped[Zone | None] = relationship()


class Admission(Identified, Model):
    """A badge is inside an area. One row a stay: `cycle` counts a holder's stays, `left_at` ends one."""

    __table_args__ = (
        UniqueConstraint("badge_id", "area", "cycle"),
        Index(None, "event_id", "area", "left_at"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    badge_id: Mapped[int] = mapped_column(ForeignKey("badge.id", ondelete="CASCADE"))
    area: Mapped[str] = mapped_column(String(40))
    cycle: Mapped[int] = mapped_column(default=1)
    checkpoint_id: Mapped[int] = mapped_column(ForeignKey("checkpoint.id"))
    device_id: Mapped[int] = mapped_column(ForeignKey("device.id"))
    scan_id: Mapped[str] = mapped_column(String(40))
    admitted_at: Mapped[datetime]
    left_at: Mapped[datetime | None]


class Scan(Model):
    """One attempt, whatever came of it. The device makes the id, so sending it twice stores it once.

    Ids are a device's own: another device that used the same one would neither hide its attempt nor
    learn the answer.
    """

    __table_args__ = (Index(None, "event_id", "received_at"), Index(None, "checkpoint_id", "received_at"))

    device_id: Mapped[int] = mapped_column(
        ForeignKey("device.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    checkpoint_id: Mapped[int | None] = mapped_column(ForeignKey("checkpoint.id", ondelete="SET NULL"))
    badge_id: Mapped[int | None] = mapped_column(ForeignKey("badge.id", ondelete="SET NULL"), index=True)
    direction: Mapped[Direction]
    method: Mapped[Method] = mapped_column(default=Method.CAMERA)
    code_digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    scanned_at: Mapped[datetime]  # the device's clock
    corrected_at: Mapped[datetime]  # the server's reckoning of the same instant
    received_at: Mapped[datetime]
    offline: Mapped[bool] = mapped_column(default=False)
    outcome: Mapped[Outcome]
    cause: Mapped[Cause | None]
    first_scan_id: Mapped[str | None] = mapped_column(
        String(40)
    )  # which scan admitted an already admitted holder
    clock_drift_ms: Mapped[int] = mapped_column(BigInteger, default=0)
