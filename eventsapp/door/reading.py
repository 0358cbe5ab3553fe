"""From what was scanned or typed to the badge it names. Signatures are verified before any transaction."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta

from eventsapp.badges.code import BadgeCodeError, ForgedCodeError, UnknownKeyError, read
from eventsapp.core.codes import ALPHABET, normal_code
from eventsapp.door.attempts import Attempt, Batch, ReadAttempt, Upload, corrected
from eventsapp.door.decision import Reading
from eventsapp.door.enums import Cause, Method

_SHORT = frozenset(ALPHABET)
_LONGEST_SHORT = 12


def read_upload(upload: Upload) -> Batch:
    """The upload with its codes read."""
    read = tuple(read_attempt(attempt, upload.drift, upload.now, upload.keys) for attempt in upload.attempts)
    return Batch(upload.device, read, upload.drift, upload.now, upload.token)


def read_attempt(attempt: Attempt, drift: timedelta, now: datetime, keys: Mapping[int, bytes]) -> ReadAttempt:
    """The attempt with its code read; nothing that can be scanned raises."""
    code = attempt.code
    digest = hashlib.sha256(code.encode("utf-8", "surrogatepass")).digest()
    at = corrected(attempt.scanned_at, drift, now)
    if short := short_code(code):
        return ReadAttempt(attempt, Reading(), None, short, digest, at)
    try:
        badge = read(code, keys)
    except (ForgedCodeError, UnknownKeyError):
        return ReadAttempt(attempt, Reading(Cause.FORGED), None, None, digest, at)
    except BadgeCodeError:
        # a person cannot mistype a signature: what they typed is a badge that does not exist
        fault = None if attempt.method in (Method.TYPED, Method.SEARCH) else Cause.UNREADABLE
        return ReadAttempt(attempt, Reading(fault), None, None, digest, at)
    return ReadAttempt(attempt, Reading(None, badge.revision), badge.badge, None, digest, at)


def short_code(typed: str) -> str | None:
    """The badge's short code that somebody typed, spaces and dashes forgiven; None if it is none."""
    if len(typed) > 2 * _LONGEST_SHORT:
        return None
    plain = normal_code(typed)
    return plain if 0 < len(plain) <= _LONGEST_SHORT and _SHORT.issuperset(plain) else None
