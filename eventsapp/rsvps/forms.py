"""The forms guests and staff fill in about replies."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeVar, cast

from flask import request
from flask_babel import lazy_gettext
from wtforms import BooleanField, EmailField, IntegerField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional

from eventsapp.core import languages
from eventsapp.events.models import Category
from eventsapp.programme.models import ProgrammeItem
from eventsapp.questions.asked import Asked
from eventsapp.questions.forms import Asking, attributes, filled
from eventsapp.rsvps.bringing import Bringing, named_before, printable, slots_for, with_companions
from eventsapp.rsvps.enums import ANSWER_OF, Answer, Channel, ItemReplyState
from eventsapp.rsvps.models import Guest
from eventsapp.rsvps.service import ReplyInput, answering
from eventsapp.rsvps.service.companions import MOST
from eventsapp.web.filters import tx_plain
from eventsapp.web.forms import Form, LineField, TextField
from eventsapp.web.words import choices

_ITEM_CHOICES = [
    SelectChoice(Answer.ACCEPTED.value, lazy_gettext("Yes")),
    SelectChoice(Answer.TENTATIVE.value, lazy_gettext("Perhaps")),
    SelectChoice(Answer.DECLINED.value, lazy_gettext("No")),
]
STAFF_CHANNELS = (Channel.PHONE, Channel.LETTER, Channel.MAIL, Channel.IN_PERSON)


class ReplyForm(Bringing, Asking):
    """An answer to the event, one to each of its items that wants one, and the organiser's questions.

    Items may be left open: who knows only that they come says so, and their own page goes on asking. Who
    does not come is asked nothing, and who perhaps comes may leave required questions open.
    """

    answer = RadioField(
        lazy_gettext("Will you come?"),
        validators=[InputRequired(lazy_gettext("Please choose an answer."))],
        choices=[
            SelectChoice(
                Answer.ACCEPTED.value, (lazy_gettext("I will come"), lazy_gettext("A seat is kept for you."))
            ),
            SelectChoice(
                Answer.TENTATIVE.value,
                (lazy_gettext("Perhaps"), lazy_gettext("No seat is kept until you accept.")),
            ),
            SelectChoice(
                Answer.DECLINED.value,
                (lazy_gettext("I cannot come"), lazy_gettext("The seat goes to somebody else.")),
            ),
        ],
    )
    badge_name = LineField(lazy_gettext("Your name as it should stand on the badge"), validators=[printable])
    diet = TextField(lazy_gettext("What you do not eat or drink"), limit=500)
    access_needs = TextField(lazy_gettext("What you need to take part"), limit=500)
    note_to_host = TextField(lazy_gettext("A note to the host"), limit=2000)
    forget_details = BooleanField(lazy_gettext("Delete what was told before"))

    item_fields: Mapping[str, str] = {}

    @property
    def wants_answers(self) -> bool:
        return bool(self.answer.data != Answer.DECLINED.value)

    @property
    def must_answer(self) -> bool:
        return bool(self.answer.data == Answer.ACCEPTED.value)

    @property
    def items(self) -> list[Any]:
        """The fields of the items, in the order of the programme."""
        return [self._fields[name] for name in self.item_fields.values()]

    def given(self, *, keeps_silence: bool) -> ReplyInput:
        """What was filled in. With `keeps_silence` an empty detail leaves what was told before."""
        answers = {code: self._fields[name].data for code, name in self.item_fields.items()}
        details = {name: self._fields[name].data for name in ("diet", "access_needs", "note_to_host")}
        if keeps_silence and not self.forget_details.data:
            details = {name: text or None for name, text in details.items()}
        return ReplyInput(
            answer=Answer(self.answer.data),
            items={code: Answer(answer) for code, answer in answers.items() if answer},
            badge_name=self.badge_name.data if self.badge_name.raw_data else None,
            answers=self.answers,
            companions=self.companions,
            **details,
        )


class StaffReplyForm(ReplyForm):
    """An answer that somebody gave to staff."""

    answer = RadioField(
        lazy_gettext("Answer"),
        validators=[InputRequired(lazy_gettext("Please choose an answer."))],
        choices=[
            SelectChoice(Answer.ACCEPTED.value, lazy_gettext("Accepted")),
            SelectChoice(Answer.TENTATIVE.value, lazy_gettext("Tentative")),
            SelectChoice(Answer.DECLINED.value, lazy_gettext("Declined")),
        ],
    )
    channel = SelectField(lazy_gettext("How it came"))
    reason = LineField(lazy_gettext("Who said so, and what else matters"), limit=300)


Kind = TypeVar("Kind", bound=ReplyForm)


def reply_form(
    base: type[Kind],
    guest: Guest,
    items: Sequence[ProgrammeItem],
    asked: Sequence[Asked] = (),
    *,
    shows: bool = False,
) -> Kind:
    """A reply form of kind `base` for a guest: filled with what was sent, else with what they answered.

    Details are not filled in: whoever holds a forwarded link must not read them. Answers to the questions
    `asked` are filled in only with `shows`.
    """
    answered: dict[str, Any] = {} if request.method == "POST" else _answered(guest)
    kind = _with_items(base, tuple(item.code for item in items))  # type: ignore[arg-type]  # it is hashable
    if slots := slots_for(guest, shows=shows):
        kind = cast(type[Kind], with_companions(kind, slots))  # type: ignore[arg-type]  # as above
        answered |= named_before(guest) if request.method != "POST" else {}
    if asked:
        told = answering.standing(guest.id).by_code(asked)
        kind = type(kind.__name__, (kind,), attributes(asked, guest.category_id, told, shows=shows))
        answered |= filled(asked, told) if shows else {}
    form = kind(data=answered)
    for item, field in zip(items, form.items, strict=True):
        field.item = item
        field.label.text = tx_plain(item.title)
    return cast(Kind, form)


@lru_cache(maxsize=256)
def _with_items(base: type[ReplyForm], codes: tuple[str, ...]) -> type[ReplyForm]:
    """The form with a field for each of the items. A class costs more than a form, so it is made once."""
    names = {code: f"item_{code}" for code in codes}
    fields = {name: RadioField(validators=[Optional()], choices=_ITEM_CHOICES) for name in names.values()}
    return type(base.__name__, (base,), {**fields, "item_fields": names})


def staff_reply_form(
    guest: Guest, items: Sequence[ProgrammeItem], asked: Sequence[Asked] = (), *, details: bool
) -> StaffReplyForm:
    """The form for staff; what the guest told is filled in only with `details`."""
    form = reply_form(StaffReplyForm, guest, items, asked, shows=details)
    form.channel.choices = options(choices(STAFF_CHANNELS))
    if details and guest.details is not None and not form.is_submitted():
        for name in ("diet", "access_needs", "note_to_host"):
            form[name].data = getattr(guest.details, name)
    return form


def options(pairs: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    """What a choice field offers, from (value, word)."""
    return [SelectChoice(value, label) for value, label in pairs]


def _answered(guest: Guest) -> dict[str, str]:
    data = {"badge_name": guest.badge_name or guest.person.display_name}
    if guest.state in ANSWER_OF:
        data["answer"] = ANSWER_OF[guest.state].value
    for said in guest.item_replies:
        waits = said.state is ItemReplyState.WAITLISTED
        data[f"item_{said.item.code}"] = Answer.ACCEPTED.value if waits else said.state.value
    return data


def language_options(tags: Iterable[str]) -> list[SelectChoice]:
    """Languages to choose from, each by its own name."""
    return options((tag, languages.own_name(tag)) for tag in dict.fromkeys(tags) or ("en",))


class RegistrationForm(Asking):
    """Somebody asks for a place at a public event."""

    keeps_files = False  # there is no guest yet whose they could be

    name = LineField(
        lazy_gettext("Your name"),
        validators=[InputRequired(lazy_gettext("Please give your name.")), printable],
    )
    email = EmailField(
        lazy_gettext("Your mail address"),
        validators=[InputRequired(lazy_gettext("Please give your mail address."))],
    )
    organisation = LineField(lazy_gettext("Organisation"))
    language = SelectField(lazy_gettext("Language of our messages"))

    def offer(self, tags: Sequence[str]) -> None:
        """The languages to choose from."""
        self.language.choices = language_options(tags)


def registration_form(asked: Sequence[Asked], category: Category | None) -> RegistrationForm:
    """The form, with the questions for guests of the category that is for registration."""
    if category is None:
        return RegistrationForm()
    made = type("RegistrationForm", (RegistrationForm,), attributes(asked, category.id, {}, shows=True))
    return cast(RegistrationForm, made())


class GuestForm(Form):
    """What the host knows of a guest."""

    category = SelectField(lazy_gettext("Category"))
    affiliation = SelectField(lazy_gettext("Title that applies"), validators=[Optional()])
    email = EmailField(lazy_gettext("Mail address"))
    language = SelectField(lazy_gettext("Language of invitation and mails"))
    badge_name = LineField(lazy_gettext("Name on the badge"), validators=[printable])


class NewGuestForm(GuestForm):
    """A person onto the list: one from the directory, or a new name."""

    name = LineField(lazy_gettext("Name"), validators=[printable])
    name_language = SelectField(lazy_gettext("Language of the name"), validators=[Optional()])
    companions_allowed = IntegerField(
        lazy_gettext("Companions whom the guest may bring"),
        default=0,
        validators=[InputRequired(), NumberRange(0, MOST)],
    )
    invite = BooleanField(lazy_gettext("Send the invitation at once"))


class AllowanceForm(Form):
    """How many companions a guest may name."""

    companions_allowed = IntegerField(
        lazy_gettext("Companions whom the guest may bring"),
        validators=[InputRequired(), NumberRange(0, MOST)],
    )


class WithdrawForm(Form):
    """The host takes an invitation back."""

    reason = LineField(lazy_gettext("Reason, for the record"), limit=300)
    notify = BooleanField(lazy_gettext("Tell the guest by mail"), default=True)
