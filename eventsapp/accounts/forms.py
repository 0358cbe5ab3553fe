"""Forms of signing in and of one's own account."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, StringField, ValidationError
from wtforms.validators import InputRequired

from eventsapp.web.forms import Form, LineField


class SignInForm(Form):
    """Address and password."""

    email = LineField(
        _l("Mail address"),
        [InputRequired(_l("Please fill this in."))],
        limit=320,
        render_kw={"type": "email", "autocomplete": "username", "inputmode": "email", "autofocus": True},
    )
    password = PasswordField(
        _l("Password"),
        [InputRequired(_l("Please fill this in."))],
        render_kw={"autocomplete": "current-password"},
    )


class CodeForm(Form):
    """A code of the second factor, or a recovery code."""

    code = StringField(
        _l("Code"),
        [InputRequired(_l("Please fill this in."))],
        render_kw={
            "autocomplete": "one-time-code",
            "inputmode": "text",
            "autocapitalize": "characters",
            "spellcheck": "false",
            "maxlength": "40",
        },
    )


class NameForm(Form):
    """How colleagues read one's name."""

    display_name = LineField(_l("Name"), render_kw={"autocomplete": "name"})


class ConfirmForm(Form):
    """The password once more, before something that matters."""

    current = PasswordField(
        _l("Present password"),
        [InputRequired(_l("Please fill this in."))],
        render_kw={"autocomplete": "current-password"},
    )


class OtherPhoneForm(ConfirmForm, CodeForm):
    """Another phone in place of the one that makes the codes now."""


class PasswordForm(ConfirmForm):
    """A new password, twice."""

    password = PasswordField(
        _l("New password"),
        [InputRequired(_l("Please fill this in."))],
        description=_l("At least 10 characters; several words are good."),
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        _l("New password, once more"),
        [InputRequired(_l("Please fill this in."))],
        render_kw={"autocomplete": "new-password"},
    )

    def validate_again(self, field: Any) -> None:
        """A slip of the finger would lock its owner out."""
        if field.data != self.password.data:
            raise ValidationError(_l("The two passwords are not the same."))
