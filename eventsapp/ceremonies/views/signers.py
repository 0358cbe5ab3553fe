"""The signatories and the witnesses of an instrument."""

from flask import abort, flash, redirect, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from eventsapp.ceremonies import service
from eventsapp.ceremonies.forms import (
    NewSignerForm,
    SignatoryForm,
    WitnessForm,
    signatory_data,
    witness_data,
)
from eventsapp.ceremonies.models import Instrument, Party, Signatory, Witness
from eventsapp.ceremonies.service import SignatoryInput, WitnessInput
from eventsapp.ceremonies.views.blueprints import instrument_pages
from eventsapp.ceremonies.views.guarding import for_instrument
from eventsapp.ceremonies.views.parties import back, party_of, wanted_step
from eventsapp.core import clock
from eventsapp.core.db import transaction
from eventsapp.people.models import Affiliation, Person
from eventsapp.web.current import actor
from eventsapp.web.saving import Answer, saved, shown


def _signatory_of(party: Party, code: str) -> Signatory:
    return next((row for row in party.signatories if row.person.code == code), None) or abort(404)


def _witness_of(instrument: Instrument, code: str) -> Witness:
    return next((row for row in instrument.witnesses if row.person.code == code), None) or abort(404)


def only_title(person: Person) -> Affiliation | None:
    """The title of whoever has one alone; among several somebody must choose."""
    return person.affiliations[0] if len(person.affiliations) == 1 else None


@instrument_pages.route("/<code>/parties/<party>/signatories/new", methods=["GET", "POST"])
@for_instrument(edit=True)
def add_signatory(instrument: Instrument, party: str) -> Answer:
    """Who signs; then the page that asks in which capacity."""
    signing_for = party_of(instrument, party)
    form = NewSignerForm()

    def store() -> Signatory:
        given = SignatoryInput(person=form.somebody(), affiliation=only_title(form.somebody()))
        return service.add_signatory(signing_for, given, actor=actor(), now=clock.now())

    if saved(form, store):
        flash(gettext("The signatory is added. Please say in which capacity they sign."), "success")
        person = form.somebody().code
        return redirect(
            url_for("instruments.edit_signatory", code=instrument.code, party=party, person=person), 303
        )
    return shown(
        form, "ceremonies/signer_new.html", instrument=instrument, event=instrument.event, party=signing_for
    )


@instrument_pages.route("/<code>/parties/<party>/signatories/<person>", methods=["GET", "POST"])
@for_instrument(edit=True)
def edit_signatory(instrument: Instrument, party: str, person: str) -> Answer:
    """In which capacity and by what authority."""
    signatory = _signatory_of(party_of(instrument, party), person)
    form = SignatoryForm(data=signatory_data(signatory)).prepare(signatory.person)

    def store() -> Signatory:
        given = form.given(signatory.person)
        return service.edit_signatory(signatory, given, actor=actor(), now=clock.now())

    if saved(form, store):
        flash(gettext("The signatory is saved."), "success")
        return back(instrument, "parties")
    return shown(
        form, "ceremonies/signatory.html", instrument=instrument, event=instrument.event, signatory=signatory
    )


@instrument_pages.post("/<code>/parties/<party>/signatories/<person>/move")
@for_instrument(edit=True)
def move_signatory(instrument: Instrument, party: str, person: str) -> Response:
    """One place earlier or later."""
    signatory = _signatory_of(party_of(instrument, party), person)
    with transaction():
        service.move_signatory(signatory, wanted_step(), actor=actor(), now=clock.now())
    return back(instrument, "parties")


@instrument_pages.post("/<code>/parties/<party>/signatories/<person>/remove")
@for_instrument(edit=True)
def remove_signatory(instrument: Instrument, party: str, person: str) -> Response:
    """Strike one."""
    signatory = _signatory_of(party_of(instrument, party), person)
    with transaction():
        service.remove_signatory(signatory, actor=actor(), now=clock.now())
    flash(gettext("The signatory is removed."), "success")
    return back(instrument, "parties")


@instrument_pages.route("/<code>/witnesses/new", methods=["GET", "POST"])
@for_instrument(edit=True)
def add_witness(instrument: Instrument) -> Answer:
    """Who witnesses; then the page that asks under which title."""
    form = NewSignerForm()

    def store() -> Witness:
        given = WitnessInput(person=form.somebody(), affiliation=only_title(form.somebody()))
        return service.add_witness(instrument, given, actor=actor(), now=clock.now())

    if saved(form, store):
        flash(gettext("The witness is added. Please say for whom they stand."), "success")
        person = form.somebody().code
        return redirect(url_for("instruments.edit_witness", code=instrument.code, person=person), 303)
    return shown(
        form, "ceremonies/signer_new.html", instrument=instrument, event=instrument.event, party=None
    )


@instrument_pages.route("/<code>/witnesses/<person>", methods=["GET", "POST"])
@for_instrument(edit=True)
def edit_witness(instrument: Instrument, person: str) -> Answer:
    """Under which title and for whom."""
    witness = _witness_of(instrument, person)
    form = WitnessForm(data=witness_data(witness)).prepare(witness.person, instrument.parties)

    def store() -> Witness:
        given = form.given(witness.person)
        return service.edit_witness(instrument, witness, given, actor=actor(), now=clock.now())

    if saved(form, store):
        flash(gettext("The witness is saved."), "success")
        return back(instrument, "witnesses")
    return shown(
        form, "ceremonies/witness.html", instrument=instrument, event=instrument.event, witness=witness
    )


@instrument_pages.post("/<code>/witnesses/<person>/move")
@for_instrument(edit=True)
def move_witness(instrument: Instrument, person: str) -> Response:
    """One place earlier or later."""
    witness = _witness_of(instrument, person)
    with transaction():
        service.move_witness(instrument, witness, wanted_step(), actor=actor(), now=clock.now())
    return back(instrument, "witnesses")


@instrument_pages.post("/<code>/witnesses/<person>/remove")
@for_instrument(edit=True)
def remove_witness(instrument: Instrument, person: str) -> Response:
    """Strike one."""
    witness = _witness_of(instrument, person)
    with transaction():
        service.remove_witness(instrument, witness, actor=actor(), now=clock.now())
    flash(gettext("The witness is removed."), "success")
    return back(instrument, "witnesses")
