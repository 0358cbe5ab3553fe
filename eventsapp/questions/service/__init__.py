"""Composing an event's form. Every function belongs inside one `transaction()`.

What is asked may change as long as the event is open. When it does, the question's version rises, and how
it stood is kept: an answer goes on saying to what it was given.
"""

from eventsapp.questions.service.composing import (
    ChoiceInput,
    QuestionInput,
    create_question,
    edit_question,
)
from eventsapp.questions.service.ordering import move_question, move_section
from eventsapp.questions.service.parting import bring_back, remove_question
from eventsapp.questions.service.sections import SectionInput, create_section, edit_section, remove_section

__all__ = [
    "ChoiceInput",
    "QuestionInput",
    "SectionInput",
    "bring_back",
    "create_question",
    "create_section",
    "edit_question",
    "edit_section",
    "move_question",
    "move_section",
    "remove_question",
    "remove_section",
]
