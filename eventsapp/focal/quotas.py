"""The only place where a quota's places are taken and given back.

Each is one conditional UPDATE that returns what it did, as with seats (`rsvps/seats.py`): when two
colleagues of one embassy name the last guest at the same moment, the database decides who was first.
"""

from typing import Any

from sqlalchemy import update
from sqlalchemy.orm.attributes import set_committed_value

from eventsapp.core.db import db
from eventsapp.focal.models import Quota

_TABLE: Any = Quota.__table__


def take(quota: Quota, places: int) -> bool:
    """Take that many places, all or none; False when they are not left."""
    return _moved(quota, places, _TABLE.c.named + places <= _TABLE.c.number)


def give_back(quota: Quota, places: int) -> None:
    """Give that many places back. Raises `RuntimeError` when fewer were taken: the books would be wrong."""
    if not _moved(quota, -places, _TABLE.c.named >= places):
        raise RuntimeError(f"quota {quota.id}: more places given back than taken")


def resize(quota: Quota, number: int) -> bool:
    """Another number of places; False when more than that are taken."""
    row = db.session.execute(
        update(_TABLE)
        .where(_TABLE.c.id == quota.id, _TABLE.c.named <= number)
        .values(number=number)
        .returning(_TABLE.c.named)
    ).first()
    if row is None:
        return False
    set_committed_value(quota, "number", number)
    set_committed_value(quota, "named", row.named)
    return True


def left(quota: Quota) -> int:
    """How many places are left, as of when the quota was read."""
    return quota.number - quota.named


def _moved(quota: Quota, by: int, condition: Any) -> bool:
    row = db.session.execute(
        update(_TABLE)
        .where(_TABLE.c.id == quota.id, condition)
        .values(named=_TABLE.c.named + by)
        .returning(_TABLE.c.named)
    ).first()
    if row is None:
        return False
    set_committed_value(quota, "named", row.named)
    return True
