"""A text as the templates take it."""

import pytest

from eventsapp.printing.run import run


@pytest.mark.parametrize(
    ("tag", "language", "region"),
    [
        ("en", "en", ""), ("zh-Hant", "zh", "TW"), ("zh-Hans", "zh", "CN"), ("zh-CN", "zh", "CN"),
        ("uk", "uk", ""), ("en-GB", "en", ""), ("haw", "haw", ""), ("", "", ""), ("no tag at all", "", ""),
    ],
)  # fmt: skip
def test_language_tags_become_what_typst_takes(tag: str, language: str, region: str) -> None:
    made = run("text", tag)
    assert (made["lang"], made["region"]) == (language, region)


def test_words_are_what_a_line_break_cannot_part() -> None:
    assert run("Head of the Kyiv delegation")["words"][-1] == "delegation"
    assert run("臺北市政府 Taipei")["words"] == ["Taipei"]
    assert run("")["words"] == []


def test_tall_scripts_get_more_room() -> None:
    assert run("สมชาย")["fall"] > run("Ana")["fall"]
    assert run("محمد")["rise"] > run("李四川")["rise"]


def test_a_right_to_left_name_keeps_its_direction_in_any_language() -> None:
    assert run("محمد", "en")["rtl"] is True
    assert run("Ana", "ar")["rtl"] is False
