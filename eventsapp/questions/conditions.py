"""When a question is asked: a tree of `all` and `any` over answers to earlier questions. Pure.

    {"all": [{"question": "C7KX", "comparison": "is", "value": true},
             {"any": [{"question": "D4MN", "comparison": "one-of", "value": ["R9", "T3"]}, …]}]}

A question that was not answered, or that was not asked, fulfils no comparison; "is not" wants an answer
that is another. Only earlier questions can be named, so that there are no circles.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

from eventsapp.core.errors import Invalid
from eventsapp.core.text import N_

MOST_TESTS = 40
DEEPEST = 4

Tree = Mapping[str, Any]


class Comparison(StrEnum):
    """How an answer is compared."""

    IS = "is"
    IS_NOT = "is-not"
    ONE_OF = "one-of"
    ANSWERED = "answered"
    AT_LEAST = "at-least"
    AT_MOST = "at-most"


Read = Callable[[str, Comparison, Any], Any]
"""The value to store for a comparison with the question of that code; refuses (`Invalid`) what cannot be."""


def holds(tree: Tree, answers: Mapping[str, Any]) -> bool:
    """Whether the condition is fulfilled by these answers (question code → value). Empty: always."""
    if not tree:
        return True
    if "all" in tree:
        return all(holds(part, answers) for part in tree["all"])
    if "any" in tree:
        return any(holds(part, answers) for part in tree["any"])
    answer = answers.get(tree["question"])
    return answer is not None and _TESTS[Comparison(tree["comparison"])](answer, tree.get("value"))


def _is(answer: Any, value: Any) -> bool:
    if isinstance(answer, list):
        return value in answer
    if isinstance(answer, str) and isinstance(value, str):
        return answer.casefold() == value.casefold()
    return bool(answer == value)


def _is_one_of(answer: Any, values: Any) -> bool:
    return any(_is(answer, value) for value in values)


_TESTS: Mapping[Comparison, Callable[[Any, Any], bool]] = {
    Comparison.IS: _is,
    Comparison.IS_NOT: lambda answer, value: not _is(answer, value),
    Comparison.ONE_OF: _is_one_of,
    Comparison.ANSWERED: lambda _answer, _value: True,
    Comparison.AT_LEAST: lambda answer, value: bool(answer >= value),
    Comparison.AT_MOST: lambda answer, value: bool(answer <= value),
}


def tests(tree: Tree) -> Iterator[Tree]:
    """The single comparisons in a tree, in order."""
    for part in (*tree.get("all", ()), *tree.get("any", ())):
        yield from tests(part)
    if "question" in tree:
        yield tree


def named(tree: Tree) -> set[str]:
    """The codes of the questions a condition asks about."""
    return {test["question"] for test in tests(tree)}


def parsed(tree: Any, read: Read) -> dict[str, Any]:
    """A condition as it may be stored, from anything. Refuses (`Invalid`, at `condition`) in one sentence."""
    if tree in (None, {}, "", []):
        return {}
    try:
        made = _parsed(tree, read, DEEPEST)
    except Invalid as error:
        error.field = "condition"
        raise
    if sum(1 for _ in tests(made)) > MOST_TESTS:
        raise Invalid(N_("A condition has at most %(most)s comparisons."), field="condition", most=MOST_TESTS)
    return made


def _parsed(tree: Any, read: Read, depth: int) -> dict[str, Any]:
    if not isinstance(tree, Mapping) or depth == 0:
        raise Invalid(N_("This condition cannot be understood."))
    keys = set(tree)
    if keys in ({"all"}, {"any"}):
        (key,) = keys
        return {key: [_parsed(part, read, depth - 1) for part in _parts(tree[key])]}
    if keys not in ({"question", "comparison"}, {"question", "comparison", "value"}):
        raise Invalid(N_("This condition cannot be understood."))
    return _test(tree, read)


def _parts(parts: Any) -> Sequence[Any]:
    if not isinstance(parts, list) or not 0 < len(parts) <= MOST_TESTS:
        raise Invalid(N_("This condition cannot be understood."))
    return parts


def _test(tree: Tree, read: Read) -> dict[str, Any]:
    question, named_comparison = tree["question"], tree["comparison"]
    if not isinstance(question, str) or named_comparison not in [known.value for known in Comparison]:
        raise Invalid(N_("This condition cannot be understood."))
    comparison = Comparison(named_comparison)
    value = read(question, comparison, tree.get("value"))
    made: dict[str, Any] = {"question": question, "comparison": comparison.value}
    return made if comparison is Comparison.ANSWERED else {**made, "value": value}
