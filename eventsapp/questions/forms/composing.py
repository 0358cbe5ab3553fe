"""The forms in which organisers write sections and questions."""

from collections.abc import Mapping, Sequence
from typing import Any

import wtforms
from flask_babel import gettext, lazy_gettext
from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import CheckboxInput, DateInput, ListWidget, TextInput, TimeInput

from eventsapp.core.errors import DomainError
from eventsapp.events.models import Category
from eventsapp.questions import kinds, queries
from eventsapp.questions.forms.testing import ComparisonForm, conditions_from, rows_of
from eventsapp.questions.kinds import Control, Kind, Limit
from eventsapp.questions.models import Question, Section
from eventsapp.questions.service import ChoiceInput, QuestionInput, SectionInput
from eventsapp.web.filters import tx_plain
from eventsapp.web.forms import Form, LanguageMapField, LineField

BLANK_CHOICES = 3
MOST_ROWS = 80


class SectionForm(Form):
    """A section."""

    title = LanguageMapField(lazy_gettext("Heading"), required=True)
    intro = LanguageMapField(lazy_gettext("Words above the questions"), limit=2000, multiline=True)

    def offer(self, tags: Sequence[str]) -> None:
        """Show an input for each of these languages."""
        for field in (self.title, self.intro):
            field.offer(tags)

    def given(self) -> SectionInput:
        """What was entered."""
        return SectionInput(title=self.title.data, intro=self.intro.data)


class ChoiceForm(wtforms.Form):
    """One answer to choose; a row without a text is no answer."""

    code = HiddenField()
    label = LanguageMapField(lazy_gettext("Answer"))
    capacity = IntegerField(lazy_gettext("Places"), [Optional(), NumberRange(0, 100_000)])
    place = IntegerField(lazy_gettext("Order"), [Optional(), NumberRange(0, 1000)])


