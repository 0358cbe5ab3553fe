"""A visit: the bodies behind it and who comes."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext

from eventsapp.access.permissions import Permission
from eventsapp.core import clock
from eventsapp.events.desk import for_event, may
from eventsapp.events.enums import EventKind, EventState
from eventsapp.events.models import Event
from eventsapp.people import queries as people
from eventsapp.visits import queries, service
from eventsapp.visits.forms import VisitForm, visit_data
from eventsapp.visits.views.blueprint import visit_pages
from eventsapp.web.current import actor
from eventsapp.web.saving import Answer, saved, shown


def may_edit(event: Event) -> bool:
    """Whether whoever asks may change this visit, and it can still be changed."""
    return may(Permission.EDIT_VISIT) and event.state in (EventState.DRAFT, EventState.PUBLISHED)


@visit_pages.get("/")
@for_event(Permission.VIEW_GUESTS)
def index(event: Event) -> str:
    """All of it."""
    if event.kind is not EventKind.VISIT:
        abort(404)
    return _page(event)


@visit_pages.get("/delegations")
@for_event(Permission.VIEW_GUESTS)
def list_delegations(event: Event) -> str:
    """Who comes to a summit or a signing, by delegation."""
    return _page(event)


def _page(event: Event) -> str:
    return render_template(
        "visits/visit.html",
        event=event,
        is_visit=event.kind is EventKind.VISIT,
        visit=queries.visit_of(event) if event.kind is EventKind.VISIT else None,
        delegations=queries.delegations(event),
        may_edit=may_edit(event),
        may_see_itineraries=may(Permission.VIEW_GUEST_DETAILS),
    )


@visit_pages.route("/edit", methods=["GET", "POST"])
@for_event(Permission.EDIT_VISIT)
def edit(event: Event) -> Answer:
    """The four bodies, category and purpose."""
    if event.kind is not EventKind.VISIT:
        abort(404)
    form = VisitForm(data=visit_data(queries.visit_of(event))).prepare(people.organisations())
    form.purpose.offer(event.languages)
    if saved(form, lambda: service.set_visit(event, form.given(), actor=actor(), now=clock.now())):
        flash(gettext("The visit is saved."), "success")
        return redirect(home_of(event), 303)
    return shown(form, "visits/edit.html", event=event)


def home_of(event: Event, anchor: str | None = None) -> str:
    """The page on which an event's delegations stand."""
    endpoint = "visit.index" if event.kind is EventKind.VISIT else "visit.list_delegations"
    return url_for(endpoint, slug=event.slug, _anchor=anchor)
