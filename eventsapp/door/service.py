"""Scanning: what a device sends in, the verdicts that come back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache

from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError

from eventsapp.access.identity import DeviceIdentity
from eventsapp.core.db import db, is_sqlite, transaction
from eventsapp.core.errors import Unavailable
from eventsapp.core.text import N_
from eventsapp.door.attempts import Attempt, Batch, ReadAttempt, ScanResult
from eventsapp.door.group import Group
from eventsapp.door.reading import read_attempt
from eventsapp.door.settling import LostRaceError, settle

_TRIES = 8

Answers = list[ScanResult]


def scan(
    device: DeviceIdentity,
    attempts: Sequence[Attempt],
    *,
    sent_at: datetime,
    now: datetime,
    keys: Mapping[int, bytes],
) -> Answers:
    """The verdict on each attempt, in order; all of them are stored, refused ones too, before it returns.

    An entry point's whole work: it opens the transaction itself, because signatures are verified before
    it and because scans that arrive together share one. `sent_at` is the device's clock as it sends,
    `now` the server's (both aware); their difference corrects the attempts' times. `keys` are the public
    badge keys. An attempt id that this device has sent before gets the answer it got then. Raises
    `Unavailable` when the database stays busy; then nothing was stored.
    """
    batch = Batch(device, (), now - sent_at, now)
    read: tuple[ReadAttempt, ...] = tuple(read_attempt(attempt, batch, keys) for attempt in attempts)
    batch = Batch(device, read, batch.drift, now)
    if is_sqlite(db.engine):
        return _group(db.engine).do(batch)
    return _settle([batch])[0]


@lru_cache(maxsize=8)
def _group(engine: Engine) -> Group[Batch, Answers]:  # noqa: ARG001 -- one group a database
    return Group(_settle)


def _settle(batches: Sequence[Batch]) -> list[Answers]:
    for careful in (False, *(True,) * _TRIES):
        try:
            with transaction() as session:
                return settle(session.connection(), batches, careful=careful)
        except LostRaceError:
            continue
        except OperationalError as error:
            if not _deadlocked(error):
                raise
    raise Unavailable(N_("The database is busy. Please try again in a moment."))


def _deadlocked(error: OperationalError) -> bool:
    return getattr(error.orig, "sqlstate", None) == "40P01"
