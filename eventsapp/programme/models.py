"""ProgrammeItem, Track, Participation, Group."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, String, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsapp.core.codes import public_code
from eventsapp.core.db import BigId, Content, Identified, LanguageMap, LocalDateTime, Model, Stamped
from eventsapp.core.provenance import Sourced
from eventsapp.events.models import Event, Revised, Seated
from eventsapp.people.models import Affiliation, Person
from eventsapp.places.models import Room, Venue
from eventsapp.programme.enums import Audience, ItemKind, ItemState, PartRole


class Track(Identified, Sourced, Content, Model):
    """A strand of a summit's programme."""

    code: Mapped[str] = mapped_column(String(16), unique=True, default=public_code)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    names: Mapped[LanguageMap]
    colour: Mapped[str] = mapped_column(String(7), default="#5b6770")
    position: Mapped[int] = mapped_column(default=0)


group_people = Table(
    "group_person",
    Model.metadata,
    Column("group_id", BigId, ForeignKey("participant_group.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", BigId, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True),
)

item_groups = Table(
    "item_group",
    Model.metadata,
    Column("item_id", BigId, ForeignKey("programme_item.id", ondelete="CASCADE"), primary_key=True),
    Column(
        "group_id",
        BigId,
        ForeignKey("participant_group.id", ondelete="CASCADE"),
        primary_key=True,
        index=True,
    ),
)


class ParticipantGroup(Identified, Sourced, Content, Model):
    """Some of an event's people who share a programme (group A of a delegation)."""

    code: Mapped[str] = mapped_column(String(16), unique=True, default=public_code)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    names: Mapped[LanguageMap]
    position: Mapped[int] = mapped_column(default=0)
    people: Mapped[list[Person]] = relationship(secondary=group_people, order_by="Person.sort_key")


class ProgrammeItem(Identified, Stamped, Sourced, Revised, Seated, Content, Model):
    """One item of a programme.

    Local times are in `timezone` (the venue's, else the event's). An item stands in a room, or in a
    venue when no room is set; `place_note` says a place that is neither. `is_public` items are on the
    public page and in public calendars; the rest only in personal programmes.
    """

    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        CheckConstraint("capacity >= 0", name="capacity"),
        CheckConstraint("seats_taken >= 0 AND (capacity IS NULL OR seats_taken <= capacity)", name="seats"),
        Index(None, "event_id", "starts_at"),
        Index(None, "room_id", "starts_at"),
    )

    code: Mapped[str] = mapped_column(String(16), unique=True, default=public_code)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    kind: Mapped[ItemKind]
    state: Mapped[ItemState] = mapped_column(default=ItemState.SCHEDULED)
    audience: Mapped[Audience] = mapped_column(default=Audience.EVERYONE)
    is_public: Mapped[bool] = mapped_column(default=True)
    wants_answer: Mapped[bool] = mapped_column(default=False)
    track_id: Mapped[int | None] = mapped_column(ForeignKey("track.id", ondelete="SET NULL"))
    room_id: Mapped[int | None] = mapped_column(ForeignKey("room.id"))
    venue_id: Mapped[int | None] = mapped_column(ForeignKey("venue.id"))
    place_note: Mapped[LanguageMap] = mapped_column(default=dict)
    title: Mapped[LanguageMap]
    description: Mapped[LanguageMap] = mapped_column(default=dict)
    dress: Mapped[LanguageMap] = mapped_column(default=dict)
    timezone: Mapped[str] = mapped_column(String(64))
    starts_local: Mapped[datetime] = mapped_column(LocalDateTime)
    ends_local: Mapped[datetime] = mapped_column(LocalDateTime)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]
    event: Mapped[Event] = relationship()
    track: Mapped[Track | None] = relationship()
    room: Mapped[Room | None] = relationship()
    venue: Mapped[Venue | None] = relationship()
    groups: Mapped[list[ParticipantGroup]] = relationship(
        secondary=item_groups, order_by="ParticipantGroup.position"
    )
    participations: Mapped[list["Participation"]] = relationship(
        back_populates="item", cascade="all, delete-orphan", order_by="Participation.position"
    )


class Participation(Identified, Sourced, Content, Model):
    """A person's part in an item, and which of their titles applies to it."""

    __table_args__ = (UniqueConstraint("item_id", "person_id", "role"), Index(None, "person_id"))

    item_id: Mapped[int] = mapped_column(ForeignKey("programme_item.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    affiliation_id: Mapped[int | None] = mapped_column(ForeignKey("affiliation.id", ondelete="SET NULL"))
    role: Mapped[PartRole]
    position: Mapped[int] = mapped_column(default=0)
    item: Mapped[ProgrammeItem] = relationship(back_populates="participations")
    person: Mapped[Person] = relationship()
    affiliation: Mapped[Affiliation | None] = relationship()
