"""GuestAnswer, ChoiceSeat, Upload."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsapp.core.codes import public_code
from eventsapp.core.db import Identified, Model, Stamped
from eventsapp.questions.models import Choice, Question
from eventsapp.rsvps.models.guests import Guest


class GuestAnswer(Identified, Model):
    """What a guest answered to one question, at the version that was asked.

    `value` holds one entry, `{"is": …}`: a text, a number, true or false, an ISO date or time, the codes of
    choices, the code of an upload or of a person.
    """

    __table_args__ = (UniqueConstraint("guest_id", "question_id"),)

    guest_id: Mapped[int] = mapped_column(ForeignKey("guest.id", ondelete="CASCADE"))
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"), index=True)
    version: Mapped[int]
    value: Mapped[dict[str, Any]]
    at: Mapped[datetime]
    guest: Mapped[Guest] = relationship()
    question: Mapped[Question] = relationship()


class ChoiceSeat(Model):
    """A guest holds one of a choice's limited places (for the whole party: as many as it has seats)."""

    guest_id: Mapped[int] = mapped_column(ForeignKey("guest.id", ondelete="CASCADE"), primary_key=True)
    choice_id: Mapped[int] = mapped_column(
        ForeignKey("choice.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    seats: Mapped[int] = mapped_column(default=1)
    choice: Mapped[Choice] = relationship()


class Upload(Identified, Stamped, Model):
    """A file or photo a guest gave, as it was written anew by us; nothing of the original bytes is kept."""

    code: Mapped[str] = mapped_column(String(16), unique=True, default=lambda: public_code(12))
    guest_id: Mapped[int] = mapped_column(ForeignKey("guest.id", ondelete="CASCADE"), index=True)
    question_id: Mapped[int | None] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(200), default="")
    media_type: Mapped[str] = mapped_column(String(80))
    size: Mapped[int]  # bytes
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
