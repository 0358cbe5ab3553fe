"""From one date to another, as each language writes it."""

import datetime as dt

import pytest

from eventsapp.web.formats import date_range_text

FIRST, SAME_MONTH, NEXT_YEAR = dt.date(2026, 12, 22), dt.date(2026, 12, 26), dt.date(2027, 1, 2)


@pytest.mark.parametrize(
    ("last", "reader", "words"),
    [
        (FIRST, "en", "22 Dec 2026"),
        (SAME_MONTH, "en", "22–26 Dec 2026"),
        (NEXT_YEAR, "en", "22 Dec 2026 – 2 Jan 2027"),
        (SAME_MONTH, "zh-Hant", "2026年12月22日至26日"),
        (SAME_MONTH, "uk", "22–26 груд. 2026 р."),
    ],
)
def test_parts_that_are_the_same_are_written_once(last: dt.date, reader: str, words: str) -> None:
    spaced = date_range_text(FIRST, last, reader)
    assert " ".join(spaced.replace("\N{THIN SPACE}", " ").split()) == words
