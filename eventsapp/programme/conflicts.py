"""People and rooms in two places at once: pure functions over times. They warn; they never forbid."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum


class ClashKind(StrEnum):
    """What two items cannot share: a person, a room, or a room that needs time between two uses."""

    PERSON = "person"
    ROOM = "room"
    RESET = "reset"


@dataclass(frozen=True)
class Slot:
    """What is known of one item: when (UTC), in which room, and who must be there.

    `key` tells one item from another; `event_id` is the event it belongs to.
    """

    key: str
    event_id: int
    starts_at: datetime
    ends_at: datetime
    room_id: int | None = None
    reset: timedelta = timedelta(0)
    people: frozenset[int] = field(default=frozenset())


@dataclass(frozen=True)
class Clash:
    """Two items that share a person or a room; `subject_id` is that person's or room's id."""

    kind: ClashKind
    first: Slot
    second: Slot
    subject_id: int

    def other(self, key: str) -> Slot:
        """The item that clashes with the item `key`."""
        return self.second if self.first.key == key else self.first

    def concerns(self, key: str) -> bool:
        """Whether the item `key` is one of the two."""
        return key in (self.first.key, self.second.key)


def clashes(slots: Iterable[Slot]) -> list[Clash]:
    """Every pair that shares a person or a room at a time, in the order in which they begin.

    Two items that touch (one ends when the other begins) share nothing, except a room that needs
    `reset` in between.
    """
    ordered = sorted(slots, key=lambda slot: (slot.starts_at, slot.ends_at, slot.key))
    found: list[Clash] = []
    running: list[Slot] = []
    for slot in ordered:
        running = [earlier for earlier in running if earlier.ends_at + earlier.reset > slot.starts_at]
        for earlier in running:
            found.extend(between(earlier, slot))
        running.append(slot)
    return found


def clashes_of(slot: Slot, others: Sequence[Slot]) -> list[Clash]:
    """What one item shares with others at a time, in the order in which they begin."""
    found: list[Clash] = []
    for other in sorted(others, key=lambda other: (other.starts_at, other.key)):
        if other.key != slot.key:
            first, second = sorted((slot, other), key=lambda one: (one.starts_at, one.ends_at, one.key))
            found.extend(between(first, second))
    return found


def between(first: Slot, second: Slot) -> Iterator[Clash]:
    """What two items share; `first` begins no later than `second`."""
    overlap = second.starts_at < first.ends_at
    if overlap:
        for person_id in sorted(first.people & second.people):
            yield Clash(ClashKind.PERSON, first, second, person_id)
    if first.room_id is not None and first.room_id == second.room_id:
        if overlap:
            yield Clash(ClashKind.ROOM, first, second, first.room_id)
        elif second.starts_at < first.ends_at + first.reset:
            yield Clash(ClashKind.RESET, first, second, first.room_id)
