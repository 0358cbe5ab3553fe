"""How a calendar is answered."""

from flask import Response
from flask_babel import gettext

from eventsapp.calendars.entries import Writing
from eventsapp.web import locale
from eventsapp.web.current import settings

MIMETYPE = "text/calendar"


def writing() -> Writing:
    """For the reader of this request."""
    return Writing(locale.wanted_languages()[0], gettext("Cancelled"), settings().base_url)


def named(response: Response, filename: str, *, inline: bool) -> Response:
    """Give the answer its file name. Feeds are shown inline: clients subscribe to them, not save them."""
    kind = "inline" if inline else "attachment"
    response.headers["Content-Disposition"] = f'{kind}; filename="{filename}"'
    response.headers["X-Robots-Tag"] = "noindex"
    return response
