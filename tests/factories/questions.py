"""Questions for tests."""

import io
from typing import Any

from PIL import Image

from eventsapp.access.identity import SYSTEM
from eventsapp.events.models import Event
from eventsapp.questions import service
from eventsapp.questions.models import Question, Section
from eventsapp.questions.service import ChoiceInput, QuestionInput, SectionInput
from tests.factories.people import NOW


def make_section(event: Event, title: str = "Travel") -> Section:
    """A section after the others."""
    return service.create_section(event, SectionInput(title={"en": title}), actor=SYSTEM, now=NOW)


def question_input(kind: str = "text", label: str = "When do you arrive?", **given: Any) -> QuestionInput:
    """A question; `choices` may be (label, places) or labels alone."""
    choices = [
        ChoiceInput(label={"en": entry}) if isinstance(entry, str)
        else entry if isinstance(entry, ChoiceInput)
        else ChoiceInput(label={"en": entry[0]}, capacity=entry[1])
        for entry in given.pop("choices", ())
    ]  # fmt: skip
    return QuestionInput(kind=kind, label={"en": label}, choices=choices, **given)


def make_question(
    event: Event, kind: str = "text", label: str = "When do you arrive?", **given: Any
) -> Question:
    """A question of an event; see `question_input`."""
    return service.create_question(event, question_input(kind, label, **given), actor=SYSTEM, now=NOW)


def if_yes(question: Question) -> dict[str, Any]:
    """The condition that a yes-or-no question was answered with yes."""
    return {"question": question.code, "comparison": "is", "value": True}


def codes(question: Question) -> dict[str, str]:
    """The codes of a question's choices by their English labels."""
    return {choice.label["en"]: choice.code for choice in question.choices}


def picture(size: tuple[int, int] = (40, 30), kind: str = "PNG", mode: str = "RGB") -> bytes:
    """A picture, as a browser sends it."""
    written = io.BytesIO()
    Image.new(mode, size, 128 if mode == "L" else None).save(written, kind)
    return written.getvalue()
