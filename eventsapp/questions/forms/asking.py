"""A form that asks an event's questions beside its own fields."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from flask_babel import gettext

from eventsapp.core.errors import DomainError
from eventsapp.questions import conditions, kinds
from eventsapp.questions.asked import Asked, Heading
from eventsapp.questions.forms.fields import AnswerField, UploadAnswer, field_for
from eventsapp.questions.full import ChoiceFull
from eventsapp.web.filters import tx_plain
from eventsapp.web.forms import Form


class Asking(Form):
    """The questions of one event to a guest of one category.

    `told` is what was answered before (question code → value). With `shows` it stands in the form, and an
    empty answer takes it back; without, it is kept where nothing new is written, and never shown.
    """

    asked: Sequence[Asked] = ()
    asked_category = 0
    told: Mapping[str, Any] = {}
    shows = True
    keeps_files = True  # files of a refused form are at hand when it is sent once more

    def validate(self, extra_validators: Any = None) -> bool:
        self._known: dict[str, Any] = {}
        self._given: dict[str, Any] = {}
        return bool(super().validate(extra_validators))

    @property
    def wants_answers(self) -> bool:
        """Whether the questions are asked at all."""
        return True

    @property
    def must_answer(self) -> bool:
        """Whether required questions must be answered now."""
        return True

    def asks(self, asked: Asked) -> bool:
        """Whether a question is asked, after the answers given so far."""
        return (
            self.wants_answers
            and asked.is_for(self.asked_category)
            and conditions.holds(asked.condition, self._known)
        )

    def demands(self, field: AnswerField) -> bool:
        """Whether an empty answer is refused."""
        kept = field.asked.code in self.told and self._is_silent(field)
        return field.asked.required and self.must_answer and not kept

    def note(self, field: AnswerField) -> None:
        """Take an answer down; later questions may depend on it."""
        code, value = field.asked.code, field.value
        if value is None and self._is_silent(field):
            value = self.told.get(code)
        elif not field.errors:
            self._given[code] = value
        if value is not None:
            self._known[code] = value

    def _is_silent(self, field: AnswerField) -> bool:
        """Whether an empty field says nothing: what was told before was not shown in it."""
        hidden = not self.shows or isinstance(field, UploadAnswer)
        return hidden and not field.takes_back

    @property
    def answers(self) -> dict[str, Any] | None:
        """What is to be stored, by question code; None where nothing was asked."""
        return dict(self._given) if self.asked and self.wants_answers else None

    @property
    def question_fields(self) -> list[AnswerField]:
        """The fields of the questions, in order."""
        return [field for field in self if isinstance(field, AnswerField)]

    @property
    def upload_fields(self) -> list[UploadAnswer]:
        """Those to send a file with: the form must be sent as multipart."""
        return [field for field in self.question_fields if isinstance(field, UploadAnswer)]

    @property
    def question_sections(self) -> Iterator[tuple[Heading | None, list[AnswerField]]]:
        """The fields by section, in order."""
        for heading, fields in groupby(self.question_fields, key=lambda field: field.asked.section):
            yield heading, list(fields)

    def refuse(self, error: DomainError) -> None:
        """Show a refusal; a full choice says what is still free."""
        field = self._fields.get(error.field or "")
        if isinstance(error, ChoiceFull) and field is not None:
            field.errors = [*field.errors, _full(error)]
        else:
            super().refuse(error)


def _full(error: ChoiceFull) -> str:
    name = tx_plain(error.option.label)
    if not error.free:
        return str(gettext("“%(choice)s” is full, and so is everything else here.", choice=name))
    free = ", ".join(tx_plain(option.label) for option in error.free)
    return str(gettext("“%(choice)s” is full. Still free: %(free)s.", choice=name, free=free))


def attributes(
    asked: Sequence[Asked], category_id: int, told: Mapping[str, Any], *, shows: bool
) -> dict[str, Any]:
    """What a form's class has to have to ask these questions: fields by name, and what `Asking` goes by."""
    theirs = tuple(question for question in asked if question.is_for(category_id))
    return {
        **{question.field: field_for(question) for question in theirs},
        "asked": theirs,
        "asked_category": category_id,
        "told": told,
        "shows": shows,
    }


def filled(asked: Sequence[Asked], told: Mapping[str, Any]) -> dict[str, Any]:
    """What was answered before, as the fields hold it."""
    return {
        question.field: kinds.kind_of(question).typed(told[question.code])
        for question in asked
        if question.code in told
    }
