"""The rooms and zones of a venue."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from eventsapp.access.permissions import Permission
from eventsapp.core import clock
from eventsapp.core.db import transaction
from eventsapp.core.errors import DomainError
from eventsapp.places import queries, service
from eventsapp.places.forms import RoomForm, ZoneForm, room_data
from eventsapp.places.models import Room, Venue, Zone
from eventsapp.places.views.blueprint import places_pages
from eventsapp.places.views.venues import known
from eventsapp.web.current import actor
from eventsapp.web.errors import message_of
from eventsapp.web.guard import require


@places_pages.route("/<code>/rooms/new", methods=["GET", "POST"])
@require(Permission.EDIT_DIRECTORY)
def add_room(code: str) -> str | Response | tuple[str, int]:
    """One more room."""
    return _room_page(known(code), None)


@places_pages.route("/<code>/rooms/<room>", methods=["GET", "POST"])
@require(Permission.EDIT_DIRECTORY)
def edit_room(code: str, room: str) -> str | Response | tuple[str, int]:
    """Change a room."""
    venue = known(code)
    return _room_page(venue, _room(venue, room))


def _room(venue: Venue, code: str) -> Room:
    return queries.room_of(venue, code) or abort(404)


def _zone(venue: Venue, code: str) -> Zone:
    return queries.zone_of(venue, code) or abort(404)


def _room_page(venue: Venue, room: Room | None) -> str | Response | tuple[str, int]:
    form = RoomForm(data=room_data(room) if room else None).prepare(venue.zones)
    if form.validate_on_submit():
        try:
            with transaction():
                if room:
                    service.edit_room(room, form.given(), actor=actor(), now=clock.now())
                else:
                    service.add_room(venue, form.given(), actor=actor(), now=clock.now())
        except DomainError as error:
            form.refuse(error)
        else:
            flash(gettext("The room is saved."), "success")
            return redirect(url_for("places.show", code=venue.code), 303)
    page = render_template("places/room.html", form=form, venue=venue, room=room)
    return (page, 422) if form.is_submitted() else page


@places_pages.post("/<code>/rooms/<room>/delete")
@require(Permission.EDIT_DIRECTORY)
def delete_room(code: str, room: str) -> Response:
    """Strike a room that nothing stands in."""
    found = _room(known(code), room)
    try:
        with transaction():
            service.delete_room(found, actor=actor(), now=clock.now())
    except DomainError as error:
        flash(message_of(error), "error")
    else:
        flash(gettext("The room is removed."), "success")
    return redirect(url_for("places.show", code=code), 303)


@places_pages.route("/<code>/zones/new", methods=["GET", "POST"])
@require(Permission.EDIT_DIRECTORY)
def add_zone(code: str) -> str | Response | tuple[str, int]:
    """One more zone."""
    return _zone_page(known(code), None)


@places_pages.route("/<code>/zones/<zone>", methods=["GET", "POST"])
@require(Permission.EDIT_DIRECTORY)
def edit_zone(code: str, zone: str) -> str | Response | tuple[str, int]:
    """Change a zone."""
    venue = known(code)
    return _zone_page(venue, _zone(venue, zone))


def _zone_page(venue: Venue, zone: Zone | None) -> str | Response | tuple[str, int]:
    form = ZoneForm(data={"names": zone.names, "letter": zone.letter} if zone else None)
    if form.validate_on_submit():
        try:
            with transaction():
                if zone:
                    service.edit_zone(zone, form.given(), actor=actor(), now=clock.now())
                else:
                    service.add_zone(venue, form.given(), actor=actor(), now=clock.now())
        except DomainError as error:
            form.refuse(error)
        else:
            flash(gettext("The zone is saved."), "success")
            return redirect(url_for("places.show", code=venue.code), 303)
    page = render_template("places/zone.html", form=form, venue=venue, zone=zone)
    return (page, 422) if form.is_submitted() else page


@places_pages.post("/<code>/zones/<zone>/delete")
@require(Permission.EDIT_DIRECTORY)
def delete_zone(code: str, zone: str) -> Response:
    """Strike a zone; no badge opens it any more."""
    found = _zone(known(code), zone)
    try:
        with transaction():
            service.delete_zone(found, actor=actor(), now=clock.now())
    except DomainError as error:
        flash(message_of(error), "error")
    else:
        flash(gettext("The zone is removed."), "success")
    return redirect(url_for("places.show", code=code), 303)
