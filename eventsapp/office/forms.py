"""Forms about staff and their roles."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from eventsapp.access.permissions import Role
from eventsapp.mail.texts import BODY_LIMIT, SUBJECT_LIMIT
from eventsapp.office.deeds import ROLES
from eventsapp.web.forms import Form, LineField, TextField


class AccountForm(Form):
    """A colleague."""

    email = LineField(
        _l("Mail address"),
        [InputRequired(_l("Please fill this in."))],
        limit=320,
        render_kw={"type": "email", "autocomplete": "off", "inputmode": "email"},
    )
    display_name = LineField(_l("Name"), render_kw={"autocomplete": "off"})
    administrator = BooleanField(
        _l("Administrator"), description=_l("May do everything in every event, and add colleagues.")
    )


class EditAccountForm(Form):
    """What may be changed of a colleague."""

    display_name = LineField(_l("Name"), render_kw={"autocomplete": "off"})
    administrator = BooleanField(
        _l("Administrator"), description=_l("May do everything in every event, and add colleagues.")
    )


class RolesForm(Form):
    """Somebody's parts in an event."""

    roles = SelectMultipleField(
        _l("Roles"), option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False)
    )

    def prepare(self) -> "RolesForm":
        """Offer the roles in the reader's language."""
        self.roles.choices = [(role.value, gettext(ROLES[role.value])) for role in Role]
        return self

    def chosen(self) -> list[Role]:
        """The roles that were ticked."""
        return [Role(value) for value in self.roles.data or ()]


class TeamForm(RolesForm):
    """One more colleague for an event."""

    email = LineField(
        _l("Mail address"),
        [InputRequired(_l("Please fill this in."))],
        limit=320,
        render_kw={"type": "email", "autocomplete": "off", "inputmode": "email"},
    )


class WordsForm(Form):
    """A mail in an event's own words."""

    subject = LineField(_l("Subject"), limit=SUBJECT_LIMIT, render_kw={"autocomplete": "off"})
    body = TextField(_l("Text"), limit=BODY_LIMIT, render_kw={"rows": 18})


class SecondLanguageForm(Form):
    """The language that follows below the guest's own."""

    language = SelectField(_l("A second language below the guest’s own"))
