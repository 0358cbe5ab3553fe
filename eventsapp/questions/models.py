"""Section, Question, Choice, QuestionVersion."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, String, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsapp.core.codes import public_code
from eventsapp.core.db import BigId, Content, Identified, LanguageMap, Model, Stamped
from eventsapp.core.provenance import Sourced
from eventsapp.events.models import Category, Event, Seated


class Section(Identified, Sourced, Content, Model):
    """A part of an event's form, with a heading and perhaps some words above the questions."""

    code: Mapped[str] = mapped_column(String(16), unique=True, default=public_code)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    title: Mapped[LanguageMap]
    intro: Mapped[LanguageMap] = mapped_column(default=dict)
    position: Mapped[int] = mapped_column(default=0)
    event: Mapped[Event] = relationship()


question_categories = Table(
    "question_category",
    Model.metadata,
    Column("question_id", BigId, ForeignKey("question.id", ondelete="CASCADE"), primary_key=True),
    Column("category_id", BigId, ForeignKey("category.id", ondelete="CASCADE"), primary_key=True, index=True),
)


class Question(Identified, Stamped, Sourced, Content, Model):
    """One question as it is asked now. `version` rises when what is asked changes, never for a new position.

    Without `categories` everybody is asked. `condition` is the tree of `conditions.py` (empty: always).
    `limits` holds what the kind knows of (least, most, longest …). `retention_days` counts from the end of
    the event; None: as long as the event's other personal data. `tally` keeps the counts of answers that
    were deleted then. A question that was answered is retired, not deleted.
    """

    __table_args__ = (
        CheckConstraint("retention_days >= 0", name="retention"),
        Index(None, "event_id", "position"),
    )

    code: Mapped[str] = mapped_column(String(16), unique=True, default=public_code)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    section_id: Mapped[int | None] = mapped_column(ForeignKey("section.id", ondelete="SET NULL"), index=True)
    kind: Mapped[str] = mapped_column(String(32))  # a key of `kinds.py`, where every kind is declared
    label: Mapped[LanguageMap]
    help: Mapped[LanguageMap] = mapped_column(default=dict)
    required: Mapped[bool] = mapped_column(default=False)
    needs_approval: Mapped[bool] = mapped_column(default=False)  # a later change goes back to the organiser
    condition: Mapped[dict[str, Any]] = mapped_column(default=dict)
    limits: Mapped[dict[str, Any]] = mapped_column(default=dict)
    retention_days: Mapped[int | None]
    tally: Mapped[dict[str, Any]] = mapped_column(default=dict)
    version: Mapped[int] = mapped_column(default=1)
    position: Mapped[int] = mapped_column(default=0)
    retired_at: Mapped[datetime | None]
    event: Mapped[Event] = relationship()
    section: Mapped[Section | None] = relationship()
    categories: Mapped[list[Category]] = relationship(
        secondary=question_categories, order_by="Category.position"
    )
    choices: Mapped[list["Choice"]] = relationship(
        back_populates="question", cascade="all, delete-orphan", order_by="Choice.position"
    )


class Choice(Identified, Seated, Sourced, Content, Model):
    """One answer to choose; it may have a limit of its own, kept like seats."""

    __table_args__ = (
        CheckConstraint("capacity >= 0", name="capacity"),
        CheckConstraint("seats_taken >= 0 AND (capacity IS NULL OR seats_taken <= capacity)", name="seats"),
    )

    code: Mapped[str] = mapped_column(String(16), unique=True, default=public_code)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"), index=True)
    label: Mapped[LanguageMap]
    position: Mapped[int] = mapped_column(default=0)
    retired_at: Mapped[datetime | None]
    question: Mapped[Question] = relationship(back_populates="choices")


class QuestionVersion(Identified, Model):
    """How a question stood while it was at `version`: kind, label, help, choices, as JSON; never changed."""

    __table_args__ = (UniqueConstraint("question_id", "version"),)

    question_id: Mapped[int] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"))
    version: Mapped[int]
    asked: Mapped[dict[str, Any]]
    at: Mapped[datetime]
