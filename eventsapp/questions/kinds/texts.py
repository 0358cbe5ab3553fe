"""Text on one line, and paragraphs."""

from typing import Any

from eventsapp.core.errors import Invalid
from eventsapp.core.text import N_, clean
from eventsapp.questions.asked import Asked
from eventsapp.questions.conditions import Comparison
from eventsapp.questions.kinds.kind import Control, Kind, Limit, kind

LONGEST_LINE = 300
LONGEST_TEXT = 5000


def whole(text: str, *, least: int = 0, most: int = 1_000_000) -> int:
    """A whole number that an organiser typed."""
    number = text.strip()
    if not (number.isascii() and number.isdigit() and least <= int(number[:8]) <= most and len(number) <= 8):
        raise Invalid(N_("Please give a whole number from %(least)s to %(most)s."), least=least, most=most)
    return int(number)


@kind
class Line(Kind):
    """A line of text."""

    key = "text"
    name = N_("A line of text")
    control = Control.LINE
    comparisons = (Comparison.IS, Comparison.IS_NOT, Comparison.ONE_OF, Comparison.ANSWERED)
    limits = (
        Limit("longest", N_("Characters at most"), lambda text: whole(text, least=1, most=LONGEST_LINE)),
    )

    def clean(self, given: Any, asked: Asked) -> Any:
        longest = asked.limits.get("longest", LONGEST_LINE)
        return clean(str(given or ""), limit=longest) or None


@kind
class Paragraphs(Kind):
    """Paragraphs of text."""

    key = "paragraph"
    name = N_("Paragraphs of text")
    control = Control.AREA
    limits = (
        Limit("longest", N_("Characters at most"), lambda text: whole(text, least=1, most=LONGEST_TEXT)),
    )

    def clean(self, given: Any, asked: Asked) -> Any:
        longest = asked.limits.get("longest", LONGEST_TEXT)
        return clean(str(given or ""), limit=longest, multiline=True) or None
