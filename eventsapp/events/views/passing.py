"""An event passes from one state to the next."""

from collections.abc import Callable

from flask import flash, redirect, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from eventsapp.access.permissions import Permission
from eventsapp.core import clock
from eventsapp.events import service
from eventsapp.events.desk import for_event
from eventsapp.events.forms import CancelForm
from eventsapp.events.models import Event
from eventsapp.events.views.blueprints import event_pages
from eventsapp.web.current import actor
from eventsapp.web.saving import Answer, done, saved, shown


def _pass(event: Event, step: Callable[..., object], said: str) -> Response:
    done(lambda: step(event, actor=actor(), now=clock.now()), said)
    return redirect(url_for("event.overview", slug=event.slug), 303)


@event_pages.post("/<slug>/publish")
@for_event(Permission.PUBLISH_EVENT)
def publish(event: Event) -> Response:
    """Let guests see it."""
    return _pass(event, service.publish_event, gettext("The event is published."))


@event_pages.post("/<slug>/close")
@for_event(Permission.PUBLISH_EVENT)
def close(event: Event) -> Response:
    """Put it away."""
    return _pass(event, service.close_event, gettext("The event is closed."))


@event_pages.route("/<slug>/cancel", methods=["GET", "POST"])
@for_event(Permission.PUBLISH_EVENT)
def cancel(event: Event) -> Answer:
    """Call it off, with a reason; asked on a page of its own."""
    form = CancelForm()
    form.reason.offer(event.languages)
    if saved(form, lambda: service.cancel_event(event, form.reason.data, actor=actor(), now=clock.now())):
        flash(gettext("The event is cancelled."), "success")
        return redirect(url_for("event.overview", slug=event.slug), 303)
    return shown(form, "events/cancel.html", event=event)
