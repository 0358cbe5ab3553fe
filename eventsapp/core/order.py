"""Rows that somebody put in an order (`position`): precedence, parties, areas."""

from typing import Protocol, TypeVar


class Placed(Protocol):
    """A row with a place among its like."""

    position: int


Row = TypeVar("Row", bound=Placed)


def number(rows: list[Row]) -> None:
    """Give rows the positions 0, 1, 2 … in the order in which they stand."""
    for position, row in enumerate(rows):
        row.position = position


def move(rows: list[Row], row: Row, by: int) -> None:
    """Put `row` so many places later among `rows` (negative: earlier), as far as there are places."""
    rows.sort(key=lambda each: each.position)
    at = rows.index(row)
    wanted = max(0, min(len(rows) - 1, at + by))
    order = [each for each in rows if each is not row]
    order.insert(wanted, row)
    number(order)
    rows.sort(key=lambda each: each.position)
