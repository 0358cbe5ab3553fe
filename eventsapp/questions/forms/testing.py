"""The rows of a condition: which question, how compared, with what."""

from collections.abc import Sequence
from typing import Any

import wtforms
from flask_babel import gettext, lazy_gettext
from wtforms import SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from eventsapp.core.errors import Invalid
from eventsapp.core.text import N_
from eventsapp.questions import kinds, queries
from eventsapp.questions.conditions import Comparison, Tree
from eventsapp.questions.forms.wording import COMPARISONS
from eventsapp.questions.models import Question
from eventsapp.web.filters import reader, tx_plain
from eventsapp.web.forms import LineField


class ComparisonForm(wtforms.Form):
    """One comparison. `values` are the answers of all questions that have answers to choose from."""

    question = SelectField(lazy_gettext("Question"), [Optional()], validate_choice=False)
    comparison = SelectField(lazy_gettext("Comparison"), [Optional()], validate_choice=False)
    values = SelectMultipleField(lazy_gettext("Answers"), [Optional()], validate_choice=False)
    text = LineField(lazy_gettext("or a text, number, date or time"))

    def offer(self, earlier: Sequence[Question]) -> None:
        """Show these questions and their answers."""
        self.question.choices = [SelectChoice("", gettext("No condition"))] + [
            SelectChoice(question.code, tx_plain(question.label)) for question in earlier
        ]
        self.comparison.choices = [
            SelectChoice(comparison.value, gettext(word)) for comparison, word in COMPARISONS.items()
        ]
        self.values.choices = [
            SelectChoice(f"{question.code}:{value}", word, optgroup=tx_plain(question.label))
            for question in earlier
            for value, word in _answers(question)
        ]


def _answers(question: Question) -> list[tuple[str, str]]:
    """What can be chosen, of kinds with few answers."""
    asked = queries.as_asked(question)
    kind = kinds.kind_of(asked)
    few = kind.control in (kinds.Control.CARDS, kinds.Control.BOXES)
    return kind.offers(asked, reader(), gettext) if few else []


def conditions_from(
    joint: str, rows: Sequence[ComparisonForm], earlier: Sequence[Question]
) -> dict[str, Any]:
    """The condition that the rows say; empty rows say nothing. Raises `Invalid`."""
    known = {question.code: question for question in earlier}
    parts = [
        _test(known[row.question.data], row)
        for row in rows
        if row.question.data and row.question.data in known
    ]
    return parts[0] if len(parts) == 1 else {joint: parts} if parts else {}


def _test(question: Question, row: ComparisonForm) -> dict[str, Any]:
    comparison = Comparison(row.comparison.data) if row.comparison.data in COMPARISONS else Comparison.IS
    made: dict[str, Any] = {"question": question.code, "comparison": comparison.value}
    if comparison is Comparison.ANSWERED:
        return made
    given = _given(question, row)
    if comparison is Comparison.ONE_OF or (comparison is Comparison.IS and len(given) > 1):
        return {**made, "comparison": Comparison.ONE_OF.value, "value": given}
    if len(given) != 1:
        raise Invalid(N_("Please say with what to compare."), field="tests")
    return {**made, "value": given[0]}


def _given(question: Question, row: ComparisonForm) -> list[str]:
    """The answers ticked for that question; else what was typed, apart at commas."""
    if _answers(question):
        begins = f"{question.code}:"
        return [value.removeprefix(begins) for value in row.values.data or () if value.startswith(begins)]
    typed = row.text.data or ""
    parts = typed.split(",") if row.comparison.data == Comparison.ONE_OF else [typed]
    return [part.strip() for part in parts if part.strip()]


def rows_of(tree: Tree) -> tuple[str, list[dict[str, Any]]] | None:
    """A stored condition as rows; None where it is deeper than rows can say."""
    if not tree:
        return "all", []
    joint = "any" if "any" in tree else "all"
    parts = tree.get(joint, [tree])
    if any("question" not in part for part in parts):
        return None
    return joint, [_row(part) for part in parts]


def _row(test: Tree) -> dict[str, Any]:
    value = test.get("value")
    listed = value if isinstance(value, list) else [] if value is None else [value]
    typed = [("yes" if each else "no") if isinstance(each, bool) else str(each) for each in listed]
    return {
        "question": test["question"],
        "comparison": test["comparison"],
        "values": [f"{test['question']}:{each}" for each in typed],
        "text": ", ".join(typed),
    }
