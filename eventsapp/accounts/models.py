"""Staff, their sessions and their roles."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsapp.access.permissions import Role
from eventsapp.core.codes import public_code
from eventsapp.core.db import Identified, Model, Stamped


class StaffUser(Identified, Stamped, Model):
    """A member of staff; `administrator` may do everything, others what their roles in events allow.

    `email` is kept in lower case. `totp_secret` is sealed (`second_factor.py`); `totp_counter` is the last
    half minute whose code was used, so that no code is taken twice.
    """

    code: Mapped[str] = mapped_column(String(16), unique=True, default=public_code)
    email: Mapped[str] = mapped_column(String(320), unique=True)
    display_name: Mapped[str] = mapped_column(String(200), default="")
    password_hash: Mapped[str] = mapped_column(String(255))
    password_is_temporary: Mapped[bool] = mapped_column(default=False)  # made by a colleague or a command
    active: Mapped[bool] = mapped_column(default=True)
    administrator: Mapped[bool] = mapped_column(default=False)
    totp_secret: Mapped[str | None] = mapped_column(String(300))
    totp_counter: Mapped[int] = mapped_column(BigInteger, default=0)
    event_roles: Mapped[list["EventRole"]] = relationship(back_populates="user", cascade="all, delete-orphan")


class EventRole(Identified, Stamped, Model):
    """A part that a member of staff has in an event (and the events inside it)."""

    __table_args__ = (UniqueConstraint("user_id", "event_id", "role"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("staff_user.id", ondelete="CASCADE"))
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    role: Mapped[Role]
    user: Mapped[StaffUser] = relationship(back_populates="event_roles")


class RecoveryCode(Identified, Model):
    """A code for the day the phone is lost: its digest, gone once it is used."""

    digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("staff_user.id", ondelete="CASCADE"), index=True)


class StaffSession(Identified, Stamped, Model):
    """A sign-in. A copied cookie is worth nothing once its row is ended."""

    code: Mapped[str] = mapped_column(String(16), unique=True, default=public_code)
    digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("staff_user.id", ondelete="CASCADE"), index=True)
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    user_agent: Mapped[str] = mapped_column(String(300), default="")


class SignInTries(Model):
    """Failed sign-ins and codes since `since`, counted against an account or an address."""

    subject: Mapped[str] = mapped_column(String(80), primary_key=True)
    count: Mapped[int]
    since: Mapped[datetime]
