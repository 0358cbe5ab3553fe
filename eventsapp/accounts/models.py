"""Staff, their sessions and their roles."""

from datetime import datetime

from flask_security.core import RoleMixin, UserMixin
from sqlalchemy import Column, ForeignKey, LargeBinary, String, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsapp.access.permissions import Role
from eventsapp.core.db import BigId, Identified, Json, Model, Stamped

staff_user_groups = Table(
    "staff_user_group",
    Model.metadata,
    Column("user_id", BigId, ForeignKey("staff_user.id", ondelete="CASCADE"), primary_key=True),
    Column("group_id", BigId, ForeignKey("staff_group.id", ondelete="CASCADE"), primary_key=True),
)


class StaffGroup(Identified, RoleMixin, Model):  # type: ignore[misc]
    """What Flask-Security calls a role. The policy uses one: `administrator`."""

    name: Mapped[str] = mapped_column(String(80), unique=True)
    description: Mapped[str] = mapped_column(String(255), default="")


class StaffUser(Identified, Stamped, UserMixin, Model):  # type: ignore[misc]
    """A member of staff. Field names are Flask-Security's."""

    email: Mapped[str] = mapped_column(String(320), unique=True)
    display_name: Mapped[str] = mapped_column(String(200), default="")
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    confirmed_at: Mapped[datetime | None]
    last_login_at: Mapped[datetime | None]
    current_login_at: Mapped[datetime | None]
    last_login_ip: Mapped[str | None] = mapped_column(String(64))
    current_login_ip: Mapped[str | None] = mapped_column(String(64))
    login_count: Mapped[int] = mapped_column(default=0)
    tf_primary_method: Mapped[str | None] = mapped_column(String(64))
    tf_totp_secret: Mapped[str | None] = mapped_column(String(255))
    tf_phone_number: Mapped[str | None] = mapped_column(String(128))
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(Json)
    roles: Mapped[list[StaffGroup]] = relationship(secondary=staff_user_groups, lazy="selectin")
    event_roles: Mapped[list["EventRole"]] = relationship(back_populates="user", lazy="selectin")


class EventRole(Identified, Stamped, Model):
    """A part that a member of staff has in an event (and the events inside it)."""

    __table_args__ = (UniqueConstraint("user_id", "event_id", "role"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("staff_user.id", ondelete="CASCADE"))
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    role: Mapped[Role]
    user: Mapped[StaffUser] = relationship(back_populates="event_roles")


class StaffSession(Identified, Stamped, Model):
    """A sign-in. A copied cookie is worth nothing once its row is ended."""

    digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("staff_user.id", ondelete="CASCADE"), index=True)
    last_seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    user_agent: Mapped[str] = mapped_column(String(300), default="")


class SignInAttempt(Identified, Model):
    """A failed sign-in or code, counted against its subject (an address or an account)."""

    subject: Mapped[str] = mapped_column(String(80), index=True)
    at: Mapped[datetime]
