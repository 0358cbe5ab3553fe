"""An event passes from one state to the next."""

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from eventsapp.access.permissions import Permission
from eventsapp.core import clock
from eventsapp.core.db import transaction
from eventsapp.core.errors import DomainError
from eventsapp.events import service
from eventsapp.events.desk import for_event
from eventsapp.events.forms import CancelForm
from eventsapp.events.models import Event
from eventsapp.events.views.blueprints import event_pages
from eventsapp.web.current import actor
from eventsapp.web.errors import message_of


def _pass(event: Event, step: Callable[..., object], done: str) -> Response:
    try:
        with transaction():
            step(event, actor=actor(), now=clock.now())
    except DomainError as error:
        flash(message_of(error), "error")
    else:
        flash(done, "success")
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
def cancel(event: Event) -> str | Response | tuple[str, int]:
    """Call it off, with a reason; asked on a page of its own."""
    form = CancelForm()
    form.reason.offer(event.languages)
    if form.validate_on_submit():
        try:
            with transaction():
                service.cancel_event(event, form.reason.data, actor=actor(), now=clock.now())
        except DomainError as error:
            form.refuse(error)
        else:
            flash(gettext("The event is cancelled."), "success")
            return redirect(url_for("event.overview", slug=event.slug), 303)
    page = render_template("events/cancel.html", form=form, event=event)
    return (page, 422) if form.is_submitted() else page
