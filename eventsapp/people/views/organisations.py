"""Organisations: the list, one of them, and the form."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from eventsapp.access.permissions import Permission
from eventsapp.core import clock
from eventsapp.people import organisations, queries
from eventsapp.people.forms import OrganisationForm, organisation_data
from eventsapp.people.models import Organisation
from eventsapp.people.views.blueprints import organisations_pages
from eventsapp.people.views.people import may_edit
from eventsapp.web.current import actor
from eventsapp.web.guard import require
from eventsapp.web.saving import Answer, saved, shown


@organisations_pages.get("/")
@require(Permission.VIEW_DIRECTORY)
def index() -> str:
    """All of them, or those the search finds."""
    text = request.args.get("q", "")[:200]
    page = queries.organisations_page(text, request.args.get("after"))
    return render_template("people/organisations.html", page=page, text=text, may_edit=may_edit())


@organisations_pages.route("/new", methods=["GET", "POST"])
@require(Permission.EDIT_DIRECTORY)
def create() -> Answer:
    """A new one."""
    return _form_page(None)


@organisations_pages.get("/<code>")
@require(Permission.VIEW_DIRECTORY)
def show(code: str) -> str:
    """One of them, with who holds a title there."""
    organisation = _known(code)
    return render_template(
        "people/organisation.html",
        organisation=organisation,
        members=queries.members(organisation),
        may_edit=may_edit(),
    )


def _known(code: str) -> Organisation:
    return queries.organisation_by_code(code) or abort(404)


@organisations_pages.route("/<code>/edit", methods=["GET", "POST"])
@require(Permission.EDIT_DIRECTORY)
def edit(code: str) -> Answer:
    """Change one."""
    return _form_page(_known(code))


def _form_page(organisation: Organisation | None) -> Answer:
    others = [other for other in queries.organisations() if other is not organisation]
    form = OrganisationForm(data=organisation_data(organisation) if organisation else {"kind": "other"})
    form.prepare(others)

    def store() -> Organisation:
        if organisation:
            return organisations.edit_organisation(organisation, form.given(), actor=actor(), now=clock.now())
        return organisations.create_organisation(form.given(), actor=actor(), now=clock.now())

    if kept := saved(form, store):
        flash(gettext("The organisation is saved."), "success")
        return redirect(url_for("organisations.show", code=kept.code), 303)
    return shown(form, "people/organisation_edit.html", organisation=organisation)
