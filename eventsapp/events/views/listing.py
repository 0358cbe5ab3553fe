"""The list of events, and the way to a new one."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext

from eventsapp.access.permissions import Permission
from eventsapp.access.policy import allows
from eventsapp.core import clock
from eventsapp.events import overview, queries
from eventsapp.events.enums import EventKind, Visibility
from eventsapp.events.founding import found_event
from eventsapp.events.queries import Shown
from eventsapp.events.sight import events_open_to
from eventsapp.events.views.blueprints import desk
from eventsapp.events.views.forming import event_form
from eventsapp.web.current import actor, identity, settings
from eventsapp.web.guard import require
from eventsapp.web.saving import Answer, saved, shown


@desk.get("/")
@require(Permission.ENTER_DESK)
def index() -> str:
    """The events that whoever asks has a part in."""
    shown = _shown(request.args.get("show", ""))
    seen, now = events_open_to(identity(), queries.family()), clock.now()
    page = queries.listed(shown, seen, now, request.args.get("after"))
    ids = [event.id for event in page.items]
    columns = [(column.label, column.of(ids)) for column in overview.columns()]
    return render_template(
        "events/index.html",
        page=page,
        shown=shown,
        counts=queries.counts(seen, now),
        columns=columns,
        may_create=allows(identity(), Permission.CREATE_EVENTS),
    )


def _shown(text: str) -> Shown:
    return Shown(text) if text in set(Shown) else Shown.UPCOMING


@desk.get("/events/new")
@require(Permission.CREATE_EVENTS)
def new() -> str:
    """Which kind of event it shall be."""
    return render_template("events/new.html", kinds=EventKind)


@desk.route("/events/new/<any(summit, signing, visit):kind>", methods=["GET", "POST"])
@require(Permission.CREATE_EVENTS)
def create(kind: str) -> Answer:
    """The form for a new event of one kind."""
    usual = {
        "timezone": settings().default_timezone,
        "languages": "en zh-Hant uk",
        "visibility": Visibility.INVITATION.value,
        "parent": request.args.get("inside", ""),
    }
    form = event_form(EventKind(kind), usual)
    if event := saved(form, lambda: found_event(form.given(), actor=actor(), now=clock.now())):
        flash(gettext("The event is created. It is a draft: guests see nothing of it yet."), "success")
        return redirect(url_for("event.overview", slug=event.slug), 303)
    return shown(form, "events/create.html", kind=EventKind(kind))
