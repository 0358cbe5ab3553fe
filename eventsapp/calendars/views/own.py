"""`/calendar/<token>.ics`: a guest's own programme as a private feed, whose address can be renewed."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, flash, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from eventsapp.calendars import queries, serving
from eventsapp.calendars.entries import Writing, event_entry, item_entry
from eventsapp.calendars.entry import Entry
from eventsapp.calendars.views.answers import MIMETYPE, named, writing
from eventsapp.core import clock
from eventsapp.core.db import transaction
from eventsapp.core.links import webcal
from eventsapp.core.tokens import Purpose
from eventsapp.programme.queries import PublicPart
from eventsapp.rsvps import links, service
from eventsapp.rsvps.enums import LET_IN, GuestState, ItemReplyState
from eventsapp.rsvps.models import Guest
from eventsapp.rsvps.queries import OwnEntry, own_programme
from eventsapp.rsvps.views import entering
from eventsapp.web.current import actor, settings
from eventsapp.web.guard import by_token

blueprint = Blueprint("own_calendar", __name__)


@blueprint.get("/calendar/<token>.ics")
@by_token
def feed(token: str) -> Response:
    """The programme of whoever the token was made for, in their language; 304 where nothing changed."""
    guest = entering.enter(token, Purpose.FEED)
    to = writing()
    body = serving.feed(
        _entries(guest, to),
        zone=guest.event.timezone,
        name=to.text(guest.event.title, guest.event),
        source=links.address(settings(), guest, Purpose.FEED),
        language=to.language,
    )
    response = named(Response(body, mimetype=MIMETYPE), "programme.ics", inline=True)
    response.headers["Cache-Control"] = "private, no-cache"  # keep, but ask each time
    response.add_etag()
    response.make_conditional(request)
    return response


@blueprint.post("/my/<token>/calendar/renew")
@by_token
def renew(token: str) -> AnyResponse:
    """A new address for the feed; the old one answers nothing any more."""
    guest = entering.enter(token, Purpose.OWN_PAGE)
    with transaction():
        service.renew_feed(guest, actor=actor(), now=clock.now())
    flash(gettext("Your calendar has a new address. Please subscribe again."), "success")
    return redirect(links.path(settings(), guest, Purpose.OWN_PAGE), 303)


def _entries(guest: Guest, to: Writing) -> list[Entry]:
    """The events the guest comes to, and the items there that are theirs."""
    found: list[Entry] = []
    for stay in queries.stays(guest):
        found.append(event_entry(stay.event, to))
        found.extend(_item(stay, entry, to) for entry in own_programme(stay))
    return found


def _item(stay: Guest, entry: OwnEntry, to: Writing) -> Entry:
    nobody: tuple[PublicPart, ...] = ()
    unsure = stay.state is GuestState.TENTATIVE or entry.answer in (
        ItemReplyState.TENTATIVE,
        ItemReplyState.WAITLISTED,
    )
    return item_entry(entry.item, stay.event, to, nobody, tentative=unsure)


def section(guest: Guest) -> Mapping[str, Any] | None:
    """How to subscribe, on the guest's own page."""
    if guest.state not in (*LET_IN, GuestState.TENTATIVE):
        return None
    address = links.address(settings(), guest, Purpose.FEED)
    return {
        "address": address,
        "webcal": webcal(address),
        "google": f"https://calendar.google.com/calendar/r?cid={quote(webcal(address), safe='')}",
    }
