"""Event, the categories of its guests, and which events it attends."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, String, Table, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsapp.core.codes import public_code
from eventsapp.core.db import BigId, Content, Identified, LanguageMap, LocalDateTime, Model, Stamped
from eventsapp.core.provenance import Sourced
from eventsapp.events.enums import EventKind, EventState, Pattern, Visibility
from eventsapp.people.models import Organisation
from eventsapp.places.models import Venue, Zone


def calendar_uid() -> str:
    """A UID for a calendar entry: unique for ever, telling nothing (RFC 7986, section 5.3)."""
    return f"{uuid4()}@eventsapp"


class Revised:
    """What a calendar must know of a row: its UID, its SEQUENCE and when it was last revised.

    SEQUENCE rises when time, place or status change (RFC 5546, section 2.1.4), never for a typo.
    """

    uid: Mapped[str] = mapped_column(String(64), unique=True, default=calendar_uid)
    sequence: Mapped[int] = mapped_column(default=0)
    revised_at: Mapped[datetime]


class Seated:
    """Something with seats. `seats_taken` moves only by the conditional UPDATE in `rsvps/seats.py`."""

    capacity: Mapped[int | None]  # None: no limit
    seats_taken: Mapped[int] = mapped_column(default=0)


event_attendance = Table(
    "event_attendance",
    Model.metadata,
    Column("event_id", BigId, ForeignKey("event.id", ondelete="CASCADE"), primary_key=True),
    Column("attended_id", BigId, ForeignKey("event.id", ondelete="CASCADE"), primary_key=True),
)


class Event(Identified, Stamped, Sourced, Revised, Seated, Content, Model):
    """An occasion with a time, a zone and guests.

    `*_local` is the wall-clock time that was entered, in `timezone`; `starts_at` and `ends_at` are the
    instants derived from it. `shifted_days` says by how much demonstration data was moved.
    """

    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        CheckConstraint("capacity >= 0", name="capacity"),
        CheckConstraint("seats_taken >= 0 AND (capacity IS NULL OR seats_taken <= capacity)", name="seats"),
        Index(None, "state", "visibility", "starts_at"),
    )

    slug: Mapped[str] = mapped_column(String(80), unique=True)
    kind: Mapped[EventKind]
    state: Mapped[EventState] = mapped_column(default=EventState.DRAFT)
    visibility: Mapped[Visibility] = mapped_column(default=Visibility.INVITATION)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"), index=True)
    host_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    venue_id: Mapped[int | None] = mapped_column(ForeignKey("venue.id"))
    title: Mapped[LanguageMap]
    subtitle: Mapped[LanguageMap] = mapped_column(default=dict)
    description: Mapped[LanguageMap] = mapped_column(default=dict)
    practical: Mapped[LanguageMap] = mapped_column(default=dict)  # dress, arrival, what to bring
    languages: Mapped[list[str]] = mapped_column(
        default=list
    )  # what guests can read it in; the first is its own
    timezone: Mapped[str] = mapped_column(String(64))
    starts_local: Mapped[datetime] = mapped_column(LocalDateTime)
    ends_local: Mapped[datetime] = mapped_column(LocalDateTime)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    reply_by_local: Mapped[datetime | None] = mapped_column(LocalDateTime)
    reply_by_at: Mapped[datetime | None]
    registration_open: Mapped[bool] = mapped_column(default=False)
    contact_email: Mapped[str] = mapped_column(String(320), default="")
    cancel_reason: Mapped[LanguageMap] = mapped_column(default=dict)
    published_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    shifted_days: Mapped[int] = mapped_column(default=0)
    last_category_number: Mapped[int] = mapped_column(default=0)  # given out so far; never reused
    note: Mapped[str] = mapped_column(Text, default="")  # staff only
    parent: Mapped["Event | None"] = relationship(remote_side="Event.id", back_populates="children")
    children: Mapped[list["Event"]] = relationship(back_populates="parent", order_by="Event.starts_at")
    attends: Mapped[list["Event"]] = relationship(
        secondary=event_attendance,
        primaryjoin="Event.id == event_attendance.c.event_id",
        secondaryjoin="Event.id == event_attendance.c.attended_id",
    )
    host: Mapped[Organisation | None] = relationship()
    venue: Mapped[Venue | None] = relationship()
    categories: Mapped[list["Category"]] = relationship(
        back_populates="event", cascade="all, delete-orphan", order_by="Category.position"
    )


category_zones = Table(
    "category_zone",
    Model.metadata,
    Column("category_id", BigId, ForeignKey("category.id", ondelete="CASCADE"), primary_key=True),
    Column("zone_id", BigId, ForeignKey("zone.id", ondelete="CASCADE"), primary_key=True),
)


class Category(Identified, Seated, Sourced, Content, Model):
    """A class of guests: its badge (letter, colour, pattern) and the zones that badge opens.

    `number` is the byte that stands for it in a badge code (1–255, never reused in an event). People who
    register by themselves get the category marked `for_registration`. It may have seats of its own.
    """

    __table_args__ = (
        UniqueConstraint("event_id", "letter"),
        UniqueConstraint("event_id", "number"),
        CheckConstraint("number BETWEEN 1 AND 255", name="number"),
        CheckConstraint("capacity >= 0", name="capacity"),
        CheckConstraint("seats_taken >= 0 AND (capacity IS NULL OR seats_taken <= capacity)", name="seats"),
    )

    code: Mapped[str] = mapped_column(String(16), unique=True, default=public_code)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    names: Mapped[LanguageMap]
    letter: Mapped[str] = mapped_column(String(2))
    colour: Mapped[str] = mapped_column(String(7))  # #rrggbb
    pattern: Mapped[Pattern] = mapped_column(default=Pattern.PLAIN)
    number: Mapped[int]
    for_registration: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)
    event: Mapped[Event] = relationship(back_populates="categories")
    zones: Mapped[list[Zone]] = relationship(secondary=category_zones, order_by="Zone.position")
