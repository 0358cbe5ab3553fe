"""The second factor: six figures that an app on the phone shows (TOTP, RFC 6238).

The secret is stored sealed with the installation's key, so a copy of the database makes no codes.
"""

import hashlib
from binascii import Error as BadBase64
from collections.abc import Sequence
from datetime import datetime

from nacl.encoding import URLSafeBase64Encoder
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox
from passlib.totp import TOTP, TokenError

ISSUER = "eventsapp"
WINDOW = 30  # seconds a phone's clock may be off


def new_secret() -> str:
    """A fresh secret, in base32."""
    return str(TOTP.new().base32_key)


def matching_counter(secret: str, typed: str, now: datetime) -> int | None:
    """The half minute whose code was typed; None if it is the code of none near `now`."""
    try:
        match = TOTP(key=secret).match(typed.replace(" ", ""), time=int(now.timestamp()), window=WINDOW)
    except TokenError:
        return None
    return int(match.counter)


def code_at(secret: str, now: datetime) -> str:
    """The code that the app shows at an instant."""
    return str(TOTP(key=secret).generate(time=int(now.timestamp())).token)


def address(secret: str, email: str) -> str:
    """The `otpauth://` address that an authenticator app reads."""
    return str(TOTP(key=secret).to_uri(label=email, issuer=ISSUER))


def seal(key: str, secret: str) -> str:
    """The secret as it is stored."""
    return _box(key).encrypt(secret.encode(), encoder=URLSafeBase64Encoder).decode()


def unseal(keys: Sequence[str], sealed: str) -> str | None:
    """The secret sealed under one of the installation's keys; None under none of them."""
    for key in keys:
        try:
            return _box(key).decrypt(sealed.encode(), encoder=URLSafeBase64Encoder).decode()
        except (CryptoError, BadBase64, ValueError):
            continue
    return None


def _box(key: str) -> SecretBox:
    return SecretBox(hashlib.sha256(f"second-factor:{key}".encode()).digest())