class QuestionForm(Form):
    """A question of one kind; made by `question_form`."""

    label = LanguageMapField(lazy_gettext("Question"), limit=300, required=True)
    help = LanguageMapField(lazy_gettext("Help below the question"), limit=1000, multiline=True)
    section = SelectField(lazy_gettext("Section"), default="")
    categories = SelectMultipleField(
        lazy_gettext("Asked only of these categories"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        description=lazy_gettext("None ticked: everybody is asked."),
    )
    required = BooleanField(lazy_gettext("Must be answered by whoever comes"))
    needs_approval = BooleanField(lazy_gettext("A later change of the answer goes back to the organiser"))
    retention_days = IntegerField(
        lazy_gettext("Days after the event until answers are deleted"),
        [Optional(), NumberRange(0, 3650)],
        description=lazy_gettext("Empty: as long as the event’s other personal data. Counts are kept."),
    )
    choices = FieldList(FormField(ChoiceForm), lazy_gettext("Answers to choose from"), max_entries=MOST_ROWS)
    joint = SelectField(
        lazy_gettext("Asked"),
        choices=[
            SelectChoice("all", lazy_gettext("if all of this is so")),
            SelectChoice("any", lazy_gettext("if any of this is so")),
        ],
        default="all",
    )
    tests = FieldList(
        FormField(ComparisonForm), lazy_gettext("Depends on earlier answers"), max_entries=MOST_ROWS
    )
    drop_condition = BooleanField(lazy_gettext("Ask always: take this condition away"))

    kind: Kind
    is_new = False
    earlier: Sequence[Question] = ()
    stored_condition: Mapping[str, Any] = {}

    def prepare(
        self, tags: Sequence[str], sections: Sequence[Section], categories: Sequence[Category]
    ) -> "QuestionForm":
        """Fill in what can be chosen."""
        self._sections = {section.code: section for section in sections}
        self._categories = {category.code: category for category in categories}
        for field in (self.label, self.help, *(row.form.label for row in self.choices)):
            field.offer(tags)
        self.section.choices = [SelectChoice("", gettext("None: before all sections"))] + [
            SelectChoice(code, tx_plain(section.title)) for code, section in self._sections.items()
        ]
        if self.is_new and sections and not self.is_submitted():
            self.section.data = sections[-1].code
        self.categories.choices = [
            SelectChoice(code, tx_plain(category.names)) for code, category in self._categories.items()
        ]
        for row in self.tests:
            row.form.offer(self.earlier)
        return self

    def more(self, tags: Sequence[str]) -> None:
        """More empty rows, for answers or conditions."""
        for _ in range(BLANK_CHOICES):
            self.choices.append_entry({}).form.label.offer(tags)
        self.tests.append_entry({}).form.offer(self.earlier)

    def refuse(self, error: DomainError) -> None:
        """A condition is refused at its rows."""
        if error.field == "condition":
            error.field = "tests"
        super().refuse(error)

    @property
    def limit_fields(self) -> list[Any]:
        """The fields of what this kind can be limited by."""
        return [self[f"limit_{limit.key}"] for limit in self.kind.limits]

    @property
    def keeps_condition(self) -> bool:
        """Whether the stored condition cannot be written in rows, and is kept as it is."""
        return bool(self.stored_condition) and rows_of(self.stored_condition) is None

    def given(self) -> QuestionInput:
        """What was entered. Raises `Invalid` for a condition that says too little."""
        return QuestionInput(
            kind=self.kind.key,
            label=self.label.data,
            help=self.help.data,
            section=self._sections.get(self.section.data),
            categories=[self._categories[code] for code in self.categories.data or ()],
            required=self.required.data,
            needs_approval=self.needs_approval.data,
            limits={limit.key: self[f"limit_{limit.key}"].data for limit in self.kind.limits},
            choices=self._choices_given(),
            condition=self._condition_given(),
            retention_days=self.retention_days.data,
        )

    def _choices_given(self) -> list[ChoiceInput]:
        rows = [row.form for row in self.choices if row.form.label.data]
        rows.sort(key=lambda row: (row.place.data is None, row.place.data or 0))
        return [
            ChoiceInput(label=row.label.data, capacity=row.capacity.data, code=row.code.data or "")
            for row in rows
        ]

    def _condition_given(self) -> Mapping[str, Any]:
        made = conditions_from(self.joint.data, [row.form for row in self.tests], self.earlier)
        if made or self.drop_condition.data or not self.keeps_condition:
            return made
        return self.stored_condition


def question_form(kind: Kind, question: Question | None, earlier: Sequence[Question]) -> QuestionForm:
    """The form for a question of a kind; filled in with what it is now. Give it `prepare` next."""
    limits = {f"limit_{limit.key}": _limit_field(limit) for limit in kind.limits}
    known = {
        "kind": kind,
        "earlier": earlier,
        "stored_condition": question.condition if question else {},
        "is_new": question is None,
    }
    made = type("QuestionForm", (QuestionForm,), {**limits, **known})
    form: QuestionForm = made(data=_filled(question))
    return form


def _limit_field(limit: Limit) -> Any:
    widget = {Control.DATE: DateInput(), Control.TIME: TimeInput()}.get(limit.control, TextInput())
    return LineField(gettext(limit.name), limit=100, widget=widget)


def _filled(question: Question | None) -> dict[str, Any]:
    blank: list[dict[str, Any]] = [{} for _ in range(BLANK_CHOICES)]
    if question is None:
        return {"choices": blank, "tests": blank[:1]}
    asked = queries.as_asked(question)
    capacities = {choice.code: choice.capacity for choice in question.choices}
    rows = rows_of(question.condition) or ("all", [])
    return {
        "label": question.label,
        "help": question.help,
        "section": question.section.code if question.section else "",
        "categories": [category.code for category in question.categories],
        "required": question.required,
        "needs_approval": question.needs_approval,
        "retention_days": question.retention_days,
        **{f"limit_{key}": str(value) for key, value in question.limits.items()},
        "choices": [
            {
                "code": option.code,
                "label": option.label,
                "capacity": capacities[option.code],
                "place": 10 * (at + 1),
            }
            for at, option in enumerate(asked.options)
        ]
        + blank,
        "joint": rows[0],
        "tests": [*rows[1], {}],
    }


def kinds_to_choose() -> list[tuple[str, str]]:
    """(key, what it is called) of every kind of question."""
    return [(kind.key, gettext(kind.name)) for kind in kinds.ALL.values()]
