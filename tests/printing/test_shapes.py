"""Fonts: every script of the demonstration has its shapes, and what has none is named."""

import pytest

from eventsapp.printing.fonts import direction, families, folders, han_style, missing_glyphs


@pytest.mark.parametrize(
    "name",
    [
        "李四川", "Олена Прикладенко ґҐїЇєЄ", "Łucja Przykładowa", "José Ñandú-Ejemplo", "Nguyễn Văn Mẫu",
        "Ms O", "O’Brien", "Ελένη", "محمد", "דוד", "สมชาย", "ສົມ", "សុខ", "မောင်", "नमूना", "নমুনা",
        "மாதிரி", "నమూనా", "ምሳሌ", "見本 花子", "김견본", "サンプル", "𠮷野家", "e\u0301\u200d\ufe0f",
    ],
)  # fmt: skip
def test_names_of_many_scripts_miss_no_shape(name: str) -> None:
    assert missing_glyphs(name) == set()


def test_what_no_font_draws_is_named() -> None:
    assert missing_glyphs("Ana 😀 ᚠ") == {"😀", "ᚠ"}


def test_every_family_stands_in_the_packages() -> None:
    files = {path.name.split("[")[0] for folder in folders() for path in folder.rglob("*.ttf")}
    for stack in families().values():
        assert {family.replace(" ", "") for family in stack} <= files


@pytest.mark.parametrize(
    ("text", "lang", "style"),
    [
        ("直", "", "TC"), ("直", "zh-Hant", "TC"), ("直", "zh_TW", "TC"), ("直", "zh-Hans", "SC"),
        ("直", "zh-CN", "SC"), ("直", "ja", "JP"), ("直さ", "", "JP"), ("直", "ko", "KR"), ("김", "", "KR"),
    ],
)  # fmt: skip
def test_chinese_characters_take_the_readers_shapes(text: str, lang: str, style: str) -> None:
    assert han_style(text, lang) == style


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("Ana", "ltr"),
        ("محمد", "rtl"),
        ("(דוד)", "rtl"),
        ("2023 محمد", "rtl"),
        ("Al محمد", "ltr"),
        ("", "ltr"),
    ],
)
def test_direction_is_that_of_the_first_letter_that_has_one(text: str, way: str) -> None:
    assert direction(text) == way
