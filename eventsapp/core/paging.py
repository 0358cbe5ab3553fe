"""Keyset pages: as quick on the last page as on the first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of a list and the cursor after which the next begins (None at the end)."""

    items: Sequence[T]
    next_cursor: str | None


def cut(rows: Sequence[T], size: int, cursors: Sequence[str]) -> Page[T]:
    """A page from up to `size + 1` rows; `cursors[i]` is the cursor that continues after row i."""
    if len(rows) <= size:
        return Page(rows, None)
    return Page(rows[:size], cursors[size - 1])
