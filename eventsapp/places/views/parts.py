"""The rooms and zones of a venue."""

from flask import abort, flash, redirect, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from eventsapp.access.permissions import Permission
from eventsapp.core import clock
from eventsapp.places import queries, service
from eventsapp.places.forms import RoomForm, ZoneForm, room_data
from eventsapp.places.models import Room, Venue, Zone
from eventsapp.places.views.blueprint import places_pages
from eventsapp.places.views.venues import known
from eventsapp.web.current import actor
from eventsapp.web.guard import require
from eventsapp.web.saving import Answer, done, saved, shown


@places_pages.route("/<code>/rooms/new", methods=["GET", "POST"])
@require(Permission.EDIT_DIRECTORY)
def add_room(code: str) -> Answer:
    """One more room."""
    return _room_page(known(code), None)


@places_pages.route("/<code>/rooms/<room>", methods=["GET", "POST"])
@require(Permission.EDIT_DIRECTORY)
def edit_room(code: str, room: str) -> Answer:
    """Change a room."""
    venue = known(code)
    return _room_page(venue, _room(venue, room))


def _room(venue: Venue, code: str) -> Room:
    return queries.room_of(venue, code) or abort(404)


def _zone(venue: Venue, code: str) -> Zone:
    return queries.zone_of(venue, code) or abort(404)


def _room_page(venue: Venue, room: Room | None) -> Answer:
    form = RoomForm(data=room_data(room) if room else None).prepare(venue.zones)

    def store() -> Room:
        if room:
            return service.edit_room(room, form.given(), actor=actor(), now=clock.now())
        return service.add_room(venue, form.given(), actor=actor(), now=clock.now())

    if saved(form, store):
        flash(gettext("The room is saved."), "success")
        return redirect(url_for("places.show", code=venue.code), 303)
    return shown(form, "places/room.html", venue=venue, room=room)


@places_pages.post("/<code>/rooms/<room>/delete")
@require(Permission.EDIT_DIRECTORY)
def delete_room(code: str, room: str) -> Response:
    """Strike a room that nothing stands in."""
    found = _room(known(code), room)
    done(lambda: service.delete_room(found, actor=actor(), now=clock.now()), gettext("The room is removed."))
    return redirect(url_for("places.show", code=code), 303)


@places_pages.route("/<code>/zones/new", methods=["GET", "POST"])
@require(Permission.EDIT_DIRECTORY)
def add_zone(code: str) -> Answer:
    """One more zone."""
    return _zone_page(known(code), None)


@places_pages.route("/<code>/zones/<zone>", methods=["GET", "POST"])
@require(Permission.EDIT_DIRECTORY)
def edit_zone(code: str, zone: str) -> Answer:
    """Change a zone."""
    venue = known(code)
    return _zone_page(venue, _zone(venue, zone))


def _zone_page(venue: Venue, zone: Zone | None) -> Answer:
    form = ZoneForm(data={"names": zone.names, "letter": zone.letter} if zone else None)

    def store() -> Zone:
        if zone:
            return service.edit_zone(zone, form.given(), actor=actor(), now=clock.now())
        return service.add_zone(venue, form.given(), actor=actor(), now=clock.now())

    if saved(form, store):
        flash(gettext("The zone is saved."), "success")
        return redirect(url_for("places.show", code=venue.code), 303)
    return shown(form, "places/zone.html", venue=venue, zone=zone)


@places_pages.post("/<code>/zones/<zone>/delete")
@require(Permission.EDIT_DIRECTORY)
def delete_zone(code: str, zone: str) -> Response:
    """Strike a zone; no badge opens it any more."""
    found = _zone(known(code), zone)
    done(lambda: service.delete_zone(found, actor=actor(), now=clock.now()), gettext("The zone is removed."))
    return redirect(url_for("places.show", code=code), 303)
