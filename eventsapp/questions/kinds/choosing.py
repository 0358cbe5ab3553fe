"""Yes or no, one of, many of."""

from typing import Any

from eventsapp.core import languages
from eventsapp.core.errors import Invalid
from eventsapp.core.text import N_
from eventsapp.questions.asked import Asked
from eventsapp.questions.conditions import Comparison
from eventsapp.questions.kinds.kind import Control, Kind, Limit, Say, kind
from eventsapp.questions.kinds.texts import whole

YES, NO = "yes", "no"
_SAME = (Comparison.IS, Comparison.IS_NOT, Comparison.ONE_OF, Comparison.ANSWERED)


@kind
class YesNo(Kind):
    """Yes or no. Nothing is ticked beforehand, so that it serves for consent, too."""

    key = "yes-no"
    name = N_("Yes or no")
    control = Control.CARDS
    comparisons = (Comparison.IS, Comparison.ANSWERED)
    is_counted = True

    def clean(self, given: Any, asked: Asked) -> Any:  # noqa: ARG002
        if given in (None, ""):
            return None
        if given not in (YES, NO):
            raise Invalid(N_("Please choose one of these."))
        return given == YES

    def typed(self, value: Any) -> Any:
        return YES if value else NO

    def words(self, value: Any, asked: Asked, reader: str, say: Say) -> str:  # noqa: ARG002
        return say(N_("Yes")) if value else say(N_("No"))

    def offers(self, asked: Asked, reader: str, say: Say) -> list[tuple[str, str]]:  # noqa: ARG002
        return [(YES, say(N_("Yes"))), (NO, say(N_("No")))]


class Choosing(Kind):
    """Answers that the organiser wrote."""

    has_choices = True
    is_counted = True
    comparisons = _SAME

    def offers(self, asked: Asked, reader: str, say: Say) -> list[tuple[str, str]]:  # noqa: ARG002
        return [(option.code, languages.pick(option.label, reader).text) for option in asked.options]

    def compared(self, text: str, asked: Asked) -> Any:
        return known_code(text, asked)


def known_code(given: Any, asked: Asked) -> str:
    """The code of one of the question's choices. Raises `Invalid`."""
    if not isinstance(given, str) or asked.option(given) is None:
        raise Invalid(N_("Please choose one of these."))
    return given


def label_of(code: str, asked: Asked, reader: str) -> str:
    """A choice in words; a choice that is no longer known by its code."""
    option = asked.option(code)
    return languages.pick(option.label, reader).text if option else code


@kind
class OneOf(Choosing):
    """One of several answers."""

    key = "one-of"
    name = N_("One of several answers")
    control = Control.CARDS

    def clean(self, given: Any, asked: Asked) -> Any:
        return known_code(given, asked) if given else None

    def words(self, value: Any, asked: Asked, reader: str, say: Say) -> str:  # noqa: ARG002
        return label_of(value, asked, reader)

    def chosen(self, value: Any) -> list[str]:
        return [value] if isinstance(value, str) else []


@kind
class ManyOf(Choosing):
    """Any number of several answers."""

    key = "many-of"
    name = N_("Any of several answers")
    control = Control.BOXES
    limits = (
        Limit("least", N_("Answers at least"), lambda text: whole(text, least=1, most=100)),
        Limit("most", N_("Answers at most"), lambda text: whole(text, least=1, most=100)),
    )

    def clean(self, given: Any, asked: Asked) -> Any:
        sent = [given] if isinstance(given, str) else list(given or ())
        codes = {known_code(code, asked) for code in sent if code}
        least, most = asked.limits.get("least"), asked.limits.get("most")
        if codes and least is not None and len(codes) < least:
            raise Invalid(N_("Please choose %(least)s at least."), least=least)
        if most is not None and len(codes) > most:
            raise Invalid(N_("Please choose %(most)s at most."), most=most)
        return [option.code for option in asked.options if option.code in codes] or None

    def words(self, value: Any, asked: Asked, reader: str, say: Say) -> str:  # noqa: ARG002
        return " · ".join(label_of(code, asked, reader) for code in value)

    def chosen(self, value: Any) -> list[str]:
        return [code for code in value if isinstance(code, str)] if isinstance(value, list) else []
