"""Storing what a form says."""

from collections.abc import Callable

from eventsapp.core.db import transaction
from eventsapp.core.errors import DomainError
from eventsapp.web.forms import Form


def saved(form: Form, act: Callable[[], object]) -> bool:
    """Whether the form was sent, is right, and `act` stored it in one transaction.

    A refusal by a service is shown in the form; then nothing was stored.
    """
    if not form.validate_on_submit():
        return False
    try:
        with transaction():
            act()
    except DomainError as error:
        form.refuse(error)
        return False
    return True
