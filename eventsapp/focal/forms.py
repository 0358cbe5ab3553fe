"""The forms of organisers about focal points, and those of the desk."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import BooleanField, EmailField, IntegerField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional

from eventsapp.events.models import Category
from eventsapp.focal import quotas
from eventsapp.focal.models import FocalPlace, FocalPoint, Quota
from eventsapp.focal.names import NewName
from eventsapp.focal.pasting import MOST_CHARACTERS
from eventsapp.focal.service import CompletingInput, FocalPointInput
from eventsapp.focal.service.keeping import MOST
from eventsapp.people.forms import organisation_choices
from eventsapp.people.models import Organisation
from eventsapp.rsvps.bringing import printable
from eventsapp.rsvps.enums import Answer
from eventsapp.rsvps.forms import ReplyForm, language_options, options
from eventsapp.visits.models import Delegation
from eventsapp.web.filters import tx_plain
from eventsapp.web.forms import Form, LineField, TextField


class FocalPointForm(Form):
    """A focal point, and how many of each category it may name."""

    name = LineField(lazy_gettext("Name"), validators=[InputRequired(lazy_gettext("Please give a name."))])
    email = EmailField(lazy_gettext("Mail address"))
    language = SelectField(lazy_gettext("Language of the desk and of its mails"))
    delegation = SelectField(lazy_gettext("Delegation"), validators=[Optional()])
    organisation = SelectField(lazy_gettext("Organisation"), validators=[Optional()])
    note = TextField(lazy_gettext("Note for staff"))

    quota_fields: Mapping[str, Category] = {}

    @property
    def quotas(self) -> list[Any]:
        """The fields of the quotas, in the order of the categories."""
        return [self._fields[name] for name in self.quota_fields]

    def offer(
        self,
        languages: Iterable[str],
        delegations: Sequence[Delegation],
        organisations: Sequence[Organisation],
    ) -> "FocalPointForm":
        """Fill in what can be chosen."""
        self._delegations = {known.code: known for known in delegations}
        self._organisations = {known.code: known for known in organisations}
        self.language.choices = language_options(languages)
        self.delegation.choices = options(
            [("", gettext("None")), *((known.code, tx_plain(known.names)) for known in delegations)]
        )
        self.organisation.choices = organisation_choices(organisations, gettext("None"))
        return self

    def given(self) -> FocalPointInput:
        """What was entered."""
        numbers = {category: self._fields[name].data for name, category in self.quota_fields.items()}
        return FocalPointInput(
            name=self.name.data,
            email=self.email.data or "",
            language=self.language.data,
            delegation=self._delegations.get(self.delegation.data),
            organisation=self._organisations.get(self.organisation.data),
            note=self.note.data,
            quotas={category: number for category, number in numbers.items() if number},
        )


def focal_point_form(categories: Sequence[Category], point: FocalPoint | None) -> FocalPointForm:
    """The form for a focal point of an event with these categories."""
    names = {f"quota_{category.code}": category for category in categories}
    fields = {
        name: IntegerField(
            tx_plain(category.names),
            validators=[
                Optional(),
                NumberRange(0, MOST, gettext("Please give a number from 0 to %(most)s.", most=MOST)),
            ],
        )
        for name, category in names.items()
    }
    form: FocalPointForm = type("Dynamic", (FocalPointForm,), {**fields, "quota_fields": names})(
        data=_data(point) if point else None
    )
    return form


def _data(point: FocalPoint) -> dict[str, Any]:
    return {
        "name": point.name,
        "email": point.email,
        "language": point.language,
        "delegation": point.delegation.code if point.delegation else "",
        "organisation": point.organisation.code if point.organisation else "",
        "note": point.note,
        **{f"quota_{quota.category.code}": quota.number for quota in point.quotas},
    }


class DeskReplyForm(ReplyForm):
    """An answer that an office gives for one of its people."""

    answer = RadioField(
        lazy_gettext("Will they come?"),
        validators=[InputRequired(lazy_gettext("Please choose an answer."))],
        choices=[
            SelectChoice(
                Answer.ACCEPTED.value, (lazy_gettext("They will come"), lazy_gettext("A seat is kept."))
            ),
            SelectChoice(
                Answer.TENTATIVE.value,
                (lazy_gettext("Perhaps"), lazy_gettext("No seat is kept until you accept.")),
            ),
            SelectChoice(
                Answer.DECLINED.value,
                (lazy_gettext("They send regrets"), lazy_gettext("The seat goes to somebody else.")),
            ),
        ],
    )
    badge_name = LineField(lazy_gettext("Name on the badge"), validators=[printable])
    diet = TextField(lazy_gettext("What they do not eat or drink"), limit=500)
    access_needs = TextField(lazy_gettext("What they need to take part"), limit=500)


def tell_again(form: DeskReplyForm, place: FocalPlace) -> None:
    """Fill in the details that the desk told itself."""
    if place.guest.details is not None and not form.is_submitted():
        for name in ("diet", "access_needs", "note_to_host"):
            form[name].data = getattr(place.guest.details, name)


class CompletingForm(Form):
    """Mail address, title and badge name of one of a desk's people."""

    badge_name = LineField(lazy_gettext("Name on the badge"), validators=[printable])
    title = LineField(lazy_gettext("Title held"))
    organisation = LineField(lazy_gettext("Organisation"))
    email = EmailField(lazy_gettext("Mail address"))

    def given(self, *, keeps_silence: bool) -> CompletingInput:
        """What was filled in. With `keeps_silence` an empty address leaves the one that is known."""
        email = self.email.data or ""
        return CompletingInput(
            email=None if keeps_silence and not email else email,
            title=self.title.data or None,
            organisation=self.organisation.data,
            badge_name=self.badge_name.data,
        )


class _NamingForm(Form):
    category = SelectField(lazy_gettext("Category"))
    accept = BooleanField(lazy_gettext("They will come"), default=True)

    def offer(self, held: Sequence[Quota]) -> None:
        """The categories in which a place is left, or was."""
        self._categories = {quota.category.code: quota.category for quota in held}
        self.category.choices = options(
            (
                quota.category.code,
                gettext(
                    "%(category)s (places left: %(left)s)",
                    category=tx_plain(quota.category.names),
                    left=quotas.left(quota),
                ),
            )
            for quota in held
        )
        if not self.is_submitted():
            self.category.data = next((q.category.code for q in held if quotas.left(q)), None)

    @property
    def chosen(self) -> Category:
        """The category chosen; the form must be right."""
        return self._categories[self.category.data]


class NamingForm(_NamingForm):
    """One person to be named."""

    name = LineField(
        lazy_gettext("Name"),
        validators=[InputRequired(lazy_gettext("Please give a name.")), printable],
    )
    title = LineField(lazy_gettext("Title held"))
    organisation = LineField(lazy_gettext("Organisation"))
    email = EmailField(lazy_gettext("Mail address"))
    again = BooleanField(lazy_gettext("This is another person of the same name"))

    def given(self) -> NewName:
        """Who was named."""
        return NewName(
            1,
            self.name.data,
            self.title.data,
            self.organisation.data,
            (self.email.data or "").strip(),
            again=self.again.data,
        )


class PastingForm(_NamingForm):
    """Several people, as they were copied from a spreadsheet."""

    text = TextField(
        lazy_gettext("Names from your spreadsheet"),
        limit=MOST_CHARACTERS,
        validators=[InputRequired(lazy_gettext("Please paste the names here."))],
    )
