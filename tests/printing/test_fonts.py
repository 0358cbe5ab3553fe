"""Which characters can be printed, and how a text is taken."""

import time

import pytest

from eventsapp.printing import fonts
from eventsapp.printing.run import run


@pytest.mark.parametrize(
    "text",
    [
        "Łucja Przykładowa, D'Arcy O’Neill-Ñandú",
        "Олена Прикладенко ґ Ґ ї",
        "李四川 臺北 𠮷野家",
        "さくら 見本 김견본",
        "محمد المثالي \u200f",
        "דוד לדוגמה",
        "สมชาย नमूना ελληνικά አበበ",
        "",
        "a\u200d\u00a0\ufe0fb\n",
    ],
)
def test_names_of_the_world_can_be_printed(text: str) -> None:
    assert fonts.missing_glyphs(text) == set()


def test_characters_that_no_font_draws_are_named() -> None:
    assert fonts.missing_glyphs("Ada 😀 \U00013000 B") == {"😀", "\U00013000"}


def test_asking_again_is_quick() -> None:
    fonts.missing_glyphs("Ada")
    began = time.process_time()
    for _ in range(1_000):
        fonts.missing_glyphs("李四川 Олена")
    assert time.process_time() - began < 0.5


@pytest.mark.parametrize(
    ("text", "lang", "style"),
    [
        ("李四川", "", "TC"),
        ("李四川", "zh-Hant", "TC"),
        ("李四川", "zh-Hans", "SC"),
        ("李四川", "zh_CN", "SC"),
        ("見本 花子", "ja", "JP"),
        ("見本 はなこ", "", "JP"),
        ("김견본", "", "KR"),
        ("金", "ko", "KR"),
    ],
)
def test_han_characters_take_the_shapes_of_their_language(text: str, lang: str, style: str) -> None:
    assert fonts.han_style(text, lang) == style
    assert fonts.families()[style][1] == f"Noto Sans {style}"


@pytest.mark.parametrize(
    ("text", "side"),
    [("Ada", "ltr"), ("محمد", "rtl"), ("12 דוד", "rtl"), ("(Ada) محمد", "ltr"), ("123", "ltr"), ("", "ltr")],
)
def test_direction_is_that_of_the_first_letter(text: str, side: str) -> None:
    assert fonts.direction(text) == side


@pytest.mark.parametrize("lang", ["", "x", "english-please", "zh-Hant", "uk", "en_GB", "\0"])
def test_any_language_tag_is_taken(lang: str) -> None:
    taken = run("Ada", lang)
    assert len(taken["lang"]) in (0, 2, 3)
    assert taken["region"] in ("", "TW", "CN")


def test_longest_words_are_known_for_scripts_without_spaces() -> None:
    assert run("Ada von Beispielhausen")["words"][-1] == "Beispielhausen"
    assert all(len(word) == 1 for word in run("臺北市政府")["words"] if word)


def test_every_family_stands_in_the_packages() -> None:
    files = {path.name.split("[")[0] for folder in fonts.folders() for path in folder.rglob("*.ttf")}
    for stack in fonts.families().values():
        assert {family.replace(" ", "") for family in stack} <= files
