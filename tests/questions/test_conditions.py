"""Conditions: what they mean, and that anything else is refused in one sentence."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsapp.core.errors import Invalid
from eventsapp.questions import conditions
from eventsapp.questions.conditions import Comparison, holds, parsed


def test(question: str, comparison: str, value: Any) -> dict[str, Any]:
    return {"question": question, "comparison": comparison, "value": value}


test.__test__ = False  # type: ignore[attr-defined]  # pytest takes it for a test


@pytest.mark.parametrize(
    ("answer", "comparison", "value", "met"),
    [
        (True, "is", True, True),
        (False, "is", True, False),
        ("Kyiv", "is", "kyiv", True),
        (["A", "B"], "is", "B", True),
        (["A"], "is-not", "B", True),
        (["A", "B"], "is-not", "B", False),
        ("A", "one-of", ["A", "C"], True),
        (["B", "C"], "one-of", ["A", "C"], True),
        ("B", "one-of", ["A", "C"], False),
        (False, "answered", None, True),
        (3, "at-least", 3, True),
        (2.5, "at-least", 3, False),
        ("2026-06-02", "at-most", "2026-06-02", True),
        ("18:30", "at-least", "19:00", False),
    ],
)
def test_comparison_means_what_it_says(answer: Any, comparison: str, value: Any, met: bool) -> None:
    assert holds(test("Q", comparison, value), {"Q": answer}) is met


@pytest.mark.parametrize("comparison", list(Comparison))
def test_unanswered_question_fulfils_nothing(comparison: Comparison) -> None:
    assert not holds(test("Q", comparison.value, ["x"]), {})
    assert not holds(test("Q", comparison.value, ["x"]), {"Q": None})


def test_all_and_any_nest() -> None:
    tree = {"all": [test("A", "is", True), {"any": [test("B", "is", "x"), test("C", "at-least", 2)]}]}
    assert holds(tree, {"A": True, "C": 2})
    assert holds(tree, {"A": True, "B": "x"})
    assert not holds(tree, {"A": True, "B": "y", "C": 1})
    assert not holds(tree, {"B": "x"})
    assert conditions.named(tree) == {"A", "B", "C"}
    assert holds({}, {})


def read(question: str, _comparison: Comparison, value: Any) -> Any:
    if question != "A":
        raise Invalid("unknown")
    return value


@pytest.mark.parametrize(
    "tree",
    [
        [1],
        "x",
        7,
        {"all": []},
        {"all": {}, "any": {}},
        {"all": [{}]},
        {"every": [test("A", "is", 1)]},
        test("A", "like", 1),
        test("B", "is", 1),
        {"question": 3, "comparison": "is", "value": 1},
        {"question": "A"},
        {"all": [{"any": [{"all": [{"any": [{"all": [test("A", "is", 1)]}]}]}]}]},
        {"all": [test("A", "is", 1)] * (conditions.MOST_TESTS + 1)},
        {"any": [{"all": [test("A", "is", 1)] * 30}, {"all": [test("A", "is", 1)] * 30}]},
    ],
)
def test_what_is_no_condition_is_refused_at_its_field(tree: Any) -> None:
    with pytest.raises(Invalid) as refused:
        parsed(tree, read)
    assert refused.value.field == "condition"


def test_value_of_answered_is_dropped() -> None:
    assert parsed(test("A", "answered", "x"), read) == {"question": "A", "comparison": "answered"}
    assert parsed({}, read) == {}


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["all", "any", "question", "comparison", "value", "x"]), inner, max_size=3
        )
    ),
    max_leaves=12,
)


@given(json)
def test_anything_is_parsed_or_refused(tree: Any) -> None:
    try:
        made = parsed(tree, read)
    except Invalid:
        return
    assert parsed(made, read) == made
    holds(made, {"A": "x"})
