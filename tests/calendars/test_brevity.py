from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsapp.calendars.brevity import LIMIT, fitted, room_in_feed
from eventsapp.calendars.ical import calendar
from eventsapp.calendars.values import lines
from tests.calendars.readers import by_vobject
from tests.calendars.yardstick import programme


@pytest.mark.parametrize("size", [1, 50, 500, 1_000, 1_400, 2_000])
def test_feed_of_long_descriptions_stays_below_the_limit(size: int) -> None:
    room = room_in_feed(size)
    data = calendar([fitted(entry, room) for entry in programme(size, paragraphs=60)])
    assert len(data) < LIMIT
    assert data.count(b"BEGIN:VEVENT") == size


def test_short_feed_keeps_every_word() -> None:
    (entry,) = programme(1)
    assert fitted(entry, room_in_feed(300)) == entry


def test_longest_feed_still_says_what_when_where() -> None:
    (entry,) = programme(1)
    brief = fitted(entry, room_in_feed(2_000))
    assert (brief.summary, brief.location, brief.url) == (entry.summary, entry.location, entry.url)
    assert brief.description is None


@given(
    text=st.text(max_size=400) | st.text("é字 🇺", min_size=60, max_size=200),
    room=st.sampled_from([64, 128, 256]),
)
def test_cut_description_fits_and_ends_in_whole_characters(text: str, room: int) -> None:
    (entry,) = programme(1)
    cut = fitted(replace(entry, description=text), room).description
    assert cut is not None
    assert len(cut.encode()) <= room
    assert lines(text).startswith(cut.removesuffix("…"))
    assert by_vobject(calendar([replace(entry, description=cut)]))[0].description == cut


def test_cut_falls_between_words() -> None:
    (entry,) = programme(1)
    text = "Twenty minutes of introduction, thirty of discussion, with three interpreters in the room"
    assert fitted(replace(entry, description=text), 64).description == (
        "Twenty minutes of introduction, thirty of discussion, with…"
    )


def test_room_changes_in_steps() -> None:
    assert {room_in_feed(size) for size in range(1, 5_000)} == {4096, 2048, 1024, 512, 256, 128, 64, 0}
