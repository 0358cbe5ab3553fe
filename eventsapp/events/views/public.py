"""What everybody may read: the programme of the installation, and each event's page.

Pages are kept for all readers and made anew when content changes: they show nothing of whoever asks.
"""

from collections.abc import Sequence
from datetime import date, datetime

from flask import Blueprint, abort, g, render_template, request, url_for
from flask import Response as FlaskResponse

from eventsapp.core import clock
from eventsapp.core.links import absolute, webcal
from eventsapp.events import openness, public_sections, replayed
from eventsapp.events.models import Event
from eventsapp.events.public_sections import Place
from eventsapp.web.current import settings
from eventsapp.web.guard import public
from eventsapp.web.locale import wanted_languages
from eventsapp.web.responses import kept, until

pages = Blueprint("public", __name__)
blueprints = (pages,)

LONGEST_ARGUMENT = 80


def argument(name: str) -> str:
    """A query argument, short enough to be part of a key."""
    return request.args.get(name, "")[:LONGEST_ARGUMENT]


@pages.get("/")
@public
def home() -> FlaskResponse:
    """The programme of the installation."""
    before = argument("before")
    return kept(("home", before, wanted_languages()), lambda: _home(before, clock.now()))


def _home(before: str, now: datetime) -> str:
    ahead = openness.ahead(now)
    over = openness.over(now, before or None)
    for event in ahead:
        until(event.starts_at if event.starts_at > now else event.ends_at)
    g.demo_note = _note([*ahead, *over.items])
    return render_template(
        "events/public/home.html",
        running=[event for event in ahead if event.starts_at <= now],
        coming=[event for event in ahead if event.starts_at > now],
        over=over,
        before=before,
    )


def _note(events: Sequence[Event]) -> replayed.Replayed | None:
    return next((note for event in events if (note := replayed.note(event))), None)


@pages.get("/events/<slug>")
@public
def event(slug: str) -> FlaskResponse:
    """One event; 404 unless the public may read it."""
    given = tuple(argument(name) for name in public_sections.arguments())
    return kept(("event", slug, given, wanted_languages()), lambda: _event(slug))


def _event(slug: str) -> str:
    found = openness.open_event(slug) or abort(404)
    g.demo_note = replayed.note(found)
    top = public_sections.sections(found, Place.TOP)
    main = public_sections.sections(found, Place.MAIN)
    calendar = url_for("calendars.event", slug=slug)
    return render_template(
        "events/public/event.html",
        event=found,
        parent=found.parent if found.parent and openness.is_listed(found.parent) else None,
        inside=openness.inside(found),
        attends=openness.attended_by(found),
        top=top,
        main=main,
        is_wide=any(part.part.get("is_wide") for part in main),
        is_unlisted=not openness.is_listed(found),
        calendar=calendar,
        subscribe=webcal(absolute(settings().base_url, calendar)),
        own_address=absolute(settings().base_url, request.path),
    )


def day_of(text: str) -> date | None:
    """A day given in an address, as 2026-06-02; None for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
