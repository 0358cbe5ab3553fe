"""`/events/<slug>.ics` and `/events/<slug>/items/<code>.ics`: what everybody may read."""

from flask import Blueprint, Response, abort

from eventsapp.calendars import serving
from eventsapp.calendars.entries import event_entry, item_entry
from eventsapp.calendars.views.answers import MIMETYPE, named, writing
from eventsapp.core.codes import normal_code
from eventsapp.core.links import absolute
from eventsapp.events import openness
from eventsapp.events.models import Event
from eventsapp.programme import queries as programme
from eventsapp.web.current import settings
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
    found, to = _open(slug), writing()
    parts = programme.public_parts(found)
    entries = [
        item_entry(item, found, to, parts.get(item.id, ()))
        for item in programme.items(found, public_only=True)
    ]
    return serving.feed(
        [event_entry(found, to), *entries],
        zone=found.timezone,
        name=to.text(found.title, found),
        source=absolute(settings().base_url, f"/events/{slug}.ics"),
        language=to.language,
    )


def _item(slug: str, code: str) -> bytes:
    found = _open(slug)
    item = programme.item_of(found, code)
    if item is None or not item.is_public:
        abort(404)
    parts = programme.public_parts(found, item)
    return serving.single(item_entry(item, found, writing(), parts.get(item.id, ())))


def _open(slug: str) -> Event:
    return openness.open_event(slug) or abort(404)
