"""People: the list, one person, and the form."""

from typing import Any

from flask import Response as JSONResponse
from flask import abort, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext

from eventsapp.access.permissions import Permission
from eventsapp.access.policy import allows
from eventsapp.core import clock
from eventsapp.people import queries, service
from eventsapp.people.engagements import engagements_of
from eventsapp.people.forms import PersonForm, person_data, titled
from eventsapp.people.models import Person
from eventsapp.people.views.blueprints import people_pages
from eventsapp.web.current import actor, identity
from eventsapp.web.guard import require
from eventsapp.web.saving import Answer, saved, shown

OFFERED = 10


@people_pages.get("/")
@require(Permission.VIEW_DIRECTORY)
def index() -> str:
    """Everybody, or whoever the search finds."""
    text = request.args.get("q", "")[:200]
    page = queries.people_page(text, request.args.get("after"))
    return render_template("people/index.html", page=page, text=text, may_edit=may_edit())


def may_edit() -> bool:
    """Whether whoever asks may change people, organisations and places."""
    return allows(identity(), Permission.EDIT_DIRECTORY)


@people_pages.get("/find.json")
@require(Permission.VIEW_DIRECTORY)
def find() -> JSONResponse:
    """A few people whom the words find, for choosing one in a form."""
    found = queries.search_people(request.args.get("q", "")[:200], OFFERED)
    return jsonify(people=[_offered(person) for person in found])


def _offered(person: Person) -> dict[str, Any]:
    return {
        "code": person.code,
        "name": person.display_name,
        "language": person.display_language,
        "titles": [titled(held) for held in person.affiliations],
    }


@people_pages.route("/new", methods=["GET", "POST"])
@require(Permission.EDIT_DIRECTORY)
def create() -> Answer:
    """Somebody new."""
    form = PersonForm()

    def store() -> Person:
        return service.create_person(
            names=form.given(), languages=form.tags(), note=form.note.data, actor=actor(), now=clock.now()
        )

    if person := saved(form, store):
        flash(gettext("The person is recorded."), "success")
        return redirect(url_for("people.show", code=person.code), 303)
    alike = queries.search_people(form.first, 5) if form.is_submitted() and form.first else []
    return shown(form.spare(), "people/edit.html", person=None, alike=alike)


@people_pages.get("/<code>")
@require(Permission.VIEW_DIRECTORY)
def show(code: str) -> str:
    """One person: names, titles, and where they take part."""
    person = known(code)
    return render_template(
        "people/show.html", person=person, engagements=engagements_of(person.id), may_edit=may_edit()
    )


def known(code: str) -> Person:
    """The person at that address, or 404."""
    return queries.person_by_code(code) or abort(404)


@people_pages.route("/<code>/edit", methods=["GET", "POST"])
@require(Permission.EDIT_DIRECTORY)
def edit(code: str) -> Answer:
    """Change names, languages and the note."""
    person = known(code)
    form = PersonForm(data=person_data(person))

    def store() -> Person:
        by, now = actor(), clock.now()
        service.set_names(person, form.given(), actor=by, now=now)
        return service.edit_person(person, languages=form.tags(), note=form.note.data, actor=by, now=now)

    if saved(form, store):
        flash(gettext("The person is saved."), "success")
        return redirect(url_for("people.show", code=code), 303)
    return shown(form.spare(), "people/edit.html", person=person, alike=[])
