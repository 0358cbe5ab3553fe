"""A person's second factor: set up, used, taken away; recovery codes for the day the phone is lost."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, update
from sqlalchemy.engine import CursorResult

from eventsapp.access.identity import Actor, ActorKind
from eventsapp.accounts import passwords, second_factor, sessions
from eventsapp.accounts.models import RecoveryCode, StaffUser
from eventsapp.audit import service as audit
from eventsapp.core.codes import normal_code, public_code
from eventsapp.core.db import db
from eventsapp.core.errors import Invalid
from eventsapp.core.text import N_
from eventsapp.core.tokens import Purpose, digest

RECOVERY_CODES = 8


def set_up(user: StaffUser, secret: str, typed: str, *, key: str, actor: Actor, now: datetime) -> list[str]:
    """Begin to ask for a code at sign-in: fresh recovery codes, to be shown once.

    Raises `Invalid` where the typed code is not the secret's. Other sessions end.
    """
    counter = second_factor.matching_counter(secret, typed, now)
    if counter is None:
        raise Invalid(
            N_("This is not the code that the app shows now. Please type the newest one."), field="code"
        )
    user.totp_secret = second_factor.seal(key, secret)
    user.totp_counter = counter
    audit.record("second_factor.set", "staff", user.id, actor=actor, now=now)
    sessions.end_all(user.id, now=now)
    return renew_recovery_codes(user, actor=actor, now=now)


def remove(user: StaffUser, *, actor: Actor, now: datetime) -> None:
    """Ask for the password alone again. All sessions end."""
    user.totp_secret = None
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    audit.record("second_factor.removed", "staff", user.id, actor=actor, now=now)
    sessions.end_all(user.id, now=now)
    db.session.flush()


def renew_recovery_codes(user: StaffUser, *, actor: Actor, now: datetime) -> list[str]:
    """Replace a person's recovery codes; what is returned is stored nowhere."""
    audit.record("recovery_codes.renewed", "staff", user.id, actor=actor, now=now)
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    codes = [public_code(16) for _ in range(RECOVERY_CODES)]
    db.session.add_all(RecoveryCode(user_id=user.id, digest=_digest(user, code)) for code in codes)
    db.session.flush()
    return [passwords.grouped(code) for code in codes]


def is_right(user: StaffUser, typed: str, *, keys: Sequence[str], now: datetime) -> bool:
    """Whether the typed code is the app's present one or a recovery code; each is taken once only."""
    return _is_app_code(user, typed, keys, now) or _is_recovery_code(user, typed, now)


def _is_app_code(user: StaffUser, typed: str, keys: Sequence[str], now: datetime) -> bool:
    secret = second_factor.unseal(keys, user.totp_secret or "")
    counter = second_factor.matching_counter(secret, typed, now) if secret else None
    if counter is None:
        return False
    done: CursorResult[Any] = db.session.execute(  # type: ignore[assignment]
        update(StaffUser)
        .where(StaffUser.id == user.id, StaffUser.totp_counter < counter)
        .values(totp_counter=counter)
    )
    return bool(done.rowcount)


def _is_recovery_code(user: StaffUser, typed: str, now: datetime) -> bool:
    done: CursorResult[Any] = db.session.execute(  # type: ignore[assignment]
        delete(RecoveryCode).where(
            RecoveryCode.user_id == user.id, RecoveryCode.digest == _digest(user, normal_code(typed))
        )
    )
    if done.rowcount:
        actor = Actor(ActorKind.STAFF, user.id)
        audit.record("recovery_code.used", "staff", user.id, actor=actor, now=now)
    return bool(done.rowcount)


def _digest(user: StaffUser, code: str) -> bytes:
    return digest(Purpose.RECOVERY, f"{user.code}:{code}")
