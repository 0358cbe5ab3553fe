"""FocalPoint, Quota, FocalPlace."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsapp.core.codes import public_code
from eventsapp.core.db import Identified, Model, Stamped
from eventsapp.events.models import Category, Event
from eventsapp.people.models import Organisation
from eventsapp.rsvps.models import Guest
from eventsapp.visits.models import Delegation


class FocalPoint(Identified, Stamped, Model):
    """Who answers for a group of guests of one event: a secretary, an embassy, a company's office.

    The link is derived, never stored; raising `link_generation` kills it, `closed_at` shuts the desk.
    """

    code: Mapped[str] = mapped_column(String(16), unique=True, default=lambda: public_code(12))
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    delegation_id: Mapped[int | None] = mapped_column(
        ForeignKey("delegation.id", ondelete="SET NULL"), index=True
    )
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id", ondelete="SET NULL"))
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(320), default="")
    language: Mapped[str] = mapped_column(String(35))
    note: Mapped[str] = mapped_column(Text, default="")  # staff only
    link_generation: Mapped[int] = mapped_column(default=1)
    sent_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    event: Mapped[Event] = relationship()
    delegation: Mapped[Delegation | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
    quotas: Mapped[list["Quota"]] = relationship(back_populates="focal_point", cascade="all, delete-orphan")


class Quota(Identified, Model):
    """How many guests of a category a focal point may name; `named` moves only by a conditional UPDATE."""

    __table_args__ = (
        UniqueConstraint("focal_point_id", "category_id"),
        CheckConstraint("number >= 0 AND named >= 0 AND named <= number", name="quota"),
    )

    focal_point_id: Mapped[int] = mapped_column(ForeignKey("focal_point.id", ondelete="CASCADE"))
    category_id: Mapped[int] = mapped_column(ForeignKey("category.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    named: Mapped[int] = mapped_column(default=0)
    focal_point: Mapped[FocalPoint] = relationship(back_populates="quotas")
    category: Mapped[Category] = relationship()


class FocalPlace(Model):
    """A guest entrusted to a focal point.

    Those it named itself count against a quota: the one they were named under, whatever their category
    becomes.
    """

    __table_args__ = (CheckConstraint("named_here = (quota_id IS NOT NULL)", name="counted"),)

    guest_id: Mapped[int] = mapped_column(ForeignKey("guest.id", ondelete="CASCADE"), primary_key=True)
    focal_point_id: Mapped[int] = mapped_column(ForeignKey("focal_point.id", ondelete="CASCADE"), index=True)
    quota_id: Mapped[int | None] = mapped_column(ForeignKey("quota.id"), index=True)
    named_here: Mapped[bool] = mapped_column(default=False)
    guest: Mapped[Guest] = relationship()
    focal_point: Mapped[FocalPoint] = relationship()
    quota: Mapped[Quota | None] = relationship()
