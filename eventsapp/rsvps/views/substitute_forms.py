"""The forms by which somebody is named who shall come in a guest's place."""

from flask_babel import lazy_gettext
from wtforms import EmailField
from wtforms.validators import InputRequired

from eventsapp.people.forms import PersonField
from eventsapp.rsvps.bringing import printable
from eventsapp.rsvps.service.representing import SubstituteInput
from eventsapp.web.forms import Form, LineField


class SubstituteForm(Form):
    """A new name: nobody outside the desk looks people up."""

    name = LineField(
        lazy_gettext("Name"),
        validators=[InputRequired(lazy_gettext("Please give a name.")), printable],
    )
    title = LineField(lazy_gettext("Title held"))
    organisation = LineField(lazy_gettext("Organisation"))
    email = EmailField(lazy_gettext("Mail address"))

    def given(self) -> SubstituteInput:
        """Who shall come."""
        return SubstituteInput(
            name=self.name.data,
            title=self.title.data,
            organisation=self.organisation.data,
            email=self.email.data or "",
        )


class StaffSubstituteForm(SubstituteForm):
    """Somebody of the directory, or a new name."""

    person = PersonField(lazy_gettext("Person"))
    name = LineField(lazy_gettext("Name"), validators=[printable])

    def given(self) -> SubstituteInput:
        """Who shall come."""
        return SubstituteInput(
            person=self.person.data,
            name=self.name.data,
            title=self.title.data,
            organisation=self.organisation.data,
            email=self.email.data or "",
        )
