"""Every kind of question: what it takes, what it stores, how it is read."""

from typing import Any

import pytest

from eventsapp.core.errors import Invalid
from eventsapp.questions.asked import Asked, Option
from eventsapp.questions.kinds import ALL, kind_of

OPTIONS = (Option(1, "R3", {"en": "Red", "uk": "Червоний"}), Option(2, "G4", {"en": "Green"}))


def asked(key: str, **limits: Any) -> Asked:
    return Asked(kind=key, label={"en": "?"}, code="Q", limits=limits, options=OPTIONS)


def cleaned(key: str, given: Any, **limits: Any) -> Any:
    question = asked(key, **limits)
    return kind_of(question).clean(given, question)


def words(key: str, value: Any, reader: str = "en") -> str:
    question = asked(key)
    return kind_of(question).words(value, question, reader, lambda entry: entry)


@pytest.mark.parametrize(
    ("key", "given", "stored"),
    [
        ("text", "  O’Brien  d'Exemple ", "O’Brien d'Exemple"),
        ("paragraph", "one\r\n\r\ntwo", "one\n\ntwo"),
        ("number", "3,5", 3.5),
        ("number", "−4", -4),
        ("number", "0", 0),
        ("yes-no", "no", False),
        ("one-of", "R3", "R3"),
        ("many-of", ["G4", "R3", "G4"], ["R3", "G4"]),
        ("date", "2026-06-02", "2026-06-02"),
        ("time", "18:30:59", "18:30"),
        ("country", "UA", "UA"),
        ("phone", "+380 44 234 56 78", "+380442345678"),
        ("phone", "+886 2 2345 6789 ext. 12", "+886223456789;ext=12"),
        ("email", "Ada@EXAMPLE.org", "Ada@example.org"),
        ("person", {"name": " Lee  Shu-Chuan ", "organisation": ""}, {"name": "Lee Shu-Chuan"}),
        ("person", {"name": "X", "organisation": "臺北市政府"}, {"name": "X", "organisation": "臺北市政府"}),
    ],
)
def test_value_is_stored_in_its_customary_form(key: str, given: Any, stored: Any) -> None:
    assert cleaned(key, given) == stored
    question = asked(key)
    typed = kind_of(question).typed(stored)
    assert kind_of(question).clean(typed, question) == stored


@pytest.mark.parametrize("key", sorted(ALL))
def test_nothing_is_no_answer(key: str) -> None:
    for nothing in (None, "", [] if key == "many-of" else None):
        assert cleaned(key, nothing) is None


@pytest.mark.parametrize(
    ("key", "given", "limits"),
    [
        ("text", "x" * 301, {}),
        ("text", "xxxx", {"longest": 3}),
        ("text", "a\x00b", {}),
        ("text", "\ud800", {}),
        ("paragraph", "a\u202eb", {}),
        ("number", "three", {}),
        ("number", "NaN", {}),
        ("number", "1e400", {}),
        ("number", "9" * 30, {}),
        ("number", "2", {"least": 3}),
        ("number", "4", {"most": 3}),
        ("yes-no", "maybe", {}),
        ("one-of", "B7", {}),
        ("one-of", ["R3"], {}),
        ("many-of", ["R3", "B7"], {}),
        ("many-of", ["R3", "G4"], {"most": 1}),
        ("many-of", ["R3"], {"least": 2}),
        ("date", "31.12.2026", {}),
        ("date", "2026-06-01", {"least": "2026-06-02"}),
        ("time", "25:00", {}),
        ("country", "XX", {}),
        ("phone", "12345", {}),
        ("phone", "+1", {}),
        ("email", "no address", {}),
        ("person", {"organisation": "alone"}, {}),
        ("person", {"name": "x" * 201}, {}),
    ],
)
def test_what_cannot_be_is_refused(key: str, given: Any, limits: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        cleaned(key, given, **limits)


def test_number_without_country_code_is_read_by_the_limit() -> None:
    assert cleaned("phone", "02 2345 6789", region="TW") == "+886223456789"
    assert words("phone", "+886223456789") == "+886 2 2345 6789"


def test_values_are_read_in_the_readers_language() -> None:
    assert words("country", "UA", "zh-Hant") == "烏克蘭"
    assert words("country", "UA", "uk") == "Україна"
    assert words("one-of", "R3", "uk") == "Червоний"
    assert words("many-of", ["R3", "G4"]) == "Red · Green"
    assert words("date", "2026-06-02", "uk").startswith("2 червня 2026")
    assert words("number", 1234.5) == "1,234.5"
    assert words("person", {"name": "Ada", "organisation": "City"}) == "Ada, City"
