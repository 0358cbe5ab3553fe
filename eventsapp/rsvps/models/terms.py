"""ReplyTerms."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from eventsapp.core.db import Model
from eventsapp.rsvps.enums import ReplyMode


class ReplyTerms(Model):
    """How an event takes answers. An event without a row has the terms of an empty one.

    `holds_seats`: an invited guest's seat is kept until the reply-by date. `offer_hours`: a freed seat is
    offered to the first who waits for that long; None: they are seated at once. `remind_days`: how many
    days before the reply-by date the silent are reminded; `remind_at`: when it is next looked who they are.
    `wants_approval`: who registers is seated only when an organiser agrees. `approves_list`: a name on the
    list is approved before it can be invited.
    """

    __table_args__ = (CheckConstraint("offer_hours > 0", name="offer_hours"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    mode: Mapped[ReplyMode] = mapped_column(default=ReplyMode.REPLY)
    holds_seats: Mapped[bool] = mapped_column(default=False)
    offer_hours: Mapped[int | None]
    remind_days: Mapped[list[int]] = mapped_column(JSON().with_variant(JSONB(), "postgresql"), default=list)
    wants_approval: Mapped[bool] = mapped_column(default=False)
    approves_list: Mapped[bool] = mapped_column(default=False)
    remind_at: Mapped[datetime | None]
    holds_released_at: Mapped[datetime | None]
