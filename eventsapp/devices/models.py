"""Device, Pairing."""

from datetime import datetime

from sqlalchemy import Column, ForeignKey, LargeBinary, String, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsapp.core.codes import public_code
from eventsapp.core.db import BigId, Identified, Model, Stamped

device_checkpoints = Table(
    "device_checkpoint",
    Model.metadata,
    Column("device_id", BigId, ForeignKey("device.id", ondelete="CASCADE"), primary_key=True),
    Column("checkpoint_id", BigId, ForeignKey("checkpoint.id", ondelete="CASCADE"), primary_key=True),
)


class Device(Identified, Stamped, Model):
    """A scanner. It can call once it is paired (`token_digest`) and until it is revoked."""

    code: Mapped[str] = mapped_column(String(16), unique=True, default=public_code)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    token_digest: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)
    paired_at: Mapped[datetime | None]
    last_seen_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    pairings: Mapped[list["Pairing"]] = relationship(cascade="all, delete-orphan", back_populates="device")


class Pairing(Identified, Stamped, Model):
    """A pairing link: used once, before it expires."""

    device_id: Mapped[int] = mapped_column(ForeignKey("device.id", ondelete="CASCADE"), index=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    device: Mapped[Device] = relationship(back_populates="pairings")
