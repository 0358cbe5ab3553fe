"""The badge code: what is written is read, and nothing else is."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
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
from tests.factories.badges import KEY, signed

KEYS = {1: bytes(KEY.verify_key)}
# Shared with every other reader of badge codes: texts, and what each is to make of them.
VECTORS = json.loads(Path(__file__).with_name("vectors.json").read_text(encoding="utf-8"))
_DAYS = some.dates(date(2020, 1, 1), date(2199, 6, 6))


def _said(code: BadgeCode) -> dict[str, Any]:
    names = ("key_id", "event", "badge", "revision", "category")
    days = {"first_day": code.first_day.isoformat(), "last_day": code.last_day.isoformat()}
    return {name: getattr(code, name) for name in names} | days


@given(
    some.integers(1, 15),
    some.integers(0, 2**24 - 1),
    some.integers(0, 2**56 - 1),
    some.integers(0, 255),
    some.integers(0, 255),
    some.lists(_DAYS, min_size=2, max_size=2).map(sorted),
)
@settings(max_examples=200, deadline=None)
def test_every_code_is_read_as_it_was_written(
    key_id: int, event: int, badge: int, revision: int, category: int, days: list[date]
) -> None:
    code = BadgeCode(key_id, event, badge, revision, category, *days)
    text = encode(code, KEY)
    assert len(text) == TEXT_LENGTH
    assert read(text, {key_id: KEYS[1]}) == code


@pytest.mark.parametrize("vector", VECTORS["genuine"], ids=lambda vector: vector["name"])
def test_genuine_vectors_are_read(vector: dict[str, Any]) -> None:
    keys = {int(key_id): bytes.fromhex(key) for key_id, key in VECTORS["public_keys"].items()}
    assert _said(read(vector["text"], keys)) == vector["says"]


@pytest.mark.parametrize("vector", VECTORS["refused"], ids=lambda vector: vector["name"])
def test_refused_vectors_name_their_fault(vector: dict[str, Any]) -> None:
    keys = {int(key_id): bytes.fromhex(key) for key_id, key in VECTORS["public_keys"].items()}
    with pytest.raises(BadgeCodeError) as refused:
        read(vector["text"], keys)
    assert refused.value.fault == vector["fault"]


def test_writing_gives_the_texts_of_the_vectors() -> None:
    private = {int(key_id): SigningKey(bytes.fromhex(key)) for key_id, key in VECTORS["private_keys"].items()}
    for vector in (vector for vector in VECTORS["genuine"] if not vector.get("mended")):
        said = dict(vector["says"])
        for day in ("first_day", "last_day"):
            said[day] = date.fromisoformat(said[day])
        assert encode(BadgeCode(**said), private[said["key_id"]]) == vector["text"]


def test_every_changed_character_is_refused() -> None:
    text = signed()
    for place in range(TEXT_LENGTH):
        other = "A" if text[place] != "A" else "B"
        with pytest.raises(BadgeCodeError):
            read(text[:place] + other + text[place + 1 :], KEYS)


def test_every_flipped_bit_is_refused() -> None:
    data = _from_base45(signed())
    for bit in range(8 * len(data)):
        changed = bytearray(data)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(BadgeCodeError):
            read(_to_base45(bytes(changed)), KEYS)


@given(some.text(max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_text_is_refused_in_so_many_words(text: str) -> None:
    with pytest.raises(BadgeCodeError):
        read(text, KEYS)


@given(some.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:", min_size=122, max_size=122))
@settings(max_examples=300, deadline=None)
def test_noise_of_the_right_length_is_refused(text: str) -> None:
    with pytest.raises(BadgeCodeError):
        read(text, KEYS)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\0",
        "A" * 10_240,
        "A" * 121,
        "A" * 123,
        ":" * 122,
        "https://example.org/",
        "\ud800" * 122,
        "٣" * 122,
    ],
    ids=["empty", "space", "nul", "10-kb", "short", "long", "too-large", "address", "surrogates", "digits"],
)
def test_what_is_no_badge_code_is_unreadable(text: str) -> None:
    with pytest.raises(UnreadableCodeError):
        read(text, KEYS)


def test_lower_case_line_ends_and_outer_spaces_are_mended() -> None:
    for number in range(50):
        text = signed(number)
        for typed in (text.lower(), f"  {text}\r\n", text.strip(), f"\t{text.lower()}\n"):
            assert read(typed, KEYS).event == 77


def test_other_key_other_version_and_other_signature_are_told_apart() -> None:
    with pytest.raises(UnknownKeyError):
        read(signed(key_id=2), KEYS)
    with pytest.raises(ForgedCodeError):
        read(signed(key_id=2), {2: bytes(SigningKey.generate().verify_key)})
    data = _from_base45(signed())
    with pytest.raises(UnknownVersionError):
        read(_to_base45(bytes([0x21]) + data[1:]), KEYS)


@pytest.mark.parametrize(
    "wrong",
    [
        {"key_id": 0},
        {"key_id": 16},
        {"event": 1 << 24},
        {"badge": 1 << 56},
        {"revision": 256},
        {"category": -1},
        {"first_day": date(2019, 12, 31)},
        {"last_day": date(2026, 6, 1)},
    ],
)
def test_facts_that_do_not_fit_are_not_written(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="badge code"):
        signed(**wrong)


def test_code_is_in_time_wherever_the_event_is_held() -> None:
    code = read(signed(), KEYS)  # 2 to 4 June
    assert not code.is_in_time(datetime(2026, 5, 31, 23, 59, tzinfo=UTC))
    assert code.is_in_time(datetime(2026, 6, 1, tzinfo=UTC))
    assert code.is_in_time(datetime(2026, 6, 5, 23, 59, tzinfo=UTC))
    assert not code.is_in_time(datetime(2026, 6, 6, tzinfo=UTC))
