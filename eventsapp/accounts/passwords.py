"""Passwords: argon2id, and no more hashes at once than the machine has room for.

Each hash takes 64 MiB and most of a core; without a cap a burst of sign-ins would starve the door.
"""

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from eventsapp.core.codes import public_code
from eventsapp.core.errors import Invalid, Unavailable
from eventsapp.core.text import N_

AT_ONCE = 2
WAIT = 5.0  # seconds
SHORTEST, LONGEST = 10, 200

_hasher = PasswordHasher()  # argon2id with the values of RFC 9106 for machines with little memory
_room = BoundedSemaphore(AT_ONCE)


def hash_password(password: str) -> str:
    """What is stored of a password. Slow on purpose: never inside a transaction."""
    with _turn():
        return _hasher.hash(_normal(password))


def is_right(stored: str | None, password: str) -> bool:
    """Whether the password is the stored one; as slow for an account that does not exist (`None`)."""
    with _turn():
        try:
            _hasher.verify(stored or _nobodys(), _normal(password))
        except (VerificationError, InvalidHashError):
            return False
    return stored is not None


def is_outdated(stored: str) -> bool:
    """Whether the hash was made with weaker values than are used now."""
    return _hasher.check_needs_rehash(stored)


def check(password: str, *, email: str) -> None:
    """Refuse (`Invalid`) a password that is too short, too long or the mail address itself."""
    if len(password) < SHORTEST:
        raise Invalid(
            N_("Please choose a password of at least %(count)s characters."),
            field="password",
            count=SHORTEST,
        )
    if len(password) > LONGEST:
        raise Invalid(N_("Please keep this to %(limit)s characters."), field="password", limit=LONGEST)
    folded = password.casefold()
    if folded == email or len(set(folded)) < 4:
        raise Invalid(N_("This password would be guessed at once. Please choose another."), field="password")


def one_time() -> str:
    """A password to hand to somebody once: 16 characters, easily read aloud (71 bits)."""
    return grouped(public_code(16))


def grouped(code: str) -> str:
    """A code in groups of four."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def _normal(password: str) -> str:
    return unicodedata.normalize("NFKC", password)  # the same letters from every keyboard


@cache
def _nobodys() -> str:
    return _hasher.hash("the password of nobody")


@contextmanager
def _turn() -> Iterator[None]:
    if not _room.acquire(timeout=WAIT):
        raise Unavailable(N_("The service is busy. Please try again in a moment."))
    try:
        yield
    finally:
        _room.release()
