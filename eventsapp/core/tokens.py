"""The only maker and reader of tokens; every token has one purpose.

Two kinds exist. A *secret* is random, handed out once and stored as a digest (devices, pairing,
mailed codes). A *link* is derived from the secret key, its purpose, the public code of what it opens and a
generation number; nothing of it is stored, so a copy of the database opens nothing, a link can be
mailed again unchanged, and raising the generation kills it.
"""

import hashlib
import hmac
import secrets
from base64 import b32encode
from enum import StrEnum


class Purpose(StrEnum):
    """What a token is for. One made for another purpose is not recognised."""

    INVITATION = "invitation"
    OWN_PAGE = "own-page"
    FEED = "feed"
    CONFIRMATION = "confirmation"
    PAIRING = "pairing"
    DEVICE = "device"
    SESSION = "session"
    RECOVERY = "recovery"
    FOCAL_POINT = "focal-point"
    MAILED_CODE = "mailed-code"
    REMINDERS = "reminders"  # ends them


def make_secret(purpose: Purpose) -> tuple[str, bytes]:
    """A fresh token of 256 random bits and the digest to store of it."""
    token = secrets.token_urlsafe(32)
    return token, digest(purpose, token)


def digest(purpose: Purpose, token: str) -> bytes:
    """What is stored and looked up of a secret: 32 bytes. Any text is accepted."""
    return hashlib.sha256(f"{purpose}:{token}".encode("utf-8", "replace")).digest()


def make_digits(purpose: Purpose, whose: str) -> tuple[str, bytes]:
    """Six random digits to be typed, and the digest to store of them; `whose` keeps equal ones apart.

    A million is few: whoever takes them must count the guesses, and let them live for minutes.
    """
    digits = f"{secrets.randbelow(1_000_000):06}"
    return digits, digits_digest(purpose, whose, digits)


def digits_digest(purpose: Purpose, whose: str, typed: str) -> bytes:
    """What is looked up of digits that somebody typed. Any text is accepted."""
    return digest(purpose, f"{whose}:{typed}")


def make_link(key: str, purpose: Purpose, code: str, generation: int) -> str:
    """The link token for the thing with public `code`: `code.mac`, 160 bits, URL-safe."""
    return f"{code}.{_mac(key, purpose, code, generation)}"


def link_code(token: str) -> str:
    """The public code a link token claims to be for (nothing is proved by it); may be empty."""
    return token.partition(".")[0][:32]


def link_is_genuine(keys: tuple[str, ...], token: str, purpose: Purpose, generation: int) -> bool:
    """Whether the token was made under one of `keys` for this purpose and generation."""
    code, _, mac = token.partition(".")
    given = mac.encode("utf-8", "replace")
    return any(hmac.compare_digest(_mac(key, purpose, code, generation).encode(), given) for key in keys)


def _mac(key: str, purpose: Purpose, code: str, generation: int) -> str:
    message = f"link:{purpose}:{code}:{generation}".encode("utf-8", "replace")
    return b32encode(hmac.digest(key.encode(), message, "sha256")[:20]).decode().lower()
