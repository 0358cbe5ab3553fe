"""A day as a table of rooms."""

from dataclasses import dataclass
from datetime import datetime

from eventsapp.programme import grid


@dataclass(eq=False)
class Item:
    """What the table needs of an item."""

    name: str
    starts_local: datetime
    ends_local: datetime


def item(name: str, begins: str, ends: str) -> Item:
    def day(clock: str) -> datetime:
        return datetime.fromisoformat(f"2026-06-02T{clock}")

    return Item(name, day(begins), day(ends))


def drawn(*columns: list[Item]) -> list[list[object]]:
    """Each row as (rows it spans, names) or None for each column."""
    return [
        [cell and (cell[0], [entry.name for entry in cell[1]]) for cell in row.cells]
        for row in grid.rows(columns)
    ]


def test_a_row_begins_whenever_anything_begins() -> None:
    rows = grid.rows([[item("a", "09:00", "10:00")], [item("b", "09:30", "10:00")]])
    assert [f"{row.starts_local:%H:%M}" for row in rows] == ["09:00", "09:30"]


def test_an_item_reaches_down_until_it_ends() -> None:
    long, short = item("long", "09:00", "11:00"), item("short", "10:00", "10:30")
    late = item("late", "11:00", "12:00")
    assert drawn([long], [short, late]) == [
        [(2, ["long"]), (1, [])],
        [None, (1, ["short"])],
        [(1, []), (1, ["late"])],
    ]


def test_items_that_overlap_in_a_room_share_a_cell() -> None:
    first, second = item("first", "09:00", "10:00"), item("second", "09:30", "11:00")
    other = item("other", "10:30", "11:00")
    assert drawn([first, second], [other]) == [
        [(3, ["first", "second"]), (1, [])],
        [None, (1, [])],
        [None, (1, ["other"])],
    ]


def test_every_item_stands_in_the_table_once() -> None:
    rooms = [
        [item("a", "09:00", "09:10"), item("b", "09:05", "12:00"), item("c", "11:59", "12:30")],
        [item("d", "09:05", "09:06"), item("e", "13:00", "13:30")],
    ]
    names = [name for row in drawn(*rooms) for cell in row if cell for name in cell[1]]
    assert sorted(names) == ["a", "b", "c", "d", "e"]


def test_an_empty_day_has_no_rows() -> None:
    assert grid.rows([]) == []


def test_days_stand_in_order() -> None:
    late = Item("late", datetime(2026, 6, 3, 9), datetime(2026, 6, 3, 10))
    early = item("early", "23:00", "23:30")
    assert [day.day for day in grid.days([late, early])] == [2, 3]
