"""The record's rows."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eventsapp.access.identity import ActorKind
from eventsapp.core.db import Identified, Model


class AuditEntry(Identified, Model):
    """One deed. `hash` covers the entry and the one before it in the same chain.

    A chain is an event's (`chain` = its id) or the installation's (`chain` = 0).
    """

    __table_args__ = (UniqueConstraint("chain", "position"), {"sqlite_autoincrement": True})

    chain: Mapped[int] = mapped_column(BigInteger)
    position: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime]
    actor_kind: Mapped[ActorKind]
    actor_id: Mapped[int | None] = mapped_column(BigInteger)
    on_behalf_kind: Mapped[str | None] = mapped_column(String(32))  # an ActorKind
    on_behalf_id: Mapped[int | None] = mapped_column(BigInteger)
    action: Mapped[str] = mapped_column(String(60))
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int | None] = mapped_column(BigInteger)
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))


class AuditHead(Model):
    """The last hash of a chain; updating it is what keeps one chain in one order."""

    chain: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))
