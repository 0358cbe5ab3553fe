"""Venue, Room, Zone."""

from sqlalchemy import CheckConstraint, Float, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsapp.core.codes import public_code
from eventsapp.core.db import Content, Identified, LanguageMap, Model, Stamped
from eventsapp.core.provenance import Sourced


class Venue(Identified, Stamped, Sourced, Content, Model):
    """A place with an address and its own zone (`timezone`, IANA); coordinates are WGS 84 degrees."""

    __table_args__ = (
        CheckConstraint("latitude BETWEEN -90 AND 90", name="latitude"),
        CheckConstraint("longitude BETWEEN -180 AND 180", name="longitude"),
    )

    code: Mapped[str] = mapped_column(String(16), unique=True, default=public_code)
    names: Mapped[LanguageMap]
    address: Mapped[LanguageMap] = mapped_column(default=dict)
    timezone: Mapped[str] = mapped_column(String(64))
    latitude: Mapped[float | None] = mapped_column(Float)
    longitude: Mapped[float | None] = mapped_column(Float)
    step_free: Mapped[bool | None]  # None: not stated
    note: Mapped[str] = mapped_column(Text, default="")
    sort_key: Mapped[str] = mapped_column(String(200), default="", index=True)
    rooms: Mapped[list["Room"]] = relationship(
        back_populates="venue", cascade="all, delete-orphan", order_by="Room.position"
    )
    zones: Mapped[list["Zone"]] = relationship(
        back_populates="venue", cascade="all, delete-orphan", order_by="Zone.position"
    )


class Zone(Identified, Sourced, Content, Model):
    """An area of a venue that a badge opens or does not; `letter` stands on the badge."""

    __table_args__ = (UniqueConstraint("venue_id", "letter"),)

    code: Mapped[str] = mapped_column(String(16), unique=True, default=public_code)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id", ondelete="CASCADE"))
    names: Mapped[LanguageMap]
    letter: Mapped[str] = mapped_column(String(2))
    position: Mapped[int] = mapped_column(default=0)
    venue: Mapped[Venue] = relationship(back_populates="zones")


class Room(Identified, Sourced, Content, Model):
    """A room; `reset_minutes` is what it needs between two uses."""

    __table_args__ = (CheckConstraint("capacity > 0", name="capacity"),)

    code: Mapped[str] = mapped_column(String(16), unique=True, default=public_code)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id", ondelete="CASCADE"), index=True)
    zone_id: Mapped[int | None] = mapped_column(ForeignKey("zone.id", ondelete="SET NULL"))
    names: Mapped[LanguageMap]
    floor: Mapped[str] = mapped_column(String(20), default="")
    capacity: Mapped[int | None]
    reset_minutes: Mapped[int] = mapped_column(default=0)
    position: Mapped[int] = mapped_column(default=0)
    venue: Mapped[Venue] = relationship(back_populates="rooms")
    zone: Mapped[Zone | None] = relationship()
