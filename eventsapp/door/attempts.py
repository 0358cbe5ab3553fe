"""What goes into a scan and what comes out of it, as plain data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from eventsapp.access.identity import DeviceIdentity
from eventsapp.door.decision import Reading
from eventsapp.door.enums import Cause, Direction, Method, Outcome

FLAGGED_DRIFT = timedelta(minutes=2)  # a device's clock that is further off is shown to the organiser
OLDEST = timedelta(days=14)  # how long ago a scan can have been made, whatever the device's clock says


@dataclass(frozen=True, slots=True)
class Attempt:
    """One badge shown to a device, as the device tells it.

    `code` is whatever was read or typed: a badge code, a short code or anything else. `checkpoint` is
    the checkpoint's code or name. `scanned_at` is the device's own clock, aware.
    """

    id: str
    code: str
    checkpoint: str
    direction: Direction
    scanned_at: datetime
    method: Method = Method.CAMERA
    offline: bool = False


@dataclass(frozen=True, slots=True)
class ReadAttempt:
    """An attempt whose code was read and verified, its time corrected. At most one key is set."""

    attempt: Attempt
    reading: Reading
    number: int | None
    short_code: str | None
    digest: bytes
    at: datetime


@dataclass(frozen=True, slots=True)
class Upload:
    """What a device sent. `drift` corrects the attempts' times; `keys` are the public badge keys.

    `token` is the digest of the token that the device showed; with it, whether the device is still
    paired is asked in the transaction that stores its scans.
    """

    device: DeviceIdentity
    attempts: Sequence[Attempt]
    drift: timedelta
    now: datetime
    keys: Mapping[int, bytes]
    token: bytes | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """The attempts of one upload, ready to be settled; the rest is as in `Upload`."""

    device: DeviceIdentity
    attempts: Sequence[ReadAttempt]
    drift: timedelta
    now: datetime
    token: bytes | None = None


@dataclass(frozen=True, slots=True)
class HolderShown:
    """What the steward may see of the holder, to compare with the person and the badge."""

    name: str
    language: str
    short_code: str
    category: Mapping[str, str]
    letter: str
    colour: str


@dataclass(frozen=True, slots=True)
class FirstAdmission:
    """Who let the holder in before: which checkpoint, by which device, when (UTC)."""

    checkpoint: str
    device: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ScanResult:
    """The answer to one attempt.

    `holder` is None for strangers and badges of other events. `first` is set for `already_in`.
    `opens_at` and `closed_at` go with the causes about time, `allowed_at` (names of checkpoints) with
    `zone_not_granted`.
    """

    id: str
    outcome: Outcome
    cause: Cause | None
    at: datetime
    holder: HolderShown | None = None
    first: FirstAdmission | None = None
    opens_at: datetime | None = None
    closed_at: datetime | None = None
    allowed_at: Sequence[str] = ()


def corrected(scanned_at: datetime, drift: timedelta, now: datetime) -> datetime:
    """When a scan happened by the server's clock: moved by the device's drift, never in the future."""
    return max(min(scanned_at + drift, now), now - OLDEST)
