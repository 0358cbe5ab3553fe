"""The reply desk of an event: what waits to be sent, and the terms on which answers are taken."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from eventsapp.access.permissions import Permission
from eventsapp.core import clock
from eventsapp.core.db import transaction
from eventsapp.events.desk import for_event, may
from eventsapp.events.enums import EventState
from eventsapp.events.models import Event
from eventsapp.jobs.service import enqueue
from eventsapp.rsvps import deadlines, jobs, roll, terms
from eventsapp.rsvps.service import attending, reminding, set_terms
from eventsapp.rsvps.views.blueprint import reply_pages
from eventsapp.rsvps.views.desk_forms import terms_form
from eventsapp.web.current import actor
from eventsapp.web.saving import Answer, saved, shown


@reply_pages.get("/")
@for_event(Permission.VIEW_GUESTS)
def index(event: Event) -> str:
    """How far the invitations are, and the buttons that send the next ones."""
    now, held = clock.now(), terms.of(event.id)
    return render_template(
        "rsvps/desk.html",
        event=event,
        may=may,
        terms=held,
        counts_of={state.value: count for state, count in roll.counts(event).items()}.get,
        to_ask=roll.count_to_ask(event),
        silent=reminding.count_silent(event, now),
        rungs=[(rung, rung <= now) for rung in reminding.ladder(event, held.remind_days)],
        closes_at=deadlines.closes_at(event),
        is_past=deadlines.is_past(event, now),
        has_begun=now >= event.starts_at,
        attendance=attending.counts(event),
    )


@reply_pages.post("/approve-all")
@for_event(Permission.DECIDE_REPLIES)
def approve_all(event: Event) -> Response:
    """Approve every name on the list; the worker does it, a portion at a time."""
    return _set_going(event, jobs.APPROVE_ALL, gettext("The names on the list are being approved."))


@reply_pages.post("/hold-dates")
@for_event(Permission.SEND_INVITATIONS)
def hold_dates(event: Event) -> Response:
    """Ask everybody who is not invited yet to keep the date."""
    return _set_going(event, jobs.HOLD_DATES, gettext("The mails are on their way."))


def _set_going(event: Event, job: str, said: str) -> Response:
    if event.state is EventState.PUBLISHED or job == jobs.APPROVE_ALL:
        with transaction():
            enqueue(job, now=clock.now(), event_id=event.id, staff_id=actor().id)
        flash(f"{said} {gettext('Reload this page to see how far it is.')}", "success")
    else:
        flash(gettext("Publish this event before you write to its guests."), "error")
    return redirect(url_for("replies.index", slug=event.slug), 303)


@reply_pages.post("/remind")
@for_event(Permission.SEND_INVITATIONS)
def remind(event: Event) -> Response:
    """Remind the silent who heard nothing for a day, some hundreds at a time."""
    with transaction():
        reminded = reminding.remind_now(event, limit=jobs.AT_ONCE, actor=actor(), now=clock.now())
    flash(gettext("Guests reminded: %(number)s", number=reminded), "success")
    return redirect(url_for("replies.index", slug=event.slug), 303)


@reply_pages.route("/terms", methods=["GET", "POST"])
@for_event(Permission.EDIT_EVENT)
def change_terms(event: Event) -> Answer:
    """On which terms answers are taken."""
    form = terms_form(terms.of(event.id))
    if saved(form, lambda: set_terms(event, form.given(), actor=actor(), now=clock.now())):
        flash(gettext("The terms are saved."), "success")
        return redirect(url_for("replies.index", slug=event.slug), 303)
    return shown(form, "rsvps/terms.html", event=event, may=may)
