"""The browser's side of a session: the cookie's secret, who is behind it, where to go after signing in."""

import re
from datetime import datetime
from typing import cast

from flask import g, request, session

from eventsapp.access.identity import Actor, ActorKind, Anonymous, Identity
from eventsapp.accounts import queries, sessions
from eventsapp.accounts.models import StaffUser
from eventsapp.accounts.queries import SignedIn
from eventsapp.audit import service as audit
from eventsapp.core import clock
from eventsapp.core.db import db, transaction
from eventsapp.web.current import STAFF_SESSION

_LOCAL = re.compile(r"/organise/[\w\-./?=&%~+,:@]*")


def identity_behind(secret: str) -> Identity:
    """Who is behind a cookie's secret: a member of staff whose session lives, or nobody."""
    found = queries.signed_in(secret, clock.now())
    if found is None:
        return Anonymous()
    g.signed_in = found
    return found.identity


def me() -> SignedIn:
    """The session of whoever is asking; only behind `@signed_in`."""
    return cast(SignedIn, g.signed_in)


def my_account() -> StaffUser:
    """The account of whoever is asking."""
    return db.session.get_one(StaffUser, me().identity.user_id)


def let_in(user: StaffUser, *, now: datetime) -> str:
    """Open a session for a person in the present transaction: the secret for `keep`."""
    actor = Actor(ActorKind.STAFF, user.id)
    audit.record("staff.signed_in", "staff", user.id, actor=actor, now=now)
    return sessions.begin(user, user_agent=request.user_agent.string, now=now)


def keep(secret: str) -> None:
    """Hand the secret to the browser, in place of whatever its cookie held."""
    session.clear()
    session[STAFF_SESSION] = secret
    g.pop("identity", None)


def forget() -> None:
    """End the browser's session, here and in the database."""
    secret = session.get(STAFF_SESSION)
    session.clear()
    g.pop("identity", None)
    if secret:
        with transaction():
            sessions.end_by_secret(secret, now=clock.now())


def goal() -> str:
    """Where to go after signing in: the organisers' page that was asked for, else their first."""
    wanted = request.args.get("next", "")
    return wanted if _LOCAL.fullmatch(wanted) and "//" not in wanted else "/organise/"
