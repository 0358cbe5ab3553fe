"""People and rooms in two places at once."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from eventsapp.programme.conflicts import ClashKind, Slot, clashes, clashes_of

NINE = datetime(2026, 6, 2, 9, tzinfo=UTC)


def slot(key: str, begins: int, ends: int, room: int | None = None, people=(), reset: int = 0) -> Slot:
    """An item from minute `begins` to minute `ends` after nine."""
    return Slot(
        key,
        1,
        NINE + timedelta(minutes=begins),
        NINE + timedelta(minutes=ends),
        room,
        timedelta(minutes=reset),
        frozenset(people),
    )


def kinds(slots) -> list[ClashKind]:
    return [clash.kind for clash in clashes(slots)]


def test_a_person_in_two_places_is_found() -> None:
    found = clashes([slot("a", 0, 60, people=[7, 8]), slot("b", 30, 90, people=[8, 9])])
    assert [(clash.kind, clash.subject_id, clash.first.key, clash.second.key) for clash in found] == [
        (ClashKind.PERSON, 8, "a", "b")
    ]


def test_items_that_touch_share_nobody() -> None:
    assert not clashes([slot("a", 0, 60, 1, [7]), slot("b", 60, 90, 1, [7])])


def test_a_room_taken_twice_is_found() -> None:
    assert kinds([slot("a", 0, 60, 1), slot("b", 59, 90, 1)]) == [ClashKind.ROOM]


def test_two_rooms_at_one_time_are_fine() -> None:
    assert not clashes([slot("a", 0, 60, 1), slot("b", 0, 60, 2), slot("c", 0, 60), slot("d", 0, 60)])


def test_a_room_that_needs_time_between_two_uses_is_found() -> None:
    first = slot("a", 0, 60, 1, reset=15)
    assert kinds([first, slot("b", 60, 90, 1, reset=15)]) == [ClashKind.RESET]
    assert kinds([first, slot("b", 74, 90, 1, reset=15)]) == [ClashKind.RESET]
    assert kinds([first, slot("b", 75, 90, 1, reset=15)]) == []


def test_a_person_needs_no_time_between_two_items() -> None:
    assert not clashes([slot("a", 0, 60, people=[7], reset=15), slot("b", 60, 90, people=[7])])


def test_one_item_is_not_compared_with_itself() -> None:
    mine = slot("a", 0, 60, 1, [7])
    assert not clashes_of(mine, [mine])


def test_the_order_of_two_items_does_not_matter_to_the_reset() -> None:
    earlier, later = slot("a", 0, 60, 1, reset=15), slot("b", 65, 90, 1, reset=15)
    for one, other in ((earlier, later), (later, earlier)):
        assert [clash.kind for clash in clashes_of(one, [other])] == [ClashKind.RESET]


minutes = st.integers(0, 300)
slots = st.lists(
    st.builds(
        lambda begins, lasts, room, people, reset: (begins, begins + lasts, room, people, reset),
        minutes,
        st.integers(1, 120),
        st.sampled_from([None, 1, 2]),
        st.sets(st.integers(1, 4), max_size=3),
        st.sampled_from([0, 15]),
    ),
    max_size=12,
)


@given(slots)
def test_the_sweep_finds_exactly_what_comparing_all_pairs_finds(drawn) -> None:
    made = [
        slot(f"{number:02}", begins, ends, room, people, 15 if room == 1 else 0)
        for number, (begins, ends, room, people, _) in enumerate(drawn)
    ]
    swept = {(c.kind, c.first.key, c.second.key, c.subject_id) for c in clashes(made)}
    paired = {
        (c.kind, c.first.key, c.second.key, c.subject_id) for one in made for c in clashes_of(one, made)
    }
    assert swept == paired
