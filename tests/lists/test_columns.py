"""What headings mean, in three languages."""

import pytest

from eventsapp.core.errors import Invalid
from eventsapp.lists.columns import HEADINGS, checked, guess, heading_of
from eventsapp.questions.asked import Asked

ASKED = (Asked("date", {"en": "Arrival day", "uk": "День прибуття"}, code="QX34"),)


@pytest.mark.parametrize(
    ("headings", "meanings"),
    [
        (("Full name", "E-Mail", "Job Title", "Company"), ["name", "email", "title", "organisation"]),
        (
            ("姓名", "英文姓名", "職稱", "單位", "類別"),
            ["name", "name.en", "title", "organisation", "category"],
        ),
        (("ПІБ", "Посада", "Установа", "Пошта"), ["name", "title", "organisation", "email"]),
        (("Name (uk)", "Name [zh-Hant]", "Chinese name"), ["name.uk", "name.zh-Hant", "name.zh-Hant"]),
        (("Name", "Title (Ukrainian)", "Title (en)"), ["name", "title.uk", "title.en"]),
        (("Name", "Arrival day [QX34]", "day"), ["name", "answer.QX34", ""]),
        (("Name", "день прибуття"), ["name", "answer.QX34"]),
        (("Name", "Arrival day [OTHER]"), ["name", "answer.QX34"]),  # another event's question of that name
        (("Name", "Mail", "E-mail"), ["name", "email", ""]),
    ],
)
def test_meanings_are_guessed(headings: tuple[str, ...], meanings: list[str]) -> None:
    assert guess(headings, ASKED) == meanings


@pytest.mark.parametrize("reader", ["en", "zh-Hant", "uk"])
def test_our_own_headings_are_read_back(reader: str) -> None:
    meanings = [*HEADINGS, "name.uk", "title.en", "organisation.zh-Hant"]
    assert guess([heading_of(meaning, reader) for meaning in meanings]) == meanings


@pytest.mark.parametrize(
    "meanings",
    [("email", "title"), ("name", "martian"), ("name",), ("name", "name"), ("name", "answer.NONE")],
)
def test_a_choice_that_makes_no_sense_is_refused(meanings: tuple[str, ...]) -> None:
    with pytest.raises(Invalid):
        checked(meanings, 2, ASKED)


def test_a_sensible_choice_is_taken() -> None:
    assert checked(["name", "name.uk", "", "answer.QX34"], 4, ASKED) == ("name", "name.uk", "", "answer.QX34")
