"""Refusals, translated once for pages and once for the API."""

from flask import Flask, Response, jsonify, render_template, request
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from eventsapp.core.db import db
from eventsapp.core.errors import DomainError, Unavailable
from eventsapp.core.text import N_

RETRY_AFTER = "2"  # seconds


def message_of(error: DomainError) -> str:
    """A refusal in the reader's language."""
    text: str = gettext(error.message)
    return text % error.params if error.params else text


def _is_api() -> bool:
    return request.path.startswith("/api/")


def _answer(
    status: int, code: str, message: str, fields: dict[str, str] | None = None
) -> tuple[Response | str, int]:
    if _is_api():
        return jsonify(error={"code": code, "message": message, "fields": fields or {}}), status
    return render_template("errors/error.html", status=status, message=message), status


def _domain(error: DomainError) -> tuple[Response | str, int] | Response:
    message = message_of(error)
    answer = _answer(error.status, error.code, message, {error.field: message} if error.field else None)
    return _retry_later(answer) if isinstance(error, Unavailable) else answer


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    body, _ = _answer(status, (error.name or "error").lower().replace(" ", "_"), _sentence(status))
    response = body if isinstance(body, Response) else Response(body, mimetype="text/html")
    response.status_code = status
    for name, value in error.get_headers():
        if name.lower() not in ("content-type", "content-length"):
            response.headers[name] = value
    return response


def _csrf(_: CSRFError) -> tuple[Response | str, int]:
    message = gettext(
        "This form is too old or came from elsewhere. Please go back, reload the page and send it again."
    )
    return _answer(400, "csrf", message)


def _database(error: DBAPIError | PoolTimeout) -> tuple[Response | str, int] | Response:
    db.session.rollback()
    transient = isinstance(error, OperationalError | PoolTimeout) or getattr(
        error, "connection_invalidated", False
    )
    if not transient:
        raise error
    return _domain(Unavailable(N_("The database cannot be reached. Please try again in a moment.")))


def _retry_later(answer: tuple[Response | str, int]) -> Response:
    body, status = answer
    response = body if isinstance(body, Response) else Response(body, mimetype="text/html")
    response.status_code = status
    response.headers["Retry-After"] = RETRY_AFTER
    return response


def _sentence(status: int) -> str:
    known = {
        400: N_("This request could not be understood."),
        401: N_("Please sign in first."),
        403: N_("You may not do this."),
        404: N_("There is nothing at this address, or not any more."),
        405: N_("This cannot be done at this address."),
        410: N_("This link has been used or is no longer valid."),
        413: N_("This is larger than can be taken."),
        415: N_("This kind of content cannot be read here."),
        429: N_("Too many tries. Please wait a little."),
        503: N_("The service is busy. Please try again in a moment."),
    }
    sentence: str = gettext(
        known.get(status, N_("Something went wrong on our side. Nothing was lost; please try again."))
    )
    return sentence


def init_app(app: Flask) -> None:
    """Register the translations of errors."""
    app.register_error_handler(DomainError, _domain)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(DBAPIError, _database)
    app.register_error_handler(PoolTimeout, _database)
