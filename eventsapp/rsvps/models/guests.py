"""Guest, GuestDetails, ItemReply, ReplyRecord."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsapp.access.identity import ActorKind
from eventsapp.core.codes import public_code
from eventsapp.core.db import Identified, Model, Stamped
from eventsapp.core.provenance import Sourced
from eventsapp.events.models import Category, Event
from eventsapp.people.models import Affiliation, Person
from eventsapp.programme.models import ProgrammeItem
from eventsapp.rsvps.enums import Attendance, Channel, GuestState, ItemReplyState, Origin


class Guest(Identified, Stamped, Sourced, Model):
    """A person at an event: invitation, answer, category, the title that applies, the name for the badge.

    `party_size` seats are held exactly while `has_seats`: at the event, in the category, at items and of
    choices. It counts the guest and their companions, who are guests of their own (`companion_of`), hold
    no seats themselves and stand where the guest stands. `waiting_priority` (higher first, with its stated
    `waiting_reason`), then `waiting_since`, order the waiting list; `offer_until` ends an offered seat.
    `represents` names the guest whose place this one took. Raising `link_generation` kills the personal
    link, `feed_generation` the calendar's address.
    """

    __table_args__ = (
        UniqueConstraint("event_id", "person_id"),
        CheckConstraint("party_size BETWEEN 1 AND 20", name="party_size"),
        CheckConstraint(
            "companion_of_id IS NOT NULL OR (state = 'waitlisted') = (waiting_since IS NOT NULL)",
            name="waiting",
        ),
        Index(None, "event_id", "sort_key", "id"),
        Index(None, "event_id", "state", "sort_key", "id"),
        Index(None, "event_id", "email"),
        CheckConstraint(
            "companion_of_id IS NOT NULL OR (state = 'offered') = (offer_until IS NOT NULL)", name="offered"
        ),
        CheckConstraint(
            "companion_of_id IS NOT NULL OR has_seats OR state NOT IN ('accepted', 'expected', 'offered')",
            name="seats_held",
        ),
        CheckConstraint(
            "NOT has_seats OR (companion_of_id IS NULL"
            " AND state IN ('accepted', 'expected', 'offered', 'invited'))",
            name="seats_free",
        ),
        CheckConstraint("companions_allowed BETWEEN 0 AND 19", name="companions_allowed"),
        Index(None, "event_id", "waiting_since"),
    )

    code: Mapped[str] = mapped_column(String(16), unique=True, default=lambda: public_code(12))
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    category_id: Mapped[int] = mapped_column(ForeignKey("category.id"), index=True)
    affiliation_id: Mapped[int | None] = mapped_column(ForeignKey("affiliation.id", ondelete="SET NULL"))
    email: Mapped[str] = mapped_column(String(320), default="")
    language: Mapped[str] = mapped_column(String(35))
    origin: Mapped[Origin] = mapped_column(default=Origin.LISTED)
    state: Mapped[GuestState] = mapped_column(default=GuestState.DRAFT)
    party_size: Mapped[int] = mapped_column(default=1)
    badge_name: Mapped[str] = mapped_column(String(200), default="")  # empty: the person's display name
    sort_key: Mapped[str] = mapped_column(String(200), default="")  # repeats the person's, for keyset pages
    link_generation: Mapped[int] = mapped_column(default=1)
    feed_generation: Mapped[int] = mapped_column(default=1)
    revision: Mapped[int] = mapped_column(default=0)  # rises with every change of an answer
    invited_at: Mapped[datetime | None]
    replied_at: Mapped[datetime | None]
    waiting_since: Mapped[datetime | None]
    waiting_priority: Mapped[int] = mapped_column(default=0)
    waiting_reason: Mapped[str] = mapped_column(String(300), default="")
    offer_until: Mapped[datetime | None]
    has_seats: Mapped[bool] = mapped_column(default=False)
    companion_of_id: Mapped[int | None] = mapped_column(
        ForeignKey("guest.id", ondelete="CASCADE"), index=True
    )
    companions_allowed: Mapped[int] = mapped_column(default=0)
    represents_id: Mapped[int | None] = mapped_column(ForeignKey("guest.id", ondelete="SET NULL"), index=True)
    dates_held_at: Mapped[datetime | None]  # when the hold-the-date mail was queued
    bounced_at: Mapped[datetime | None]  # the address on the list takes no mail
    reminders_sent: Mapped[int] = mapped_column(default=0)
    reminders_off: Mapped[bool] = mapped_column(default=False)  # the guest asked for no more of them
    attendance: Mapped[Attendance | None]
    event: Mapped[Event] = relationship()
    person: Mapped[Person] = relationship()
    category: Mapped[Category] = relationship()
    affiliation: Mapped[Affiliation | None] = relationship()
    companion_of: Mapped["Guest | None"] = relationship(
        foreign_keys=[companion_of_id], remote_side="Guest.id", back_populates="companions"
    )
    companions: Mapped[list["Guest"]] = relationship(
        foreign_keys=[companion_of_id], back_populates="companion_of", order_by="Guest.id"
    )
    represents: Mapped["Guest | None"] = relationship(foreign_keys=[represents_id], remote_side="Guest.id")
    details: Mapped["GuestDetails | None"] = relationship(
        cascade="all, delete-orphan", back_populates="guest"
    )
    item_replies: Mapped[list["ItemReply"]] = relationship(
        cascade="all, delete-orphan", back_populates="guest"
    )


class GuestDetails(Model):
    """What a guest tells the host about themselves; a tier of its own, purged after the event."""

    guest_id: Mapped[int] = mapped_column(ForeignKey("guest.id", ondelete="CASCADE"), primary_key=True)
    diet: Mapped[str] = mapped_column(String(500), default="")
    access_needs: Mapped[str] = mapped_column(String(500), default="")
    note_to_host: Mapped[str] = mapped_column(Text, default="")
    guest: Mapped[Guest] = relationship(back_populates="details")


class ItemReply(Identified, Model):
    """A guest's answer to one item that wants one."""

    __table_args__ = (
        UniqueConstraint("guest_id", "item_id"),
        CheckConstraint("(state = 'waitlisted') = (waiting_since IS NOT NULL)", name="waiting"),
        Index(None, "item_id", "state"),
        Index(None, "item_id", "waiting_since"),
    )

    guest_id: Mapped[int] = mapped_column(ForeignKey("guest.id", ondelete="CASCADE"))
    item_id: Mapped[int] = mapped_column(ForeignKey("programme_item.id", ondelete="CASCADE"))
    state: Mapped[ItemReplyState]
    waiting_since: Mapped[datetime | None]
    guest: Mapped[Guest] = relationship(back_populates="item_replies")
    item: Mapped[ProgrammeItem] = relationship()


class ReplyRecord(Identified, Model):
    """One answer as it came in: who gave it, for whom (`on_behalf`), by which channel, when, why."""

    __table_args__ = (Index(None, "guest_id", "id"),)

    guest_id: Mapped[int] = mapped_column(ForeignKey("guest.id", ondelete="CASCADE"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("programme_item.id", ondelete="SET NULL"))
    answer: Mapped[str] = mapped_column(String(20))  # an Answer or one of Recorded
    at: Mapped[datetime]
    channel: Mapped[Channel]
    actor_kind: Mapped[ActorKind]
    actor_id: Mapped[int | None] = mapped_column(BigInteger)
    on_behalf: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(String(300), default="")
