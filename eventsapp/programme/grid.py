"""A day as a table of rooms: pure, from items to rows and cells."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, Protocol, TypeVar


class Placed(Protocol):
    """What the table needs of an item: two local times (mypy sees a mapped column here, not its value)."""

    @property
    def starts_local(self) -> Any: ...

    @property
    def ends_local(self) -> Any: ...


Item = TypeVar("Item", bound=Placed)

Cell = tuple[int, list[Item]] | None
"""How many rows a cell spans and what stands in it; None where a cell from above reaches down."""


@dataclass(frozen=True)
class Row(Generic[Item]):
    """A row begins at a time of the day; `cells` has one for each column."""

    starts_local: datetime
    cells: list[Cell[Item]]


def days(items: Sequence[Item]) -> dict[date, list[Item]]:
    """Items by the local day on which they begin, in their order."""
    found: dict[date, list[Item]] = {}
    for item in items:
        found.setdefault(item.starts_local.date(), []).append(item)
    return dict(sorted(found.items()))


def rows(columns: Sequence[Sequence[Item]]) -> list[Row[Item]]:
    """The rows of a day's table: one for each time at which anything begins.

    In a column an item spans the rows until it ends; items that overlap there share one cell.
    """
    times = sorted({item.starts_local for column in columns for item in column})
    cells = [_column(column, times) for column in columns]
    return [Row(time, [column[at] for column in cells]) for at, time in enumerate(times)]


def _column(items: Sequence[Item], times: Sequence[datetime]) -> list[Cell[Item]]:
    cells: list[Cell[Item]] = [(1, []) for _ in times]
    at = 0
    while at < len(times):
        inside = [item for item in items if item.starts_local == times[at]]
        end = at + 1
        if inside:
            end = _reach(inside, items, times, at)
            cells[at] = (end - at, inside)
            for covered in range(at + 1, end):
                cells[covered] = None
        at = end
    return cells


def _reach(inside: list[Item], items: Sequence[Item], times: Sequence[datetime], at: int) -> int:
    """The row after the last that a cell spans; takes in whatever begins meanwhile."""
    end = at + 1
    while end < len(times) and times[end] < max(item.ends_local for item in inside):
        inside.extend(item for item in items if item.starts_local == times[end])
        end += 1
    return end
