"""Staff accounts: who exists, who may sign in, who has which part in which event."""

from collections.abc import Collection
from datetime import datetime

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from eventsapp.access.identity import Actor, ActorKind
from eventsapp.access.permissions import Role
from eventsapp.accounts import sessions
from eventsapp.accounts.models import EventRole, StaffUser
from eventsapp.accounts.queries import normal_email
from eventsapp.audit import service as audit
from eventsapp.core.db import db, violated
from eventsapp.core.errors import Conflict, Invalid
from eventsapp.core.text import N_, clean


def create_user(
    email: str,
    *,
    password_hash: str,
    display_name: str = "",
    administrator: bool = False,
    password_is_temporary: bool = True,
    actor: Actor,
    now: datetime,
) -> StaffUser:
    """A new account. `password_hash` comes from `passwords.hash_password`, made before the transaction.

    Raises `Invalid` for what is no mail address and `Conflict` where it has an account already.
    """
    user = StaffUser(
        email=valid_email(email),
        display_name=clean(display_name, limit=200),
        password_hash=password_hash,
        password_is_temporary=password_is_temporary,
        administrator=administrator,
        created_at=now,
    )
    try:
        with db.session.begin_nested():
            db.session.add(user)
    except IntegrityError as error:
        if not violated(error, "uq_staff_user_email"):
            raise
        raise Conflict(N_("There is an account with this mail address already."), field="email") from error
    audit.record("staff.added", "staff", user.id, actor=actor, now=now, administrator=administrator)
    return user


def valid_email(email: str) -> str:
    """A mail address as accounts keep it; refuses (`Invalid`) what can be none."""
    try:
        found = validate_email(clean(email, limit=320), check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise Invalid(N_("This is not a mail address."), field="email") from error
    return normal_email(found.normalized)


def set_roles(
    user: StaffUser, event_id: int, roles: Collection[Role], *, actor: Actor, now: datetime
) -> bool:
    """Give somebody exactly these parts in an event. False if it was so already.

    It holds from the next request on. Changed by somebody else, it also ends their sessions.
    """
    held = {entry.role: entry for entry in user.event_roles if entry.event_id == event_id}
    wanted = set(roles)
    if set(held) == wanted:
        return False
    for role in set(held) - wanted:
        user.event_roles.remove(held[role])
    for role in sorted(wanted - set(held)):
        user.event_roles.append(EventRole(event_id=event_id, role=role, created_at=now))
    db.session.flush()
    names = sorted(role.value for role in wanted)
    audit.record("roles.set", "staff", user.id, actor=actor, now=now, event_id=event_id, roles=names)
    _end_sessions_unless_own(user, actor, now)
    return True


def grant(user_id: int, event_id: int, role: Role, *, actor: Actor, now: datetime) -> bool:
    """Give somebody one more part in an event; whoever founds one becomes its organiser. False if held."""
    user = db.session.get_one(StaffUser, user_id)
    held = {entry.role for entry in user.event_roles if entry.event_id == event_id}
    return set_roles(user, event_id, held | {role}, actor=actor, now=now)


def set_administrator(user: StaffUser, administrator: bool, *, actor: Actor, now: datetime) -> bool:
    """Let somebody do everything, or no longer. False if it was so already.

    Raises `Conflict` for the last administrator who can sign in.
    """
    if user.administrator == administrator:
        return False
    if not administrator:
        _keep_one_administrator(user)
    user.administrator = administrator
    action = "staff.administrator_made" if administrator else "staff.administrator_unmade"
    audit.record(action, "staff", user.id, actor=actor, now=now)
    _end_sessions_unless_own(user, actor, now)
    db.session.flush()
    return True


def set_active(user: StaffUser, active: bool, *, actor: Actor, now: datetime) -> bool:
    """Let somebody sign in again, or no longer: all their sessions end at once. False if it was so already.

    Raises `Conflict` for the last administrator who can sign in.
    """
    if user.active == active:
        return False
    if not active and user.administrator:
        _keep_one_administrator(user)
    user.active = active
    action = "staff.reactivated" if active else "staff.deactivated"
    audit.record(action, "staff", user.id, actor=actor, now=now)
    sessions.end_all(user.id, now=now)
    db.session.flush()
    return True


def set_password(
    user: StaffUser, password_hash: str, *, temporary: bool = False, actor: Actor, now: datetime
) -> None:
    """Store a new password (its hash) and end every session of that person."""
    user.password_hash = password_hash
    user.password_is_temporary = temporary
    audit.record("staff.password_set", "staff", user.id, actor=actor, now=now, temporary=temporary)
    sessions.end_all(user.id, now=now)
    db.session.flush()


def _keep_one_administrator(user: StaffUser) -> None:
    # The rows are locked, so that two administrators cannot dismiss each other at the same moment.
    able = db.session.scalars(
        select(StaffUser.id).where(StaffUser.administrator, StaffUser.active).with_for_update()
    ).all()
    if not set(able) - {user.id}:
        raise Conflict(N_("One administrator at least must be able to sign in."))


def _end_sessions_unless_own(user: StaffUser, actor: Actor, now: datetime) -> None:
    if (actor.kind, actor.id) != (ActorKind.STAFF, user.id):
        sessions.end_all(user.id, now=now)
