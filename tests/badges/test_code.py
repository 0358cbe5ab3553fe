"""The badge code: what is written is read, and nothing else is."""

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.signing import SigningKey

from eventsapp.badges.code import (
    TEXT_LENGTH,
    BadgeCode,
    BadgeCodeError,
    ForgedCodeError,
    UnknownKeyError,
    UnknownVersionError,
    UnreadableCodeError,
    _from_base45,
    _to_base45,
    encode,
    read,
)

KEY = SigningKey(bytes(range(32)))
KEYS: Mapping[int, bytes] = dict.fromkeys(range(1, 16), bytes(KEY.verify_key))
CODE = BadgeCode(
    key_id=1,
    event=0x0A0B0C,
    badge=0x01020304050607,
    revision=3,
    category=9,
    first_day=date(2023, 3, 28),
    last_day=date(2023, 3, 31),
)
TEXT = encode(CODE, KEY)
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
VECTORS: list[dict[str, Any]] = json.loads(Path(__file__).with_name("vectors.json").read_text("utf-8"))[
    "codes"
]

codes = st.builds(
    BadgeCode,
    key_id=st.integers(1, 15),
    event=st.integers(0, 2**24 - 1),
    badge=st.integers(0, 2**56 - 1),
    revision=st.integers(0, 255),
    category=st.integers(0, 255),
    first_day=st.dates(date(2020, 1, 1), date(2100, 1, 1)),
    last_day=st.dates(date(2100, 1, 1), date(2199, 6, 6)),
)


@given(codes)
def test_read_gives_back_what_was_written(code: BadgeCode) -> None:
    text = encode(code, KEY)
    assert len(text) == TEXT_LENGTH
    assert set(text) <= set(ALPHABET)
    assert read(text, KEYS) == code


@given(codes)
def test_read_mends_what_keyboards_and_text_fields_do(code: BadgeCode) -> None:
    text = encode(code, KEY)
    assert read(text.strip().lower(), KEYS) == code
    assert read(f" \t{text}\r\n", KEYS) == code


@pytest.mark.parametrize(("key_id", "event"), [(1, 4 << 16), (6, 74 << 16), (14, 51 << 16)])
def test_read_finds_the_spaces_lost_at_the_front(key_id: int, event: int) -> None:
    code = replace(CODE, key_id=key_id, event=event)
    text = encode(code, KEY)
    assert text.startswith(" ")
    assert read(text.strip(), KEYS) == code


@pytest.mark.parametrize("position", range(TEXT_LENGTH))
def test_read_refuses_any_character_changed(position: int) -> None:
    for character in ALPHABET:
        if character != TEXT[position]:
            with pytest.raises(BadgeCodeError):
                read(f"{TEXT[:position]}{character}{TEXT[position + 1 :]}", KEYS)


@given(st.one_of(st.text(max_size=400), st.text(ALPHABET, min_size=118, max_size=126)))
def test_read_refuses_noise_by_its_own_errors_alone(noise: str) -> None:
    with pytest.raises(BadgeCodeError):
        read(noise, KEYS)


@pytest.mark.parametrize(
    "noise",
    [
        "",
        " ",
        "\0",
        "\ud800",
        "ß" * 122,
        "٣" * 122,
        ":" * 122,
        "Z" * 10_240,
        " " * 10_240,
        TEXT * 2,
        TEXT[:-1],
        TEXT + "0",
    ],
)
def test_read_calls_what_is_no_code_unreadable(noise: str) -> None:
    with pytest.raises(UnreadableCodeError):
        read(noise, KEYS)


def test_read_names_a_version_it_does_not_know() -> None:
    with pytest.raises(UnknownVersionError):
        read("00" + "0" * 120, KEYS)


def test_read_names_a_key_it_was_not_given() -> None:
    with pytest.raises(UnknownKeyError):
        read(encode(replace(CODE, key_id=2), KEY), {1: bytes(KEY.verify_key)})


def test_read_refuses_a_code_signed_by_another_key() -> None:
    with pytest.raises(ForgedCodeError):
        read(encode(CODE, SigningKey(bytes(32))), KEYS)


@pytest.mark.parametrize(
    "wrong",
    [
        {"key_id": 0},
        {"key_id": 16},
        {"event": 2**24},
        {"badge": -1},
        {"badge": 2**56},
        {"revision": 256},
        {"category": 256},
        {"first_day": date(2019, 12, 31)},
        {"last_day": date(2199, 6, 7)},
        {"first_day": date(2023, 4, 1)},
    ],
)
def test_a_code_that_does_not_fit_cannot_be_made(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="badge code"):
        replace(CODE, **wrong)


def test_validity_has_a_day_of_margin_on_both_sides() -> None:
    start, end = datetime(2023, 3, 27, tzinfo=UTC), datetime(2023, 4, 2, tzinfo=UTC)
    tick = timedelta(microseconds=1)
    assert (CODE.valid_from, CODE.valid_until) == (start, end)
    assert [CODE.is_in_time(when) for when in (start - tick, start, end - tick, end)] == [
        False,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize("vector", VECTORS, ids=[vector["is"] for vector in VECTORS])
def test_read_agrees_with_the_shared_vectors(vector: dict[str, Any]) -> None:
    """Every reader of badge codes, in whatever language, is held to this file."""
    keys = {int(key_id): bytes.fromhex(key) for key_id, key in vector["public_keys"].items()}
    expected = {name: vector[name] for name in ("code", "fault") if name in vector}
    assert _outcome(vector["text"], keys) == expected


def _outcome(text: str, keys: Mapping[int, bytes]) -> dict[str, Any]:
    try:
        code = asdict(read(text, keys))
    except BadgeCodeError as error:
        return {"fault": error.fault}
    days = {name: code[name].isoformat() for name in ("first_day", "last_day")}
    return {"code": code | days | {"badge": f"{code['badge']:014x}"}}


def test_the_shared_vectors_know_every_fault() -> None:
    faults = {error.fault for error in BadgeCodeError.__subclasses__()}
    assert {vector["fault"] for vector in VECTORS if "fault" in vector} == faults


def test_every_flipped_bit_is_refused() -> None:
    data = _from_base45(TEXT)
    for bit in range(8 * len(data)):
        changed = bytearray(data)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(BadgeCodeError):
            read(_to_base45(bytes(changed)), KEYS)


@given(st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:", min_size=122, max_size=122))
def test_noise_of_the_right_length_is_refused(text: str) -> None:
    with pytest.raises(BadgeCodeError):
        read(text, KEYS)
