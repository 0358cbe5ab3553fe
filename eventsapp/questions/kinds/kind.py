"""What a kind of question is made of."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar

from eventsapp.core.errors import Invalid
from eventsapp.core.text import N_
from eventsapp.questions.asked import Asked
from eventsapp.questions.conditions import Comparison


class Control(StrEnum):
    """With what a question is drawn; which WTForms field that is, `forms/` knows."""

    LINE = "line"
    AREA = "area"
    NUMBER = "number"
    DATE = "date"
    TIME = "time"
    EMAIL = "email"
    PHONE = "tel"
    LIST = "list"  # one of many, to be opened
    CARDS = "cards"  # one of few, all in sight
    BOXES = "boxes"  # any of them
    UPLOAD = "upload"
    PERSON = "person"


@dataclass(frozen=True)
class Sent:
    """A file as a browser sent it; not to be trusted."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Limit:
    """Something an organiser may set for a kind; `read` makes of what was typed what is stored."""

    key: str
    name: str
    read: Callable[[str], Any]
    control: Control = Control.LINE


Say = Callable[[str], str]
"""Translates a catalogue entry into the reader's language."""


class Kind:
    """A kind of question; values are what JSON can hold, and None is no answer."""

    key: ClassVar[str]
    name: ClassVar[str]  # a catalogue entry
    control: ClassVar[Control]
    comparisons: ClassVar[Sequence[Comparison]] = (Comparison.ANSWERED,)
    limits: ClassVar[Sequence[Limit]] = ()
    has_choices: ClassVar[bool] = False  # the organiser writes them
    takes_upload: ClassVar[bool] = False
    is_counted: ClassVar[bool] = False  # its answers can be counted without telling whose they are

    def clean(self, given: Any, asked: Asked) -> Any:
        """What is stored of what was sent; None for nothing. Raises `Invalid` with one sentence."""
        raise NotImplementedError

    def typed(self, value: Any) -> Any:
        """A stored value as the control holds it."""
        return value

    def words(self, value: Any, asked: Asked, reader: str, say: Say) -> str:  # noqa: ARG002
        """A stored value in words, for a reader of that language."""
        return str(value)

    def offers(self, asked: Asked, reader: str, say: Say) -> list[tuple[str, str]]:  # noqa: ARG002
        """What can be chosen: (as it is sent, in words)."""
        return []

    def chosen(self, value: Any) -> list[str]:  # noqa: ARG002
        """The codes of the organiser's choices in a value."""
        return []

    def compared(self, text: str, asked: Asked) -> Any:
        """The value of a condition from what an organiser typed or chose."""
        return self.clean(text, asked)


ALL: dict[str, Kind] = {}


def kind(made: type[Kind]) -> type[Kind]:
    """Make a kind known under its key."""
    ALL[made.key] = made()
    return made


def kind_of(asked: Asked) -> Kind:
    """The kind of a question."""
    return ALL[asked.kind]


def known(key: str) -> Kind:
    """The kind with that key. Raises `Invalid` where there is none."""
    if key not in ALL:
        raise Invalid(N_("There is no such kind of question."), field="kind")
    return ALL[key]
