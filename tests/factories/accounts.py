"""Members of staff for tests, and browsers that they have signed in with."""

from datetime import datetime
from functools import cache

from argon2 import PasswordHasher

from eventsapp.access.identity import SYSTEM
from eventsapp.access.permissions import Role
from eventsapp.accounts import service, sessions
from eventsapp.accounts.models import StaffUser
from eventsapp.core import clock
from eventsapp.core.db import db, transaction
from eventsapp.events.models import Event
from eventsapp.web.current import STAFF_SESSION
from tests.support.clients import Client

PASSWORD = "seven calm herons"


def make_staff(
    email: str = "anna@example.org",
    *,
    role: Role | str | None = None,
    event: Event | None = None,
    administrator: bool = False,
    display_name: str = "",
    now: datetime | None = None,
) -> StaffUser:
    """A member of staff with PASSWORD; their part in an event where `role` and `event` are given."""
    now = now or clock.now()
    user = service.create_user(
        email,
        password_hash=hashed(),
        display_name=display_name,
        administrator=administrator,
        password_is_temporary=False,
        actor=SYSTEM,
        now=now,
    )
    if role and event:
        service.set_roles(user, event.id, [Role(role)], actor=SYSTEM, now=now)
    return user


@cache
def hashed() -> str:
    """A hash of PASSWORD that costs next to nothing to check."""
    return PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(PASSWORD)


def sign_in(client: Client, user: StaffUser) -> Client:
    """Let the browser hold a live session of that person's, as if they had just signed in."""
    user_id = user.id
    db.session.commit()
    with transaction():
        owner = db.session.get_one(StaffUser, user_id)
        secret = sessions.begin(owner, user_agent="tests", now=clock.now())
    with client.session_transaction() as session:
        session[STAFF_SESSION] = secret
    return client
