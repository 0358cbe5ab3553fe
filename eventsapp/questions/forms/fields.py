"""The one place where a question becomes a WTForms field. What its answer must be, its kind says."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext
from wtforms import Field, FileField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms import ValidationError as Refused
from wtforms.fields.choices import SelectChoice
from wtforms.fields.core import UnboundField
from wtforms.widgets import CheckboxInput, DateInput, EmailInput, ListWidget, TelInput, TextInput, TimeInput

from eventsapp.core.errors import Invalid
from eventsapp.questions import kinds
from eventsapp.questions.asked import Asked
from eventsapp.questions.forms.wording import condition_words
from eventsapp.questions.kinds import Control, Sent
from eventsapp.questions.uploads import LARGEST
from eventsapp.web.errors import message_of
from eventsapp.web.filters import reader, tx


class AnswerField(Field):
    """What every question's field has: the question, and the value that is stored once it is right."""

    def __init__(self, label: Any = None, *, asked: Asked, **kwargs: Any) -> None:
        super().__init__(label, (), **kwargs)
        self.asked = asked
        self.kind = kinds.kind_of(asked)
        self.value: Any = None
        self.flags.required = asked.required

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:
        """A question that is not asked is right whatever stands there."""
        self.errors: list[Any] = []
        if not form.asks(self.asked):
            return True
        right = bool(super().validate(form, extra_validators))
        form.note(self)
        return right

    def pre_validate(self, form: Any) -> None:
        try:
            self.value = self.kind.clean(self.sent, self.asked)
        except Invalid as error:
            raise Refused(message_of(error)) from error
        if self.value is None and form.demands(self):
            raise Refused(gettext("Please answer this question."))

    @property
    def when(self) -> str:
        """In which case the question is asked, in words; empty for always."""
        return condition_words(self.asked.condition, self._form.asked)

    @property
    def told(self) -> Mapping[str, Any]:
        """What was answered before, to all questions."""
        answers: Mapping[str, Any] = self._form.told
        return answers

    @property
    def is_kept(self) -> bool:
        """Whether an answer was given before that is not shown here."""
        return self.asked.code in self.told and not self._form.shows

    @property
    def sent(self) -> Any:
        """What came in, as the kind wants it."""
        return self.data

    @property
    def takes_back(self) -> bool:
        """Whether an empty answer is meant to delete an earlier one that the form did not show."""
        return False


class LineAnswer(AnswerField, StringField):
    """One line, of whichever type."""


class AreaAnswer(AnswerField, TextAreaField):
    """Paragraphs."""


class ListAnswer(AnswerField, SelectField):
    """One of many, in a list that opens."""


class CardsAnswer(AnswerField, RadioField):
    """One of few, all in sight."""

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.type = "RadioField"  # for the pages' own drawing of it


class BoxesAnswer(AnswerField, SelectMultipleField):
    """Any of them."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.type = "SelectMultipleField"


class UploadAnswer(AnswerField, FileField):
    """A file; `kept` is the code of one that came with a form that was refused."""

    kept = ""
    kept_name = ""

    def process(self, formdata: Any, *arguments: Any, **keywords: Any) -> None:
        super().process(formdata, *arguments, **keywords)
        keeps = formdata and self._form.keeps_files
        self.kept = str(formdata.get(f"{self.name}-kept", ""))[:16] if keeps else ""
        self.removed = bool(formdata and formdata.get(f"{self.name}-remove"))
        files = [sent for sent in self.raw_data or () if getattr(sent, "filename", "")]
        self.file = Sent(files[0].filename, files[0].stream.read(LARGEST + 1)) if files else None

    @property
    def sent(self) -> Any:
        return self.file or self.kept or None

    @property
    def takes_back(self) -> bool:
        return self.removed and self.value is None


class PersonAnswer(AnswerField):
    """A name and an organisation."""

    data: Mapping[str, str]

    def process(self, formdata: Any, *arguments: Any, **keywords: Any) -> None:
        super().process(formdata, *arguments, **keywords)
        self.data = dict(self.data or {})
        if formdata is not None and f"{self.name}-name" in formdata:
            self.data = {part: formdata.get(f"{self.name}-{part}", "") for part in ("name", "organisation")}

    def process_formdata(self, valuelist: list[str]) -> None:
        """Values come under names of their own; see `process`."""


class NumberInput(TextInput):
    """A text that telephones offer figures for: a browser's own number field eats a comma."""

    def __call__(self, field: Any, **kwargs: Any) -> Any:
        return super().__call__(field, **{"inputmode": "decimal", **kwargs})


_LINES: Mapping[Control, Any] = {
    Control.LINE: TextInput(),
    Control.NUMBER: NumberInput(),
    Control.DATE: DateInput(),
    Control.TIME: TimeInput(),
    Control.EMAIL: EmailInput(),
    Control.PHONE: TelInput(),
}
_FIELDS: Mapping[Control, type[AnswerField]] = {
    Control.AREA: AreaAnswer,
    Control.UPLOAD: UploadAnswer,
    Control.PERSON: PersonAnswer,
}
_CHOOSING: Mapping[Control, type[AnswerField]] = {
    Control.LIST: ListAnswer,
    Control.CARDS: CardsAnswer,
    Control.BOXES: BoxesAnswer,
}


def field_for(asked: Asked) -> UnboundField:
    """The field of a question, in the reader's language."""
    kind = kinds.kind_of(asked)
    common: dict[str, Any] = {"asked": asked, "description": tx(asked.help) if asked.help else ""}
    if kind.control in _LINES:
        return LineAnswer(tx(asked.label), widget=_LINES[kind.control], **common)
    if kind.control in _FIELDS:
        return _FIELDS[kind.control](tx(asked.label), **common)
    return _CHOOSING[kind.control](tx(asked.label), choices=_choices(asked), **common)


def _choices(asked: Asked) -> list[SelectChoice]:
    kind = kinds.kind_of(asked)
    if kind.has_choices:
        return [SelectChoice(option.code, tx(option.label)) for option in asked.options]
    offered = [SelectChoice(value, word) for value, word in kind.offers(asked, reader(), gettext)]
    empty = [SelectChoice("", gettext("Please choose"))] if kind.control is Control.LIST else []
    return [*empty, *offered]
