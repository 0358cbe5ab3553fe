"""`/events/<slug>.ics` and `/events/<slug>/items/<code>.ics`: what everybody may read."""

from flask import Blueprint, Response, abort

from eventsapp.calendars import files
from eventsapp.calendars.views.answers import MIMETYPE, named, writing
from eventsapp.core.codes import normal_code
from eventsapp.events import openness
from eventsapp.events.models import Event
from eventsapp.programme import queries as programme
from eventsapp.web.guard import public
from eventsapp.web.locale import wanted_languages
from eventsapp.web.responses import kept

blueprint = Blueprint("calendars", __name__)


@blueprint.get("/events/<slug>.ics")
@public
def event(slug: str) -> Response:
    """The event and its public programme, to subscribe to."""
    response = kept(("event.ics", slug, *wanted_languages()), lambda: _event(slug), MIMETYPE)
    return named(response, f"{slug}.ics", inline=True)


@blueprint.get("/events/<slug>/items/<code>.ics")
@public
def item(slug: str, code: str) -> Response:
    """One public item, to add to a diary."""
    wanted = normal_code(code)
    response = kept(("item.ics", slug, wanted, *wanted_languages()), lambda: _item(slug, wanted), MIMETYPE)
    return named(response, f"{slug}-{wanted}.ics", inline=False)


def _event(slug: str) -> bytes:
    return files.of_event(_open(slug), writing())


def _item(slug: str, code: str) -> bytes:
    found = _open(slug)
    item = programme.item_of(found, code)
    if item is None or not item.is_public:
        abort(404)
    return files.of_item(item, found, writing())


def _open(slug: str) -> Event:
    return openness.open_event(slug) or abort(404)
