"""Answers and conditions in words, in the reader's language."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext

from eventsapp.core.text import N_
from eventsapp.questions import kinds
from eventsapp.questions.asked import Asked
from eventsapp.questions.conditions import Comparison, Tree
from eventsapp.web.filters import reader, tx_plain

COMPARISONS: Mapping[Comparison, str] = {
    Comparison.IS: N_("is"),
    Comparison.IS_NOT: N_("is not"),
    Comparison.ONE_OF: N_("is one of"),
    Comparison.ANSWERED: N_("was answered"),
    Comparison.AT_LEAST: N_("is at least"),
    Comparison.AT_MOST: N_("is at most"),
}
_SENTENCES: Mapping[Comparison, str] = {
    Comparison.IS: N_("“%(question)s” is “%(value)s”"),
    Comparison.IS_NOT: N_("“%(question)s” is not “%(value)s”"),
    Comparison.ONE_OF: N_("“%(question)s” is one of “%(value)s”"),
    Comparison.ANSWERED: N_("“%(question)s” was answered"),
    Comparison.AT_LEAST: N_("“%(question)s” is at least “%(value)s”"),
    Comparison.AT_MOST: N_("“%(question)s” is at most “%(value)s”"),
}


def words_of(asked: Asked, value: Any) -> str:
    """A stored answer in words."""
    return kinds.kind_of(asked).words(value, asked, reader(), gettext)


def condition_words(tree: Tree, asked: Sequence[Asked]) -> str:
    """When a question is asked: "“Do you need a shuttle?” is “Yes”"; empty for always."""
    return _words(tree, {question.code: question for question in asked}, outermost=True) if tree else ""


def _words(tree: Tree, known: Mapping[str, Asked], *, outermost: bool = False) -> str:
    for key, joint in (("all", gettext("and")), ("any", gettext("or"))):
        if key in tree:
            words = f" {joint} ".join(_words(part, known) for part in tree[key])
            return words if outermost or len(tree[key]) == 1 else f"({words})"
    return _test(tree, known)


def _test(tree: Tree, known: Mapping[str, Asked]) -> str:
    question = known.get(tree["question"])
    if question is None:
        return str(gettext("a question that is no longer asked was answered"))
    comparison = Comparison(tree["comparison"])
    values = tree.get("value")
    listed = values if isinstance(values, list) else [] if values is None else [values]
    value = ", ".join(_value(question, each) for each in listed)
    return str(gettext(_SENTENCES[comparison], question=tx_plain(question.label), value=value))


def _value(question: Asked, value: Any) -> str:
    """One value of a condition: of a question with several answers, one of them."""
    kind = kinds.kind_of(question)
    many = kind.has_choices and kind.control is kinds.Control.BOXES
    return words_of(question, [value] if many else value)
