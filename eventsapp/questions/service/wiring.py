"""Conditions between the questions of one event: what may be compared with what, and only backwards."""

from collections.abc import Mapping, Sequence
from typing import Any

from eventsapp.core.errors import Conflict, Invalid
from eventsapp.core.text import N_
from eventsapp.questions import conditions, kinds, queries
from eventsapp.questions.asked import Asked
from eventsapp.questions.conditions import Comparison
from eventsapp.questions.models import Question


def wired(question: Question, tree: Mapping[str, Any]) -> dict[str, Any]:
    """A condition of that question as it may be stored. Refuses (`Invalid`) in one clear sentence.

    Only questions of the same event can be named; that they stand earlier, `must_run_in_order` sees to
    once the question has its place.
    """
    if not tree:
        return {}
    others = {
        other.code: queries.as_asked(other)
        for other in queries.questions(question.event)
        if other is not question and other.retired_at is None
    }
    return conditions.parsed(tree, lambda *test: _value(others, *test))


def _value(others: Mapping[str, Asked], code: str, comparison: Comparison, value: Any) -> Any:
    other = others.get(code)
    if other is None:
        raise Invalid(N_("A condition can only ask about an earlier question of this event."))
    kind = kinds.kind_of(other)
    if comparison not in kind.comparisons:
        raise Invalid(N_("An answer of this kind cannot be compared in this way."))
    if comparison is Comparison.ANSWERED:
        return None
    if comparison is Comparison.ONE_OF:
        if not isinstance(value, list) or not 0 < len(value) <= conditions.MOST_TESTS:
            raise Invalid(N_("Please say with which answers to compare."))
        return [_one(kind, other, each) for each in value]
    return _one(kind, other, value)


def _one(kind: kinds.Kind, other: Asked, value: Any) -> Any:
    if isinstance(value, bool):
        value = kind.typed(value)
    made = kind.compared(str(value), other) if isinstance(value, str | int | float) else None
    if made is None:
        raise Invalid(N_("Please say with what to compare."))
    return made


def must_run_in_order(questions: Sequence[Question]) -> None:
    """Refuse (`Conflict`) an order in which a question is asked before one that its condition names."""
    earlier: set[str] = set()
    for question in questions:
        if question.retired_at is not None:
            continue
        if not conditions.named(question.condition) <= earlier:
            raise Conflict(
                N_("A question must stand after the questions that its condition asks about."),
                field="condition",
            )
        earlier.add(question.code)


def must_leave_conditions_right(question: Question, others: Sequence[Question]) -> None:
    """Refuse (`Conflict`) to take away an answer that another question's condition asks about."""
    for other in others:
        if question.code in conditions.named(other.condition):
            try:
                wired(other, other.condition)
            except Invalid as error:
                raise Conflict(
                    N_("Another question is asked depending on this answer; change its condition first."),
                    field="choices",
                ) from error


def asks_about(question: Question, others: Sequence[Question]) -> bool:
    """Whether another question's condition names this one."""
    return any(
        question.code in conditions.named(other.condition)
        for other in others
        if other is not question and other.retired_at is None
    )
