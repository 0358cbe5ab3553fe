"""The organiser's pages: who answers for whom, for how many, and by which link."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from eventsapp.access.permissions import Permission
from eventsapp.core import clock
from eventsapp.core.db import transaction
from eventsapp.core.errors import DomainError
from eventsapp.events import queries as events
from eventsapp.events.desk import for_event, may
from eventsapp.events.models import Event
from eventsapp.focal import links, queries, service
from eventsapp.focal.forms import FocalPointForm, focal_point_form
from eventsapp.focal.models import FocalPoint
from eventsapp.focal.views.blueprint import focal_points
from eventsapp.people import queries as people
from eventsapp.rsvps import roll
from eventsapp.visits import queries as visits
from eventsapp.web.current import actor, settings
from eventsapp.web.errors import message_of
from eventsapp.web.saving import Answer, done, saved, shown


def _point(event: Event, code: str) -> FocalPoint:
    return queries.point_of(event, code) or abort(404)


def _back(event: Event, code: str) -> Response:
    return redirect(url_for("focal_points.show", slug=event.slug, code=code), 303)


@focal_points.get("/")
@for_event(Permission.VIEW_GUESTS)
def index(event: Event) -> str:
    """All of an event's focal points."""
    return render_template("focal/index.html", event=event, standings=queries.focal_points(event), may=may)


@focal_points.route("/new", methods=["GET", "POST"])
@for_event(Permission.EDIT_GUESTS)
def create(event: Event) -> Answer:
    """One more."""
    form = _form(event, None)
    made = saved(form, lambda: service.create(event, form.given(), actor=actor(), now=clock.now()))
    if made:
        flash(gettext("The focal point is saved."), "success")
        return _back(event, made.code)
    return shown(form, "focal/edit.html", event=event, point=None)


@focal_points.route("/<code>/edit", methods=["GET", "POST"])
@for_event(Permission.EDIT_GUESTS)
def edit(event: Event, code: str) -> Answer:
    """Change one, its quotas too."""
    point = _point(event, code)
    form = _form(event, point)
    if saved(form, lambda: service.edit(point, form.given(), actor=actor(), now=clock.now())):
        flash(gettext("The focal point is saved."), "success")
        return _back(event, code)
    return shown(form, "focal/edit.html", event=event, point=point)


def _form(event: Event, point: FocalPoint | None) -> FocalPointForm:
    form = focal_point_form(events.categories(event), point)
    spoken = (point.language, *event.languages) if point else event.languages
    return form.offer(spoken, visits.delegations_alone(event), people.organisations())


@focal_points.get("/<code>")
@for_event(Permission.VIEW_GUESTS)
def show(event: Event, code: str) -> str:
    """One: its link, its quotas, its people."""
    point = _point(event, code)
    return render_template(
        "focal/show.html",
        event=event,
        point=point,
        quotas=queries.quotas(point),
        people=queries.people(point),
        address=links.address(settings(), point) if may(Permission.SEND_INVITATIONS) else None,
        may=may,
    )


@focal_points.get("/<code>/guests")
@for_event(Permission.EDIT_GUESTS)
def choose(event: Event, code: str) -> str:
    """Which guests it shall answer for."""
    point = _point(event, code)
    asked = request.args
    page = roll.page(event, text=asked.get("q", "")[:200], after=asked.get("after"))
    kept = {"q": asked["q"]} if asked.get("q") else {}
    older = url_for(
        "focal_points.choose",
        slug=event.slug,
        code=code,
        after=page.next_cursor,
        **kept,  # type: ignore[arg-type]
    )
    return render_template(
        "focal/choose.html",
        event=event,
        point=point,
        page=page,
        entrusted=queries.entrusted(event, [guest.id for guest in page.items]),
        older=older if page.next_cursor else None,
    )


@focal_points.post("/<code>/guests")
@for_event(Permission.EDIT_GUESTS)
def entrust(event: Event, code: str) -> Response:
    """Entrust those who were ticked."""
    point = _point(event, code)
    found = queries.guests_of(event, request.form.getlist("guest")[:1000])
    with transaction():
        number = service.entrust(point, found, actor=actor(), now=clock.now())
    _tell(number)
    return _back(event, code)


@focal_points.post("/<code>/delegation")
@for_event(Permission.EDIT_GUESTS)
def entrust_delegation(event: Event, code: str) -> Response:
    """Entrust the members of its delegation who are guests."""
    point = _point(event, code)
    try:
        with transaction():
            number = service.entrust_delegation(point, actor=actor(), now=clock.now())
        _tell(number)
    except DomainError as error:
        flash(message_of(error), "error")
    return _back(event, code)


def _tell(number: int) -> None:
    flash(
        ngettext("One guest more is entrusted to it.", "%(num)s guests more are entrusted to it.", number)
        if number
        else gettext("Nobody more is entrusted to it."),
        "success" if number else "info",
    )


@focal_points.post("/<code>/guests/<guest>/release")
@for_event(Permission.EDIT_GUESTS)
def release(event: Event, code: str, guest: str) -> Response:
    """A guest answers for themselves again."""
    point = _point(event, code)
    place = queries.place_of(point, guest) or abort(404)
    done(
        lambda: service.release(point, place.guest, actor=actor(), now=clock.now()),
        gettext("The guest answers for themselves again."),
    )
    return _back(event, code)


@focal_points.post("/<code>/send")
@for_event(Permission.SEND_INVITATIONS)
def send(event: Event, code: str) -> Response:
    """Mail the link."""
    point = _point(event, code)
    done(lambda: service.send_link(point, actor=actor(), now=clock.now()), gettext("The link is on its way."))
    return _back(event, code)


@focal_points.post("/<code>/renew")
@for_event(Permission.SEND_INVITATIONS)
def renew(event: Event, code: str) -> Response:
    """A new link; the old one opens nothing any more."""
    point = _point(event, code)
    said = gettext("The desk has a new link. Send it, the old one opens nothing any more.")
    done(lambda: service.renew_link(point, actor=actor(), now=clock.now()), said)
    return _back(event, code)


@focal_points.post("/<code>/close")
@for_event(Permission.EDIT_GUESTS)
def close(event: Event, code: str) -> Response:
    """Shut the desk."""
    point = _point(event, code)
    done(lambda: service.close(point, actor=actor(), now=clock.now()), gettext("The desk is closed."))
    return _back(event, code)


@focal_points.post("/<code>/reopen")
@for_event(Permission.EDIT_GUESTS)
def reopen(event: Event, code: str) -> Response:
    """Open it again."""
    point = _point(event, code)
    done(lambda: service.reopen(point, actor=actor(), now=clock.now()), gettext("The desk is open again."))
    return _back(event, code)
