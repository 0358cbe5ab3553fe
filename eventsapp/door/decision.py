"""The decision: what the door says to a badge. Pure; plain data in, a verdict out.

Whoever comes in passes these questions in this order, each nearer to the seat than the one before. The
first unmet one is the cause that is shown: nothing below it would help while it stands.

| question                                           | if not                              |
|----------------------------------------------------|-------------------------------------|
| does this device stand at this checkpoint          | refused, `wrong_checkpoint`         |
| can the code be read, is its signature genuine     | refused, `unreadable`, `forged`     |
| is there such a badge                              | refused, `unknown`                  |
| is it for this event                               | refused, `wrong_event`              |
| is it not revoked, and its newest edition          | refused, `revoked`, `replaced`      |
| does the event take place                          | refused, `event_cancelled`          |
| is the holder still invited and has accepted       | refused, `not_coming`               |
| is today among the badge's days                    | refused, `not_yet_valid`, `expired` |
| does its category open the checkpoint's zone       | refused, `zone_not_granted`         |
| is the checkpoint open at this hour                | refused, `not_yet_open`, `closed`   |
| is the holder outside                              | `already_in`                        |
| is there room                                      | refused, `full`                     |
| –                                                  | `admitted`                          |

"Already in" stands before "full": somebody inside takes no further seat, and at a full door the steward
needs to hear that this badge was used, where and when.

Whoever goes out is never held: of the questions above only the first four are asked, then whether the
holder is inside: `left`, or refused as `not_inside`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from eventsapp.door.enums import Cause, Direction, Outcome


@dataclass(frozen=True, slots=True)
class Reading:
    """What the code itself said. `fault` is `unreadable` or `forged`, or None.

    `revision` is the edition of the badge; None where the short code was typed, which has none.
    """

    fault: Cause | None = None
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class Holder:
    """What is recorded of the badge and its holder. Valid from `valid_from` until before `valid_until`."""

    event: int
    category: int
    revision: int
    revoked: bool
    coming: bool
    valid_from: datetime
    valid_until: datetime


@dataclass(frozen=True, slots=True)
class Door:
    """The checkpoint's rules. `categories` are those its zone is granted to; None: everyone's."""

    event: int
    cancelled: bool
    categories: frozenset[int] | None
    opens_at: datetime | None
    closes_at: datetime | None
    capacity: int | None


@dataclass(frozen=True, slots=True)
class Place:
    """What is recorded of the place behind the door: is the holder inside, and how many people are."""

    holder_inside: bool
    inside: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the door says; `cause` is set exactly when it refuses."""

    outcome: Outcome
    cause: Cause | None = None


def decide(
    reading: Reading,
    holder: Holder | None,
    door: Door | None,
    place: Place,
    direction: Direction,
    at: datetime,
) -> Verdict:
    """The verdict on one badge at one door. `door` is None where the device does not stand there.

    `at` (aware) is when the badge was shown. Given the same, it answers the same, on every machine.
    """
    cause = next(_strangers(reading, holder, door), None)
    if cause is not None or holder is None or door is None:
        return Verdict(Outcome.REFUSED, cause)
    if direction is Direction.OUT:
        return Verdict(Outcome.LEFT) if place.holder_inside else Verdict(Outcome.REFUSED, Cause.NOT_INSIDE)
    cause = next(_objections(reading, holder, door, at), None)
    if cause is not None:
        return Verdict(Outcome.REFUSED, cause)
    if place.holder_inside:
        return Verdict(Outcome.ALREADY_IN)
    if door.capacity is not None and place.inside >= door.capacity:
        return Verdict(Outcome.REFUSED, Cause.FULL)
    return Verdict(Outcome.ADMITTED)


def _strangers(reading: Reading, holder: Holder | None, door: Door | None) -> Iterator[Cause]:
    """Why the badge is nobody's here."""
    if door is None:
        yield Cause.WRONG_CHECKPOINT
    elif reading.fault is not None:
        yield reading.fault
    elif holder is None:
        yield Cause.UNKNOWN
    elif holder.event != door.event:
        yield Cause.WRONG_EVENT


def _objections(reading: Reading, holder: Holder, door: Door, at: datetime) -> Iterator[Cause]:
    """Why somebody known may not come in, the farthest from the seat first."""
    if holder.revoked:
        yield Cause.REVOKED
    if reading.revision is not None and reading.revision != holder.revision:
        # an edition newer than the record is one that this record, restored from a backup, never made
        yield Cause.REPLACED if reading.revision < holder.revision else Cause.UNKNOWN
    if door.cancelled:
        yield Cause.EVENT_CANCELLED
    if not holder.coming:
        yield Cause.NOT_COMING
    if at < holder.valid_from:
        yield Cause.NOT_YET_VALID
    if at >= holder.valid_until:
        yield Cause.EXPIRED
    if door.categories is not None and holder.category not in door.categories:
        yield Cause.ZONE_NOT_GRANTED
    if door.opens_at is not None and at < door.opens_at:
        yield Cause.NOT_YET_OPEN
    if door.closes_at is not None and at >= door.closes_at:
        yield Cause.CLOSED
