"""A person's titles."""

from flask import abort, flash, redirect, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from eventsapp.access.permissions import Permission
from eventsapp.core import clock
from eventsapp.core.db import transaction
from eventsapp.people import organisations, queries
from eventsapp.people.forms import AffiliationForm, affiliation_data
from eventsapp.people.models import Affiliation, Person
from eventsapp.people.views.blueprints import people_pages
from eventsapp.people.views.people import known
from eventsapp.web.current import actor
from eventsapp.web.guard import require
from eventsapp.web.saving import Answer, saved, shown


@people_pages.route("/<code>/titles/new", methods=["GET", "POST"])
@require(Permission.EDIT_DIRECTORY)
def add_title(code: str) -> Answer:
    """One more."""
    return _form_page(known(code), None)


@people_pages.route("/<code>/titles/<title>", methods=["GET", "POST"])
@require(Permission.EDIT_DIRECTORY)
def edit_title(code: str, title: str) -> Answer:
    """Correct one."""
    person = known(code)
    return _form_page(person, _held(person, title))


def _held(person: Person, code: str) -> Affiliation:
    found = next((held for held in person.affiliations if held.code == code), None)
    return found or abort(404)


def _form_page(person: Person, held: Affiliation | None) -> Answer:
    form = AffiliationForm(data=affiliation_data(held) if held else None).prepare(queries.organisations())

    def store() -> Affiliation:
        if held:
            return organisations.edit_affiliation(held, form.given(), actor=actor(), now=clock.now())
        return organisations.add_affiliation(person, form.given(), actor=actor(), now=clock.now())

    if saved(form, store):
        flash(gettext("The title is saved."), "success")
        return redirect(url_for("people.show", code=person.code), 303)
    return shown(form, "people/title.html", person=person, held=held)


@people_pages.post("/<code>/titles/<title>/delete")
@require(Permission.EDIT_DIRECTORY)
def delete_title(code: str, title: str) -> Response:
    """Strike one; the occasions where it was chosen keep the person, without a title."""
    held = _held(known(code), title)
    with transaction():
        organisations.remove_affiliation(held, actor=actor(), now=clock.now())
    flash(gettext("The title is removed."), "success")
    return redirect(url_for("people.show", code=code), 303)
