"""The decision: each line of its table, and that the earlier one is always the one shown."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations

import pytest

from eventsapp.door.decision import Door, Holder, Place, Reading, Verdict, decide
from eventsapp.door.enums import Cause, Direction, Outcome

AT = datetime(2026, 6, 2, 2, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
GENUINE = Reading(None, 3)
HOLDER = Holder(1, 5, 3, False, True, AT - 24 * HOUR, AT + 24 * HOUR)
DOOR = Door(1, False, frozenset({5, 6}), AT - HOUR, AT + HOUR, 100)
OUTSIDE = Place(False, 99)

Case = tuple[Reading, Holder | None, Door | None, Place]
GOOD: Case = (GENUINE, HOLDER, DOOR, OUTSIDE)

# In the order of the table: what makes each question answered with no, and what comes of it.
FAULTS: list[tuple[str, dict[str, object], Verdict]] = [
    ("elsewhere", {"door": None}, Verdict(Outcome.REFUSED, Cause.WRONG_CHECKPOINT)),
    ("unreadable", {"fault": Cause.UNREADABLE}, Verdict(Outcome.REFUSED, Cause.UNREADABLE)),
    ("unknown", {"holder": None}, Verdict(Outcome.REFUSED, Cause.UNKNOWN)),
    ("other event", {"event": 2}, Verdict(Outcome.REFUSED, Cause.WRONG_EVENT)),
    ("revoked", {"revoked": True}, Verdict(Outcome.REFUSED, Cause.REVOKED)),
    ("replaced", {"revision": 4}, Verdict(Outcome.REFUSED, Cause.REPLACED)),
    ("cancelled", {"cancelled": True}, Verdict(Outcome.REFUSED, Cause.EVENT_CANCELLED)),
    ("declined", {"coming": False}, Verdict(Outcome.REFUSED, Cause.NOT_COMING)),
    ("early day", {"valid_from": AT + HOUR}, Verdict(Outcome.REFUSED, Cause.NOT_YET_VALID)),
    ("late day", {"valid_until": AT}, Verdict(Outcome.REFUSED, Cause.EXPIRED)),
    ("zone", {"categories": frozenset({6})}, Verdict(Outcome.REFUSED, Cause.ZONE_NOT_GRANTED)),
    ("early hour", {"opens_at": AT + HOUR}, Verdict(Outcome.REFUSED, Cause.NOT_YET_OPEN)),
    ("late hour", {"closes_at": AT}, Verdict(Outcome.REFUSED, Cause.CLOSED)),
    ("inside", {"holder_inside": True}, Verdict(Outcome.ALREADY_IN)),
    ("full", {"inside": 100}, Verdict(Outcome.REFUSED, Cause.FULL)),
]


def case(*faults: dict[str, object]) -> Case:
    """A badge that would be let in, with these faults."""
    said = {name: value for fault in faults for name, value in fault.items()}
    parts: list[object] = []
    for part, word in zip(GOOD, ("reading", "holder", "door", "place"), strict=True):
        if word in said:
            parts.append(said[word])
            continue
        fields = {name: said[name] for name in part.__slots__ if name in said}  # type: ignore[union-attr]
        for name in {"reading": ["revision"], "door": ["event"]}.get(word, []):
            fields.pop(name, None)  # it is the holder's that changes
        parts.append(replace(part, **fields))  # type: ignore[type-var]
    return tuple(parts)  # type: ignore[return-value]


def enter(given: Case) -> Verdict:
    return decide(*given, Direction.IN, AT)


def leave(given: Case) -> Verdict:
    return decide(*given, Direction.OUT, AT)


def test_whoever_fails_no_question_is_admitted() -> None:
    assert enter(GOOD) == Verdict(Outcome.ADMITTED)


@pytest.mark.parametrize(("fault", "verdict"), [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS])
def test_each_question_has_its_verdict(fault: dict[str, object], verdict: Verdict) -> None:
    assert enter(case(fault)) == verdict


def test_of_two_faults_the_earlier_question_is_shown() -> None:
    for (_, fault, verdict), (_, later, _) in combinations(FAULTS, 2):
        assert enter(case(later, fault)) == verdict, (fault, later)


def test_of_three_faults_the_earliest_question_is_shown() -> None:
    for (_, fault, verdict), (_, second, _), (_, third, _) in combinations(FAULTS, 3):
        assert enter(case(third, second, fault)) == verdict, (fault, second, third)


def test_forged_code_is_told_from_an_unreadable_one() -> None:
    assert enter(case({"fault": Cause.FORGED, "holder": None})).cause is Cause.FORGED


def test_edition_that_was_never_recorded_is_unknown() -> None:
    assert enter((Reading(None, 9), HOLDER, DOOR, OUTSIDE)).cause is Cause.UNKNOWN


def test_short_code_has_no_edition_to_be_old() -> None:
    assert enter((Reading(None, None), HOLDER, DOOR, OUTSIDE)).outcome is Outcome.ADMITTED


@pytest.mark.parametrize("name", ["opens_at", "closes_at", "capacity", "categories"])
def test_rule_that_is_not_set_is_not_asked(name: str) -> None:
    assert enter(case({name: None})).outcome is Outcome.ADMITTED


def test_first_instant_is_open_and_last_is_closed() -> None:
    assert enter(case({"opens_at": AT, "valid_from": AT})).outcome is Outcome.ADMITTED
    assert enter(case({"closes_at": AT + timedelta(microseconds=1)})).outcome is Outcome.ADMITTED


def test_whoever_is_inside_may_always_leave() -> None:
    for _, fault, verdict in FAULTS[4:]:
        inside = case({"holder_inside": True}, fault)
        assert leave(inside) == Verdict(Outcome.LEFT), verdict


def test_stranger_cannot_leave() -> None:
    for _, fault, verdict in FAULTS[:4]:
        assert leave(case({"holder_inside": True}, fault)) == verdict


def test_whoever_is_outside_cannot_leave() -> None:
    assert leave(GOOD) == Verdict(Outcome.REFUSED, Cause.NOT_INSIDE)


def test_refusal_has_a_cause_and_nothing_else_has() -> None:
    for first, second in combinations([fault for _, fault, _ in FAULTS], 2):
        for verdict in (enter(case(first, second)), leave(case(first, second))):
            assert (verdict.cause is not None) == (verdict.outcome is Outcome.REFUSED)
