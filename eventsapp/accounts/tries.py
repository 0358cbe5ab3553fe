"""Counting failed sign-ins and codes, exactly, however many come at once.

A try is counted before it is judged and taken back when it was right: one conditional statement, so
sixty-four guesses at the same moment are not all "the first".
"""

import hashlib
from datetime import datetime, timedelta
from http import HTTPStatus
from math import ceil
from typing import ClassVar

from sqlalchemy import case, delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from eventsapp.accounts.models import SignInTries
from eventsapp.core.db import db, is_sqlite
from eventsapp.core.errors import DomainError
from eventsapp.core.text import N_

WINDOW = timedelta(minutes=15)
PER_ACCOUNT = 8
PER_ADDRESS = 50  # a whole office may share one address


class TooManyTries(DomainError):
    """The account or the address has to wait."""

    status = HTTPStatus.TOO_MANY_REQUESTS
    code: ClassVar[str] = "too_many_tries"


def account_subject(email: str) -> str:
    """What an account's tries are counted against; no address is stored, and unknown ones count alike."""
    return f"account:{hashlib.sha256(email.encode('utf-8', 'replace')).hexdigest()}"


def address_subject(address: str) -> str:
    """What a network address's tries are counted against."""
    return f"address:{address}"[:80]


def count(subject: str, limit: int, now: datetime) -> None:
    """Count one try. Raises `TooManyTries` when the window of `WINDOW` already holds `limit`."""
    over = SignInTries.since <= now - WINDOW
    insert = sqlite.insert if is_sqlite(db.session.connection()) else postgresql.insert
    counted = db.session.scalar(
        insert(SignInTries)
        .values(subject=subject, count=1, since=now)
        .on_conflict_do_update(
            index_elements=[SignInTries.subject],
            set_={
                "count": case((over, 1), else_=SignInTries.count + 1),
                "since": case((over, now), else_=SignInTries.since),
            },
            where=or_(over, SignInTries.count < limit),
        )
        .returning(SignInTries.count)
    )
    if counted is None:
        since = db.session.scalars(select(SignInTries.since).where(SignInTries.subject == subject)).one()
        minutes = max(1, ceil((since + WINDOW - now).total_seconds() / 60))
        raise TooManyTries(
            N_("Too many tries. Please wait %(minutes)s minutes, then try again."), minutes=minutes
        )


def take_back(account: str, address: str, now: datetime) -> None:
    """The try was right: forget the account's tries, and this one of the address's."""
    db.session.execute(delete(SignInTries).where(SignInTries.subject == account))
    db.session.execute(
        update(SignInTries)
        .where(SignInTries.subject == address, SignInTries.count > 0)
        .values(count=SignInTries.count - 1)
    )
    db.session.execute(delete(SignInTries).where(SignInTries.since <= now - WINDOW))
