"""Forms and buttons: what they ask for is stored in one transaction, or refused in the reader's words."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, TypeVar

from flask import flash, render_template
from werkzeug.wrappers import Response

from eventsapp.core.db import transaction
from eventsapp.core.errors import DomainError
from eventsapp.web.errors import message_of
from eventsapp.web.forms import Form

Answer = Response | str | tuple[str, int]
"""What a view with a form answers: another address, the form, or the form with what to mend in it."""

Made = TypeVar("Made")


def saved(form: Form, act: Callable[[], Made]) -> Made | None:
    """What `act` made in one transaction; None unless the form was sent and is right.

    A refusal by a service is shown in the form; then nothing was stored, and the answer is None too.
    """
    if not form.validate_on_submit():
        return None
    try:
        with transaction():
            return act()
    except DomainError as error:
        form.refuse(error)
        return None


def shown(form: Form, template: str, **values: Any) -> Answer:
    """The page with the form; 422 where there is something to mend in it."""
    page = render_template(template, form=form, **values)
    return (page, HTTPStatus.UNPROCESSABLE_ENTITY) if form.errors else page


def done(act: Callable[[], object], message: str) -> bool:
    """Whether a button's deed was stored in one transaction; the next page says `message`, or why not."""
    try:
        with transaction():
            act()
    except DomainError as error:
        flash(message_of(error), "error")
        return False
    flash(message, "success")
    return True
