"""The parties and the areas of an instrument."""

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from eventsapp.ceremonies import service
from eventsapp.ceremonies.forms import AreaForm, PartyForm, party_data
from eventsapp.ceremonies.models import Area, Instrument, Party
from eventsapp.ceremonies.views.blueprints import instrument_pages
from eventsapp.ceremonies.views.guarding import for_instrument
from eventsapp.core import clock
from eventsapp.core.db import transaction
from eventsapp.people import queries as people
from eventsapp.web.current import actor
from eventsapp.web.saving import Answer, saved, shown


def party_of(instrument: Instrument, code: str) -> Party:
    """The instrument's party with that organisation's code, or 404."""
    return next((party for party in instrument.parties if party.organisation.code == code), None) or abort(
        404
    )


def back(instrument: Instrument, anchor: str) -> Response:
    """To the instrument's page."""
    return redirect(url_for("instruments.show", code=instrument.code, _anchor=anchor), 303)


def wanted_step() -> int:
    """Which way a move goes: one place earlier or later."""
    return 1 if request.form.get("to") == "later" else -1


@instrument_pages.route("/<code>/parties/new", methods=["GET", "POST"])
@for_instrument(edit=True)
def add_party(instrument: Instrument) -> Answer:
    """One more party."""
    return _party_page(instrument, None)


@instrument_pages.route("/<code>/parties/<party>", methods=["GET", "POST"])
@for_instrument(edit=True)
def edit_party(instrument: Instrument, party: str) -> Answer:
    """Change one."""
    return _party_page(instrument, party_of(instrument, party))


def _party_page(instrument: Instrument, party: Party | None) -> Answer:
    form = PartyForm(data=party_data(party) if party else None).prepare(people.organisations())

    def store() -> Party:
        if party:
            return service.edit_party(party, form.given(), actor=actor(), now=clock.now())
        return service.add_party(instrument, form.given(), actor=actor(), now=clock.now())

    if saved(form, store):
        flash(gettext("The party is saved."), "success")
        return back(instrument, "parties")
    return shown(form, "ceremonies/party.html", instrument=instrument, event=instrument.event, party=party)


@instrument_pages.post("/<code>/parties/<party>/move")
@for_instrument(edit=True)
def move_party(instrument: Instrument, party: str) -> Response:
    """One place earlier or later."""
    with transaction():
        service.move_party(party_of(instrument, party), wanted_step(), actor=actor(), now=clock.now())
    return back(instrument, "parties")


@instrument_pages.post("/<code>/parties/<party>/remove")
@for_instrument(edit=True)
def remove_party(instrument: Instrument, party: str) -> Response:
    """Strike one with its signatories."""
    with transaction():
        service.remove_party(party_of(instrument, party), actor=actor(), now=clock.now())
    flash(gettext("The party is removed."), "success")
    return back(instrument, "parties")


@instrument_pages.route("/<code>/areas/new", methods=["GET", "POST"])
@for_instrument(edit=True)
def add_area(instrument: Instrument) -> Answer:
    """One more area."""
    return _area_page(instrument, None)


@instrument_pages.route("/<code>/areas/<area>", methods=["GET", "POST"])
@for_instrument(edit=True)
def edit_area(instrument: Instrument, area: str) -> Answer:
    """Correct one."""
    return _area_page(instrument, _area_of(instrument, area))


def _area_of(instrument: Instrument, code: str) -> Area:
    return next((area for area in instrument.areas if area.code == code), None) or abort(404)


def _area_page(instrument: Instrument, area: Area | None) -> Answer:
    form = AreaForm(data={"text": area.text} if area else None)

    def store() -> Area:
        if area:
            return service.edit_area(instrument, area, form.text.data, actor=actor(), now=clock.now())
        return service.add_area(instrument, form.text.data, actor=actor(), now=clock.now())

    if saved(form, store):
        flash(gettext("The area is saved."), "success")
        return back(instrument, "areas")
    return shown(form, "ceremonies/area.html", instrument=instrument, event=instrument.event, area=area)


@instrument_pages.post("/<code>/areas/<area>/move")
@for_instrument(edit=True)
def move_area(instrument: Instrument, area: str) -> Response:
    """One place earlier or later."""
    moved = _area_of(instrument, area)
    with transaction():
        service.move_area(instrument, moved, wanted_step(), actor=actor(), now=clock.now())
    return back(instrument, "areas")


@instrument_pages.post("/<code>/areas/<area>/remove")
@for_instrument(edit=True)
def remove_area(instrument: Instrument, area: str) -> Response:
    """Strike one; its commitments stay."""
    with transaction():
        service.remove_area(instrument, _area_of(instrument, area), actor=actor(), now=clock.now())
    flash(gettext("The area is removed."), "success")
    return back(instrument, "areas")
