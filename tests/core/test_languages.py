"""Tags are normalised, and each reader gets the text nearest to their language."""

import pytest

from eventsapp.core import languages
from eventsapp.core.languages import Picked, pick


@pytest.mark.parametrize(
    ("given", "tag"),
    [
        ("EN", "en"),
        ("zh_hant", "zh-Hant"),
        ("ZH-hant-tw", "zh-Hant-TW"),
        ("uk-ua", "uk-UA"),
        (" es-419 ", "es-419"),
        ("sl-ROZAJ-biske", "sl-rozaj-biske"),
        ("de-CH-1996", "de-CH-1996"),
        ("en-u-CA-gregory", "en-u-ca-gregory"),
        ("tlh", "tlh"),
        ("nan-Latn-x-POJ", "nan-Latn-x-poj"),
    ],
)
def test_normalise_a_wellformed_tag_gives_its_customary_form(given: str, tag: str) -> None:
    assert languages.normalise(given) == tag


@pytest.mark.parametrize(
    "given", ["", "e", "english language", "en--US", "-en", "en-", "zh-Hant\n<", "12", "a" * 36, "英文"]
)
def test_normalise_anything_else_is_refused(given: str) -> None:
    with pytest.raises(ValueError, match="not a language tag"):
        languages.normalise(given)
    assert not languages.is_tag(given)


@pytest.mark.parametrize(
    ("tag", "direction"),
    [
        ("ar", "rtl"),
        ("he-IL", "rtl"),
        ("fa", "rtl"),
        ("ur", "rtl"),
        ("az-Arab", "rtl"),
        ("uk", "ltr"),
        ("zh-Hant", "ltr"),
    ],
)
def test_direction_follows_the_script(tag: str, direction: str) -> None:
    assert languages.direction(tag) == direction


@pytest.mark.parametrize(
    ("tag", "name"),
    [("en", "English"), ("zh-Hant", "繁體中文"), ("uk", "Українська"), ("ar", "العربية"), ("qqx", "qqx")],
)
def test_own_name_is_written_in_the_language_itself(tag: str, name: str) -> None:
    assert languages.own_name(tag) == name


def test_language_name_is_in_the_readers_language() -> None:
    assert languages.language_name("uk", "en") == "Ukrainian"
    assert languages.language_name("crh", "en") == "Crimean Tatar"
    assert languages.language_name("en", "zh-Hant") == "英文"


THREE = {"en": "Hall", "zh-Hant": "大廳", "uk": "Зала"}


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("uk", Picked("Зала", "uk", is_fallback=False)),
        ("uk-UA", Picked("Зала", "uk", is_fallback=False)),
        ("zh-TW", Picked("大廳", "zh-Hant", is_fallback=False)),
        ("zh-Hant-HK", Picked("大廳", "zh-Hant", is_fallback=False)),
        ("en-GB", Picked("Hall", "en", is_fallback=False)),
        ("zh-Hans", Picked("Hall", "en", is_fallback=True)),
        ("fr", Picked("Hall", "en", is_fallback=True)),
    ],
)
def test_pick_takes_the_same_language_and_script_else_english(wanted: str, expected: Picked) -> None:
    assert pick(THREE, wanted) == expected


def test_pick_prefers_the_events_own_language_to_english() -> None:
    assert pick(THREE, "fr", default="uk") == Picked("Зала", "uk", is_fallback=True)


def test_pick_takes_any_text_rather_than_none() -> None:
    assert pick({"uk": "Зала"}, "zh-Hant", default="ja") == Picked("Зала", "uk", is_fallback=True)


@pytest.mark.parametrize("blank", ["", "   "])
def test_pick_passes_over_blank_texts(blank: str) -> None:
    assert pick({"zh-Hant": blank, "en": "Hall"}, "zh-Hant").tag == "en"


@pytest.mark.parametrize("texts", [None, {}, {"en": ""}])
def test_pick_of_nothing_is_an_empty_text(texts: dict[str, str] | None) -> None:
    assert pick(texts, "uk") == Picked("", "uk", is_fallback=False)
