"""Leases: a worker holds the rows it works on for a while; when it dies, they come free by themselves."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select, update
from sqlalchemy.engine import CursorResult

from eventsapp.core.db import db, transaction

LEASE = timedelta(minutes=3)
MARGIN = timedelta(minutes=1)  # what is left of a lease when nothing new is begun under it

# After the n-th failure in a row, the n-th pause; after the last one we give up.
PAUSES = (
    timedelta(seconds=20),
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
    timedelta(hours=24),
)


def next_try(failures: int, now: datetime) -> datetime | None:
    """When to try again after that many failures; None when it is time to give up."""
    return now + PAUSES[failures - 1] if failures <= len(PAUSES) else None


def take(table: Any, waiting: ColumnElement[bool], *, now: datetime, limit: int) -> list[int]:
    """Lease up to `limit` due rows for `LEASE`: their ids, oldest first.

    Looks before it writes, so that an idle worker never takes the writer's turn. Two workers never
    get the same row while a lease lasts.
    """
    due = _due(table, waiting, now).limit(limit)
    try:
        if db.session.execute(due.limit(1)).first() is None:
            return []
    finally:
        db.session.remove()  # ends the read, whose snapshot must not outlive the look
    with transaction() as session:
        ids: list[int] = list(session.scalars(due.with_for_update(skip_locked=True)))
        session.execute(update(table).where(table.id.in_(ids)).values(leased_until=now + LEASE))
    return ids


def _due(table: Any, waiting: ColumnElement[bool], now: datetime) -> Select[Any]:
    free = or_(table.leased_until.is_(None), table.leased_until <= now)
    return select(table.id).where(waiting, table.due_at <= now, free).order_by(table.due_at, table.id)


def release(table: Any, ids: Sequence[int]) -> None:
    """Give rows back unfinished, for whoever comes next."""
    if ids:
        with transaction() as session:
            session.execute(update(table).where(table.id.in_(ids)).values(leased_until=None))


def store(table: Any, row_id: int, *still: ColumnElement[bool], **values: Any) -> bool:
    """Write an outcome on a row and free it. False if the row is gone or no longer as `still` says."""
    with transaction() as session:
        done: CursorResult[Any] = session.execute(  # type: ignore[assignment]
            update(table).where(table.id == row_id, *still).values(leased_until=None, **values)
        )
        return bool(done.rowcount)
