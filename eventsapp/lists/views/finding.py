"""The import that an address names."""

from flask import abort, redirect, url_for
from werkzeug.wrappers import Response

from eventsapp.events.models import Event
from eventsapp.lists import queries
from eventsapp.lists.models import GuestImport


def import_of(event: Event, code: str) -> GuestImport:
    """The event's import with that code, or 404."""
    return queries.import_of(event, code) or abort(404)


def to_import(event: Event, code: str) -> Response:
    """To where that import stands."""
    return redirect(url_for("imports.show", slug=event.slug, code=code), 303)
