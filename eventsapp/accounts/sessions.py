"""Sessions: a row for each sign-in, which is what a browser's secret is good for."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, update
from sqlalchemy.engine import CursorResult

from eventsapp.access.identity import Actor
from eventsapp.accounts.models import StaffSession, StaffUser
from eventsapp.audit import service as audit
from eventsapp.core.db import db
from eventsapp.core.tokens import Purpose, digest, make_secret

LIFETIME = timedelta(hours=12)  # a long day at the event
KEPT = timedelta(days=90)


def begin(user: StaffUser, *, user_agent: str, now: datetime) -> str:
    """Open a session: the secret for the browser's cookie."""
    secret, hashed = make_secret(Purpose.SESSION)
    agent = "".join(character for character in user_agent if character.isprintable())[:300]
    opened = StaffSession(
        digest=hashed, user_id=user.id, created_at=now, expires_at=now + LIFETIME, user_agent=agent
    )
    db.session.add(opened)
    db.session.execute(delete(StaffSession).where(StaffSession.expires_at < now - KEPT))
    db.session.flush()
    return secret


def end_by_secret(secret: str, *, now: datetime) -> bool:
    """End the session that a browser's secret stands for."""
    return _end(StaffSession.digest == digest(Purpose.SESSION, secret), now=now) > 0


def end_one(user_id: int, code: str, *, actor: Actor, now: datetime) -> bool:
    """End one of a person's sessions. False if there is no such live session of theirs."""
    ended = _end(StaffSession.user_id == user_id, StaffSession.code == code, now=now)
    if ended:
        audit.record("session.ended", "staff", user_id, actor=actor, now=now)
    return ended > 0


def end_all(user_id: int, *, now: datetime) -> int:
    """End every session of a person; how many there were."""
    return _end(StaffSession.user_id == user_id, now=now)


def _end(*which: Any, now: datetime) -> int:
    done: CursorResult[Any] = db.session.execute(  # type: ignore[assignment]
        update(StaffSession).where(StaffSession.ended_at.is_(None), *which).values(ended_at=now)
    )
    return done.rowcount
