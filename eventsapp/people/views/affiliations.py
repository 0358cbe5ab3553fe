"""A person's titles."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from eventsapp.access.permissions import Permission
from eventsapp.core import clock
from eventsapp.core.db import transaction
from eventsapp.core.errors import DomainError
from eventsapp.people import organisations, queries
from eventsapp.people.forms import AffiliationForm, affiliation_data
from eventsapp.people.models import Affiliation, Person
from eventsapp.people.views.blueprints import people_pages
from eventsapp.people.views.people import known
from eventsapp.web.current import actor
from eventsapp.web.guard import require


@people_pages.route("/<code>/titles/new", methods=["GET", "POST"])
@require(Permission.EDIT_DIRECTORY)
def add_title(code: str) -> str | Response | tuple[str, int]:
    """One more."""
    return _form_page(known(code), None)


@people_pages.route("/<code>/titles/<title>", methods=["GET", "POST"])
@require(Permission.EDIT_DIRECTORY)
def edit_title(code: str, title: str) -> str | Response | tuple[str, int]:
    """Correct one."""
    person = known(code)
    return _form_page(person, _held(person, title))


def _held(person: Person, code: str) -> Affiliation:
    found = next((held for held in person.affiliations if held.code == code), None)
    return found or abort(404)


def _form_page(person: Person, held: Affiliation | None) -> str | Response | tuple[str, int]:
    form = AffiliationForm(data=affiliation_data(held) if held else None).prepare(queries.organisations())
    if form.validate_on_submit():
        try:
            with transaction():
                if held:
                    organisations.edit_affiliation(held, form.given(), actor=actor(), now=clock.now())
                else:
                    organisations.add_affiliation(person, form.given(), actor=actor(), now=clock.now())
        except DomainError as error:
            form.refuse(error)
        else:
            flash(gettext("The title is saved."), "success")
            return redirect(url_for("people.show", code=person.code), 303)
    page = render_template("people/title.html", form=form, person=person, held=held)
    return (page, 422) if form.is_submitted() else page


@people_pages.post("/<code>/titles/<title>/delete")
@require(Permission.EDIT_DIRECTORY)
def delete_title(code: str, title: str) -> Response:
    """Strike one; the occasions where it was chosen keep the person, without a title."""
    held = _held(known(code), title)
    with transaction():
        organisations.remove_affiliation(held, actor=actor(), now=clock.now())
    flash(gettext("The title is removed."), "success")
    return redirect(url_for("people.show", code=code), 303)
