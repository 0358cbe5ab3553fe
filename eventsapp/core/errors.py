"""The tree of refusals.

A service that must not do something raises one of these; `web/errors.py` translates them once for
pages and once for the API. The message is a catalogue entry (marked with `N_`), one clear sentence.
"""

from http import HTTPStatus
from typing import ClassVar


class DomainError(Exception):
    """Something was refused. `message` is a catalogue entry, `params` fills its placeholders."""

    status: ClassVar[HTTPStatus] = HTTPStatus.UNPROCESSABLE_ENTITY
    code: ClassVar[str] = "refused"

    def __init__(self, message: str, *, field: str | None = None, **params: object) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.params = params

    def __str__(self) -> str:
        return self.message % self.params if self.params else self.message


class Invalid(DomainError):
    """What was given cannot be right; `field` names the input to mend, where there is one."""

    code = "invalid"


class NotFound(DomainError):
    """There is no such thing, or not for whoever asks: the two are never told apart."""

    status = HTTPStatus.NOT_FOUND
    code = "not_found"


class Conflict(DomainError):
    """It would contradict what is already so (a taken name, a state that has passed)."""

    status = HTTPStatus.CONFLICT
    code = "conflict"


class Unavailable(DomainError):
    """Not now: the database is busy or away. Trying again shortly is right."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    code = "unavailable"
