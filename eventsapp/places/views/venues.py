"""Venues: the list, one of them, and the form."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from eventsapp.access.permissions import Permission
from eventsapp.access.policy import allows
from eventsapp.core import clock
from eventsapp.core.db import transaction
from eventsapp.core.errors import DomainError
from eventsapp.places import queries, service
from eventsapp.places.forms import VenueForm, venue_data
from eventsapp.places.models import Venue
from eventsapp.places.views.blueprint import places_pages
from eventsapp.web.current import actor, identity, settings
from eventsapp.web.errors import message_of
from eventsapp.web.guard import require
from eventsapp.web.saving import Answer, saved, shown


@places_pages.get("/")
@require(Permission.VIEW_DIRECTORY)
def index() -> str:
    """All venues."""
    return render_template("places/index.html", venues=queries.venues(), may_edit=may_edit())


def may_edit() -> bool:
    """Whether whoever asks may change places."""
    return allows(identity(), Permission.EDIT_DIRECTORY)


def known(code: str) -> Venue:
    """The venue at that address, or 404."""
    return queries.venue_by_code(code) or abort(404)


@places_pages.route("/new", methods=["GET", "POST"])
@require(Permission.EDIT_DIRECTORY)
def create() -> Answer:
    """A new venue."""
    return _form_page(None)


@places_pages.get("/<code>")
@require(Permission.VIEW_DIRECTORY)
def show(code: str) -> str:
    """One venue with its rooms and zones."""
    return render_template("places/show.html", venue=known(code), may_edit=may_edit())


@places_pages.route("/<code>/edit", methods=["GET", "POST"])
@require(Permission.EDIT_DIRECTORY)
def edit(code: str) -> Answer:
    """Change one."""
    return _form_page(known(code))


def _form_page(venue: Venue | None) -> Answer:
    data = venue_data(venue) if venue else {"timezone": settings().default_timezone}
    form = VenueForm(data=data).prepare()

    def store() -> Venue:
        if venue:
            return service.edit_venue(venue, form.given(), actor=actor(), now=clock.now())
        return service.create_venue(form.given(), actor=actor(), now=clock.now())

    if kept := saved(form, store):
        flash(gettext("The venue is saved."), "success")
        return redirect(url_for("places.show", code=kept.code), 303)
    return shown(form, "places/venue.html", venue=venue)


@places_pages.post("/<code>/delete")
@require(Permission.EDIT_DIRECTORY)
def delete(code: str) -> Response:
    """Strike one that nothing stands in."""
    venue = known(code)
    try:
        with transaction():
            service.delete_venue(venue, actor=actor(), now=clock.now())
    except DomainError as error:
        flash(message_of(error), "error")
        return redirect(url_for("places.show", code=code), 303)
    flash(gettext("The venue is removed."), "success")
    return redirect(url_for("places.index"), 303)
