"""The categories of an event's guests."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from eventsapp.access.permissions import Permission
from eventsapp.core import clock
from eventsapp.core.db import transaction
from eventsapp.core.errors import DomainError
from eventsapp.events import categories, queries
from eventsapp.events.desk import for_event
from eventsapp.events.forms import CategoryForm, category_data
from eventsapp.events.models import Category, Event
from eventsapp.events.views.blueprints import categories_pages
from eventsapp.places import queries as places
from eventsapp.web.current import actor
from eventsapp.web.errors import message_of
from eventsapp.web.saving import Answer, done, saved, shown


@categories_pages.get("/")
@for_event(Permission.EDIT_EVENT)
def index(event: Event) -> str:
    """All of them, as their badges look."""
    return render_template("events/categories.html", event=event, categories=queries.categories(event))


@categories_pages.route("/new", methods=["GET", "POST"])
@for_event(Permission.EDIT_EVENT)
def create(event: Event) -> Answer:
    """One more."""
    return _form_page(event, None)


@categories_pages.route("/<code>", methods=["GET", "POST"])
@for_event(Permission.EDIT_EVENT)
def edit(event: Event, code: str) -> Answer:
    """Change one."""
    return _form_page(event, _category(event, code))


def _category(event: Event, code: str) -> Category:
    return queries.category_of(event, code) or abort(404)


def _form_page(event: Event, category: Category | None) -> Answer:
    form = CategoryForm(data=category_data(category) if category else None).prepare(event, places.zones())

    def store() -> Category:
        if category:
            return categories.edit_category(category, form.given(), actor=actor(), now=clock.now())
        return categories.create_category(event, form.given(), actor=actor(), now=clock.now())

    if saved(form, store):
        flash(gettext("The category is saved."), "success")
        return redirect(url_for("categories.index", slug=event.slug), 303)
    return shown(form, "events/category.html", event=event, category=category)


@categories_pages.post("/usual")
@for_event(Permission.EDIT_EVENT)
def usual(event: Event) -> Response:
    """The usual ones, where there are none."""
    try:
        with transaction():
            categories.add_usual_categories(event, actor=actor(), now=clock.now())
    except DomainError as error:
        flash(message_of(error), "error")
    return redirect(url_for("categories.index", slug=event.slug), 303)


@categories_pages.post("/<code>/delete")
@for_event(Permission.EDIT_EVENT)
def delete(event: Event, code: str) -> Response:
    """Strike one that nobody is in."""
    category = _category(event, code)
    done(
        lambda: categories.delete_category(category, actor=actor(), now=clock.now()),
        gettext("The category is removed."),
    )
    return redirect(url_for("categories.index", slug=event.slug), 303)
