"""A ceremony: its instruments, and its order of proceedings by the clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from eventsapp.access.permissions import Permission
from eventsapp.ceremonies import queries, service
from eventsapp.ceremonies.forms import StepForm, step_data
from eventsapp.ceremonies.models import Proceeding
from eventsapp.ceremonies.readiness import points
from eventsapp.ceremonies.views.blueprints import ceremony_pages
from eventsapp.core import clock
from eventsapp.core.db import transaction
from eventsapp.core.errors import DomainError
from eventsapp.events.desk import for_event, may
from eventsapp.events.enums import EventState
from eventsapp.events.models import Event
from eventsapp.web.current import actor
from eventsapp.web.errors import message_of
from eventsapp.web.saving import Answer, saved, shown


@dataclass(frozen=True)
class Timed:
    """A step with the instants at which it begins and ends."""

    step: Proceeding
    starts_at: datetime
    ends_at: datetime


def timed(event: Event) -> Sequence[Timed]:
    """The order of proceedings by the clock, counted from the beginning of the event."""
    found = []
    for step in queries.proceedings(event):
        starts_at = event.starts_at + timedelta(minutes=step.offset_minutes)
        found.append(Timed(step, starts_at, starts_at + timedelta(minutes=step.duration_minutes)))
    return found


def may_edit(event: Event) -> bool:
    """Whether whoever asks may change this event's ceremony, and it can still be changed."""
    return may(Permission.EDIT_CEREMONY) and event.state in (EventState.DRAFT, EventState.PUBLISHED)


@ceremony_pages.get("/")
@for_event(Permission.VIEW_EVENT)
def index(event: Event) -> str:
    """All of it."""
    instruments = queries.instruments_of(event)
    return render_template(
        "ceremonies/ceremony.html",
        event=event,
        instruments=[(instrument, points(instrument)) for instrument in instruments],
        steps=timed(event),
        commitments=[row for row in queries.commitments_of(event) if row.instrument_id is None],
        may_edit=may_edit(event),
        may_add=may(Permission.EDIT_CEREMONY),
    )


@ceremony_pages.get("/proceedings/print")
@for_event(Permission.VIEW_EVENT)
def printed(event: Event) -> str:
    """The order of proceedings on a sheet of paper."""
    return render_template(
        "ceremonies/proceedings_print.html",
        event=event,
        steps=timed(event),
        instruments=queries.instruments_of(event),
    )


@ceremony_pages.route("/proceedings/new", methods=["GET", "POST"])
@for_event(Permission.EDIT_CEREMONY)
def add_step(event: Event) -> Answer:
    """One more step."""
    return _step_page(event, None)


@ceremony_pages.route("/proceedings/<step>", methods=["GET", "POST"])
@for_event(Permission.EDIT_CEREMONY)
def edit_step(event: Event, step: str) -> Answer:
    """Change one."""
    return _step_page(event, queries.step_of(event, step) or abort(404))


def _step_page(event: Event, step: Proceeding | None) -> Answer:
    form = StepForm(data=step_data(step) if step else None)
    form.text.offer(event.languages)
    form.who.offer(event.languages)

    def store() -> Proceeding:
        if step:
            return service.edit_step(event, step, form.given(), actor=actor(), now=clock.now())
        return service.add_step(event, form.given(), actor=actor(), now=clock.now())

    if saved(form, store):
        flash(gettext("The step is saved."), "success")
        return _back(event)
    return shown(form, "ceremonies/step.html", event=event, step=step)


@ceremony_pages.post("/proceedings/<step>/move")
@for_event(Permission.EDIT_CEREMONY)
def move_step(event: Event, step: str) -> Response:
    """Let a step change places with the one before or after."""
    moved = queries.step_of(event, step) or abort(404)
    later = request.form.get("to") == "later"
    with transaction():
        service.move_step(event, moved, later=later, actor=actor(), now=clock.now())
    return _back(event)


@ceremony_pages.post("/proceedings/<step>/delete")
@for_event(Permission.EDIT_CEREMONY)
def delete_step(event: Event, step: str) -> Response:
    """Strike a step."""
    struck = queries.step_of(event, step) or abort(404)
    with transaction():
        service.delete_step(event, struck, actor=actor(), now=clock.now())
    flash(gettext("The step is removed."), "success")
    return _back(event)


@ceremony_pages.post("/proceedings/usual")
@for_event(Permission.EDIT_CEREMONY)
def usual(event: Event) -> Response:
    """The steps of a plain signing, where there are none yet."""
    try:
        with transaction():
            service.use_plain_signing(event, actor=actor(), now=clock.now())
    except DomainError as error:
        flash(message_of(error), "error")
    return _back(event)


def _back(event: Event) -> Response:
    return redirect(url_for("ceremony.index", slug=event.slug, _anchor="proceedings"), 303)
