"""Forms and buttons: what they ask for is stored in one transaction, or refused in the reader's words."""

from collections.abc import Callable
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


def tried(form: Form, act: Callable[[], Made]) -> Made | None:
    """What `act`, which opens its own transactions, made; None unless the form was sent and is right.

    A refusal by a service is shown in the form, and the answer is None too.
    """
    if not form.validate_on_submit():
        return None
    try:
        return act()
    except DomainError as error:
        form.refuse(error)
        return None


def saved(form: Form, act: Callable[[], Made]) -> Made | None:
    """What `act` made in one transaction; None where nothing was stored, as in `tried`."""

    def store() -> Made:
        with transaction():
            return act()

    return tried(form, store)


def shown(form: Form, template: str, **values: Any) -> Answer:
    """The page with the form; 422 where there is something to mend in it, 429 or 503 where to try later."""
    page = render_template(template, form=form, **values)
    return (page, form.http_status) if form.errors else page


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
