"""GuestImport."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventsapp.core.codes import public_code
from eventsapp.core.db import Identified, Model, Stamped
from eventsapp.events.models import Event
from eventsapp.lists.enums import ImportState


class GuestImport(Identified, Stamped, Model):
    """An uploaded list on its way in. The file goes when the import ends; the report stays.

    `mapping` says which column means what, `report` what was or would be done, by row numbers.
    """

    code: Mapped[str] = mapped_column(String(16), unique=True, default=lambda: public_code(12))
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff_user.id", ondelete="SET NULL"))
    state: Mapped[ImportState] = mapped_column(default=ImportState.UPLOADED)
    filename: Mapped[str] = mapped_column(String(200))
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    encoding: Mapped[str] = mapped_column(String(40), default="")
    sheet: Mapped[str] = mapped_column(String(200), default="")
    mapping: Mapped[dict[str, Any]] = mapped_column(default=dict)
    report: Mapped[dict[str, Any]] = mapped_column(default=dict)
    rows_total: Mapped[int] = mapped_column(default=0)
    rows_done: Mapped[int] = mapped_column(default=0)
    ended_at: Mapped[datetime | None]
    event: Mapped[Event] = relationship()
