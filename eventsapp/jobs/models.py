"""The queue's rows."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from eventsapp.core.db import Identified, Model, Stamped


class Job(Identified, Stamped, Model):
    """One piece of work: due at `due_at`, held by a worker until `leased_until`, gone when done."""

    __table_args__ = (Index(None, "due_at"),)

    name: Mapped[str] = mapped_column(String(60))
    arguments: Mapped[dict[str, Any]] = mapped_column(default=dict)
    due_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(Text, default="")
    gave_up_at: Mapped[datetime | None]
