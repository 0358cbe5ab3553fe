"""Reading staff and their sessions."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from eventsapp.access.identity import StaffIdentity
from eventsapp.access.permissions import Role
from eventsapp.accounts.models import EventRole, RecoveryCode, StaffSession, StaffUser
from eventsapp.core.db import db
from eventsapp.core.tokens import Purpose, digest


@dataclass(frozen=True)
class SignedIn:
    """The live session behind a browser's secret, and who it belongs to."""

    session_code: str
    user_code: str
    display_name: str
    identity: StaffIdentity


def signed_in(secret: str, now: datetime) -> SignedIn | None:
    """Who holds that session secret; None if the session ended, ran out or never was (one query)."""
    rows = db.session.execute(
        select(
            StaffSession.code.label("session_code"),
            StaffUser.id,
            StaffUser.code,
            StaffUser.email,
            StaffUser.display_name,
            StaffUser.administrator,
            EventRole.event_id,
            EventRole.role,
        )
        .join(StaffUser, StaffUser.id == StaffSession.user_id)
        .outerjoin(EventRole, EventRole.user_id == StaffUser.id)
        .where(
            StaffSession.digest == digest(Purpose.SESSION, secret),
            StaffSession.ended_at.is_(None),
            StaffSession.expires_at > now,
            StaffUser.active,
        )
    ).all()
    if not rows:
        return None
    roles: dict[int, set[Role]] = defaultdict(set)
    for row in rows:
        if row.event_id is not None:
            roles[row.event_id].add(row.role)
    first = rows[0]
    identity = StaffIdentity(
        user_id=first.id,
        email=first.email,
        administrator=first.administrator,
        roles={event_id: frozenset(held) for event_id, held in roles.items()},
    )
    return SignedIn(first.session_code, first.code, first.display_name, identity)


def by_email(email: str) -> StaffUser | None:
    """The account with that mail address, in whatever case it was typed."""
    return db.session.scalar(select(StaffUser).where(StaffUser.email == normal_email(email)))


def by_code(code: str) -> StaffUser | None:
    """The account with that public code, with its roles."""
    return db.session.scalar(
        select(StaffUser).where(StaffUser.code == code).options(selectinload(StaffUser.event_roles))
    )


def everyone() -> Sequence[StaffUser]:
    """All accounts, those who may sign in first, by address; with their roles (two queries)."""
    return db.session.scalars(
        select(StaffUser)
        .options(selectinload(StaffUser.event_roles))
        .order_by(StaffUser.active.desc(), StaffUser.email)
    ).all()


def team(event_id: int) -> Sequence[tuple[StaffUser, frozenset[Role]]]:
    """Who has a part in an event, and which (one query)."""
    rows = db.session.execute(
        select(StaffUser, EventRole.role)
        .join(EventRole, EventRole.user_id == StaffUser.id)
        .where(EventRole.event_id == event_id)
        .order_by(StaffUser.email)
    ).all()
    held: dict[StaffUser, set[Role]] = {}
    for user, role in rows:
        held.setdefault(user, set()).add(role)
    return [(user, frozenset(roles)) for user, roles in held.items()]


def sessions(user_id: int, now: datetime) -> Sequence[StaffSession]:
    """A person's live sign-ins, newest first."""
    return db.session.scalars(
        select(StaffSession)
        .where(
            StaffSession.user_id == user_id, StaffSession.ended_at.is_(None), StaffSession.expires_at > now
        )
        .order_by(StaffSession.id.desc())
    ).all()


def recovery_codes_left(user_id: int) -> int:
    """How many recovery codes have not been used."""
    counted = select(func.count()).select_from(RecoveryCode).where(RecoveryCode.user_id == user_id)
    return db.session.scalar(counted) or 0


def names(user_ids: Sequence[int]) -> Mapping[int, str]:
    """How to call these members of staff: their name, else their address (one query)."""
    rows = db.session.execute(
        select(StaffUser.id, StaffUser.display_name, StaffUser.email).where(StaffUser.id.in_(user_ids))
    )
    return {row.id: row.display_name or row.email for row in rows}


def normal_email(email: str) -> str:
    """An address as accounts keep it."""
    return email.strip().lower()
