"""The forms of the reply desk."""

import re

from flask_babel import gettext, lazy_gettext
from wtforms import BooleanField, IntegerField, RadioField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from eventsapp.rsvps.enums import ReplyMode
from eventsapp.rsvps.models import ReplyTerms
from eventsapp.rsvps.service import TermsInput
from eventsapp.web.forms import Form, LineField

_NUMBERS = re.compile(r"\d{1,4}")


def _days(_: Form, field: LineField) -> None:
    if re.sub(r"[\d\s,;、，]", "", field.data or ""):
        raise ValidationError(gettext("Please give numbers of days, for example 14, 7, 2."))


class TermsForm(Form):
    """On which terms an event takes answers."""

    mode = RadioField(
        lazy_gettext("What silence means"),
        validators=[InputRequired(lazy_gettext("Please choose what silence means."))],
        choices=[
            SelectChoice(
                ReplyMode.REPLY.value,
                (
                    lazy_gettext("Nothing: an answer is asked for"),
                    lazy_gettext("A seat is taken when the guest accepts."),
                ),
            ),
            SelectChoice(
                ReplyMode.REGRETS_ONLY.value,
                (
                    lazy_gettext("Coming: regrets only"),
                    lazy_gettext("Who is invited has a seat and a badge at once, until they send regrets."),
                ),
            ),
        ],
    )
    holds_seats = BooleanField(lazy_gettext("Hold a seat for each invited guest until the reply-by date"))
    offer_hours = IntegerField(
        lazy_gettext("Hours for which a freed seat is offered"), validators=[Optional()]
    )
    remind_days = LineField(lazy_gettext("Days before the reply-by date"), limit=60, validators=[_days])
    approves_list = BooleanField(lazy_gettext("A name on the list is approved before it is invited"))
    wants_approval = BooleanField(lazy_gettext("Registrations are decided by an organiser"))

    def given(self) -> TermsInput:
        """What was filled in."""
        return TermsInput(
            mode=ReplyMode(self.mode.data),
            holds_seats=self.holds_seats.data,
            offer_hours=self.offer_hours.data,
            remind_days=[int(day) for day in _NUMBERS.findall(self.remind_days.data)],
            approves_list=self.approves_list.data,
            wants_approval=self.wants_approval.data,
        )


def terms_form(held: ReplyTerms) -> TermsForm:
    """The form, filled with the terms as they are."""
    return TermsForm(
        data={
            "mode": held.mode.value,
            "holds_seats": held.holds_seats,
            "offer_hours": held.offer_hours,
            "remind_days": ", ".join(str(day) for day in held.remind_days),
            "approves_list": held.approves_list,
            "wants_approval": held.wants_approval,
        }
    )
