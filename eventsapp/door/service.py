"""Scanning: what a device sends in, the verdicts that come back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache

from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError

from eventsapp.access.identity import DeviceIdentity
from eventsapp.core.db import db, is_sqlite, writing
from eventsapp.core.errors import Unavailable
from eventsapp.core.text import N_
from eventsapp.devices.service import NotPairedError
from eventsapp.door.attempts import Attempt, Batch, ScanResult, Upload
from eventsapp.door.group import Group
from eventsapp.door.reading import read_upload
from eventsapp.door.settling import LostRaceError, settle

_TRIES = 8
_SHORT = 10  # attempts; a few are read by whoever settles them, which costs fewer changes of thread

Answers = list[ScanResult] | None


def scan(
    device: DeviceIdentity,
    attempts: Sequence[Attempt],
    *,
    sent_at: datetime,
    now: datetime,
    keys: Mapping[int, bytes],
    token: bytes | None = None,
) -> list[ScanResult]:
    """The verdict on each attempt, in order; all of them are stored, refused ones too, before it returns.

    An entry point's whole work: it opens the transaction itself, because signatures are verified before
    it and because scans that arrive together share one. `sent_at` is the device's clock as it sends,
    `now` the server's (both aware); their difference corrects the attempts' times. `keys` are the public
    badge keys. An attempt id that this device has sent before gets the answer it got then.

    `token` is the digest of the token that was shown. With it, `device` may be as remembered from an
    earlier call: that it is still paired, and where, is read in the transaction itself. Raises
    `NotPairedError` where it is not, `Unavailable` when the database stays busy; then nothing was stored.
    """
    upload = Upload(device, attempts, now - sent_at, now, keys, token)
    # A long upload is read by its own thread: whoever shares its transaction need not wait for that.
    work = upload if len(attempts) <= _SHORT else read_upload(upload)
    answers = _group(db.engine).do(work) if is_sqlite(db.engine) else _settle([work])[0]
    if answers is None:
        raise NotPairedError
    return answers


@lru_cache(maxsize=8)
def _group(engine: Engine) -> Group[Upload | Batch, Answers]:  # noqa: ARG001 -- one group a database
    return Group(_settle)


def _settle(works: Sequence[Upload | Batch]) -> list[Answers]:
    batches = [work if isinstance(work, Batch) else read_upload(work) for work in works]
    for careful in (False, *(True,) * _TRIES):
        try:
            with writing() as connection:
                return settle(connection, batches, careful=careful)
        except LostRaceError:
            continue
        except OperationalError as error:
            if not _deadlocked(error):
                raise
    raise Unavailable(N_("The database is busy. Please try again in a moment."))


def _deadlocked(error: OperationalError) -> bool:
    return getattr(error.orig, "sqlstate", None) == "40P01"
