"""One event: its overview and its form."""

from collections.abc import Iterator

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext

from eventsapp.access.permissions import Permission
from eventsapp.core import clock
from eventsapp.events import needs, overview, queries, service
from eventsapp.events.desk import for_event, may
from eventsapp.events.enums import EventState
from eventsapp.events.models import Event
from eventsapp.events.overview import Step
from eventsapp.events.sight import events_open_to
from eventsapp.events.views.blueprints import event_pages
from eventsapp.events.views.forming import form_of
from eventsapp.web.current import actor, identity
from eventsapp.web.filters import language_name
from eventsapp.web.saving import Answer, saved, shown


@event_pages.get("/<slug>", endpoint="overview")
@for_event(Permission.VIEW_EVENT)
def overview_page(event: Event) -> str:
    """What is set, what is missing, what comes next."""
    seen = events_open_to(identity(), queries.family())
    return render_template(
        "events/overview.html",
        event=event,
        may=may,
        P=Permission,
        begun=event.starts_at <= clock.now(),
        concerns=needs.concerns(event),
        figures=overview.figures_of(event, may),
        steps=overview.steps_of(event, may),
        children=queries.children(event, seen),
        attended=[(other, other.id in seen) for other in event.attends],
        parent_seen=event.parent_id in seen,
    )


@event_pages.route("/<slug>/edit", methods=["GET", "POST"])
@for_event(Permission.EDIT_EVENT)
def edit(event: Event) -> Answer:
    """The form of an event."""
    form = form_of(event)
    if saved(form, lambda: service.edit_event(event, form.given(), actor=actor(), now=clock.now())):
        flash(gettext("The event is saved."), "success")
        return redirect(url_for("event.overview", slug=event.slug), 303)
    return shown(form, "events/edit.html", event=event)


@overview.steps(10, Permission.EDIT_EVENT)
def _steps(event: Event) -> Iterator[Step]:
    edit_page = url_for("event.edit", slug=event.slug)
    missing = [language_name(tag) for tag in needs.untranslated(event)]
    if missing:
        text = gettext("Give the title in %(languages)s", languages=", ".join(missing))
        yield Step(text, done=False, href=edit_page)
    else:
        yield Step(gettext("The title is there in every language of the event"), done=True)
    yield Step(gettext("Say where it takes place"), done=event.venue_id is not None, href=edit_page)
    yield Step(gettext("Say until when guests should reply"), event.reply_by_at is not None, edit_page)
    yield Step(
        gettext("Settle the categories of guests"),
        done=event.last_category_number > 0,
        href=url_for("categories.index", slug=event.slug),
    )


@overview.steps(90, Permission.PUBLISH_EVENT)
def _publishing(event: Event) -> Iterator[Step]:
    yield Step(gettext("Publish it"), event.state is not EventState.DRAFT, "#state")
