"""The badge code: 17 bytes of facts and their Ed25519 signature, as text for a QR symbol.

| bytes | holds                                                                              |
|-------|------------------------------------------------------------------------------------|
| 0     | format version (high four bits), key id 1-15 (low four bits)                       |
| 1-3   | the event's number                                                                 |
| 4-10  | the badge's number, random: it says nothing about its holder                       |
| 11    | revision; a reissue raises it                                                      |
| 12    | the category's number within the event                                             |
| 13-14 | first day, as days since 2020-01-01                                                |
| 15-16 | last day, likewise                                                                 |
| 17-80 | Ed25519 signature over `SIGNED_CONTEXT` and the 17 bytes                           |

Numbers are big-endian. The 81 bytes become 122 characters of Base45 (RFC 9285), exactly what a QR
symbol of version 5 holds at level M: one byte more would cost the next size.

The days are calendar days where the event is held. A scanner knows no zone for them, so a code
counts as in time from a whole day before its first day (UTC) to a whole day after its last one: no
clock on Earth is further off. When doors open is the checkpoint's own rule, not the code's.
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import ClassVar, Final

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

VERSION: Final = 1
SIGNED_CONTEXT: Final = b"eventsapp badge code 1\n"
TEXT_LENGTH: Final = 122

_EPOCH: Final = date(2020, 1, 1)
_MARGIN: Final = timedelta(days=1)
_PAYLOAD_LENGTH: Final = 17
_CODE_LENGTH: Final = 81
_ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_VALUES: Final = bytes(_ALPHABET.find(chr(byte)) & 0xFF for byte in range(256))  # 255: not of the alphabet
_WORDS: Final = struct.Struct(f">{_CODE_LENGTH // 2}HB")


class BadgeCodeError(Exception):
    """A text that is no genuine badge code; `fault` names the reason in one word for records."""

    fault: ClassVar[str]


class UnreadableCodeError(BadgeCodeError):
    """Not a badge code at all: something else was scanned, or part of it is lost."""

    fault = "unreadable"


class UnknownVersionError(BadgeCodeError):
    """Written in a format that this reader does not know."""

    fault = "unknown_version"


class UnknownKeyError(BadgeCodeError):
    """Signed with a key that this reader was not given."""

    fault = "unknown_key"


class ForgedCodeError(BadgeCodeError):
    """Well formed, and not signed by the key it names."""

    fault = "forged"


@dataclass(frozen=True, slots=True)
class BadgeCode:
    """What a badge code says. Holds no name and nothing personal.

    `event` fits 24 bits, `badge` 56, `revision` and `category` 8 each; `key_id` is 1 to 15; the
    days lie between 2020-01-01 and 2199-06-06. Building one outside these raises `ValueError`.
    """

    key_id: int
    event: int
    badge: int
    revision: int
    category: int
    first_day: date
    last_day: date

    def __post_init__(self) -> None:
        _check("key id", self.key_id, 1, 15)
        _check("event", self.event, 0, (1 << 24) - 1)
        _check("badge", self.badge, 0, (1 << 56) - 1)
        _check("revision", self.revision, 0, 255)
        _check("category", self.category, 0, 255)
        _check("first day", _days(self.first_day), 0, 65_535)
        _check("last day", _days(self.last_day), _days(self.first_day), 65_535)

    @property
    def valid_from(self) -> datetime:
        """The first instant (UTC) at which the code counts as in time, margin included."""
        return datetime.combine(self.first_day, time(), UTC) - _MARGIN

    @property
    def valid_until(self) -> datetime:
        """The instant (UTC) from which the code is out of time, margin included."""
        return datetime.combine(self.last_day, time(), UTC) + timedelta(days=1) + _MARGIN

    def is_in_time(self, now: datetime) -> bool:
        """Whether `now` (aware) lies within the validity days and their margin."""
        return self.valid_from <= now < self.valid_until


def encode(code: BadgeCode, signing_key: SigningKey) -> str:
    """The text for the QR symbol: 122 characters of its alphanumeric set, signed with `signing_key`.

    The key must be the one that `code.key_id` names. The same code and key give the same text.
    """
    payload = b"".join(
        (
            bytes([VERSION << 4 | code.key_id]),
            code.event.to_bytes(3, "big"),
            code.badge.to_bytes(7, "big"),
            bytes([code.revision, code.category]),
            _days(code.first_day).to_bytes(2, "big"),
            _days(code.last_day).to_bytes(2, "big"),
        )
    )
    signature = signing_key.sign(SIGNED_CONTEXT + payload).signature
    return _to_base45(payload + signature)


def read(text: str, public_keys: Mapping[int, bytes]) -> BadgeCode:
    """The genuine code that `text` holds; any text may be given, nothing but `BadgeCodeError` comes back.

    `public_keys` maps key ids to Ed25519 public keys of 32 bytes. Lower case, line ends and outer
    spaces, as keyboard scanners and text fields add and drop them, are mended first.
    Raises `UnreadableCodeError`, `UnknownVersionError`, `UnknownKeyError` or `ForgedCodeError`.
    """
    data = _from_base45(_mended(text))
    payload, signature = data[:_PAYLOAD_LENGTH], data[_PAYLOAD_LENGTH:]
    version, key_id = payload[0] >> 4, payload[0] & 0x0F
    if version != VERSION:
        raise UnknownVersionError(f"badge code of format {version}")
    public_key = public_keys.get(key_id)
    if public_key is None:
        raise UnknownKeyError(f"badge code of key {key_id}")
    try:
        VerifyKey(public_key).verify(SIGNED_CONTEXT + payload, signature)
    except BadSignatureError as error:
        raise ForgedCodeError("the signature does not fit") from error
    return _facts(payload)


def _facts(payload: bytes) -> BadgeCode:
    try:
        return BadgeCode(
            key_id=payload[0] & 0x0F,
            event=int.from_bytes(payload[1:4], "big"),
            badge=int.from_bytes(payload[4:11], "big"),
            revision=payload[11],
            category=payload[12],
            first_day=_EPOCH + timedelta(days=int.from_bytes(payload[13:15], "big")),
            last_day=_EPOCH + timedelta(days=int.from_bytes(payload[15:17], "big")),
        )
    except ValueError as error:  # signed all the same, but never by `encode`
        raise UnreadableCodeError("the code contradicts itself") from error


def _mended(text: str) -> str:
    """The text as it was printed.

    The alphabet has a space and no lower case. The last character is always a digit and so is the
    third, so spaces can be lost at the front alone, and the known length tells how many.
    """
    if len(text) > 2 * TEXT_LENGTH or not text.isascii():
        raise UnreadableCodeError("not a badge code")
    plain = text.strip().upper().rjust(TEXT_LENGTH)
    if len(plain) != TEXT_LENGTH:
        raise UnreadableCodeError("not a badge code")
    return plain


def _to_base45(data: bytes) -> str:
    characters: list[str] = []
    for start in range(0, len(data) - 1, 2):
        high, low = divmod(data[start] << 8 | data[start + 1], 2025)
        middle, low = divmod(low, 45)
        characters += _ALPHABET[low], _ALPHABET[middle], _ALPHABET[high]
    if len(data) % 2:
        high, low = divmod(data[-1], 45)
        characters += _ALPHABET[low], _ALPHABET[high]
    return "".join(characters)


def _from_base45(text: str) -> bytes:
    values = text.encode("ascii").translate(_VALUES)
    if max(values) >= len(_ALPHABET):
        raise UnreadableCodeError("not a badge code")
    triples = zip(values[:-2:3], values[1:-2:3], values[2:-2:3], strict=True)
    words = [low + 45 * middle + 2025 * high for low, middle, high in triples]
    try:
        return _WORDS.pack(*words, values[-2] + 45 * values[-1])
    except struct.error as error:
        raise UnreadableCodeError("not a badge code") from error


def _days(day: date) -> int:
    return (day - _EPOCH).days


def _check(name: str, value: int, least: int, most: int) -> None:
    if not least <= value <= most:
        raise ValueError(f"badge code: {name} {value} is not between {least} and {most}")
