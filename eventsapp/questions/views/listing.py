"""The form at a glance: sections and questions in their order, and what can be done with them."""

from collections.abc import Callable
from itertools import groupby
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from eventsapp.access.permissions import Permission
from eventsapp.core import clock
from eventsapp.events.desk import for_event
from eventsapp.events.models import Event
from eventsapp.questions import kinds, queries, service
from eventsapp.questions.forms import condition_words
from eventsapp.questions.forms.composing import SectionForm, kinds_to_choose
from eventsapp.questions.models import Question, Section
from eventsapp.questions.views.blueprint import question_pages
from eventsapp.web.current import actor
from eventsapp.web.saving import Answer, done, saved, shown


@question_pages.get("/")
@for_event(Permission.EDIT_EVENT)
def index(event: Event) -> str:
    """Everything that is asked, by section; what is asked no longer stands at the end."""
    everything = queries.questions(event)
    asked = [queries.as_asked(question) for question in everything]
    open_ones = [question for question in everything if question.retired_at is None]
    by_section = {key: [*group] for key, group in groupby(open_ones, key=lambda each: each.section_id)}
    sections = queries.sections(event)
    return render_template(
        "questions/index.html",
        event=event,
        sections=sections,
        groups=[(None, by_section.get(None, []))]
        + [(section, by_section.get(section.id, [])) for section in sections],
        retired=[question for question in everything if question.retired_at is not None],
        kinds={key: gettext(kind.name) for key, kind in kinds.ALL.items()},
        when={one.code: condition_words(one.condition, asked) for one in asked},
        choices=kinds_to_choose(),
    )


def known(event: Event, code: str) -> Question:
    """The event's question at that address, or 404."""
    return queries.question_of(event, code) or abort(404)


def _section(event: Event, code: str) -> Section:
    return queries.section_of(event, code) or abort(404)


def back(event: Event) -> Response:
    """To the form at a glance."""
    return redirect(url_for("questions.index", slug=event.slug), 303)


def _act(
    event: Event, deed: Callable[..., Any], subject: Question | Section, said: str, *more: int
) -> Response:
    done(lambda: deed(subject, *more, actor=actor(), now=clock.now()), said)
    return back(event)


@question_pages.post("/<code>/move-<any(earlier,later):way>")
@for_event(Permission.EDIT_EVENT)
def move(event: Event, code: str, way: str) -> Response:
    """Put a question one place earlier or later."""
    by = -1 if way == "earlier" else 1
    return _act(event, service.move_question, known(event, code), gettext("The question is moved."), by)


@question_pages.post("/<code>/remove")
@for_event(Permission.EDIT_EVENT)
def remove(event: Event, code: str) -> Response:
    """Ask no more: an answered question is retired, another is struck."""
    said = gettext("The question is not asked any more.")
    return _act(event, service.remove_question, known(event, code), said)


@question_pages.post("/<code>/bring-back")
@for_event(Permission.EDIT_EVENT)
def bring_back(event: Event, code: str) -> Response:
    """Ask a retired question again."""
    said = gettext("The question is asked again.")
    return _act(event, service.bring_back, known(event, code), said)


@question_pages.route("/sections/new", methods=["GET", "POST"])
@for_event(Permission.EDIT_EVENT)
def create_section(event: Event) -> Answer:
    """One more section."""
    return _section_page(event, None)


@question_pages.route("/sections/<code>", methods=["GET", "POST"])
@for_event(Permission.EDIT_EVENT)
def edit_section(event: Event, code: str) -> Answer:
    """Change a section's heading."""
    return _section_page(event, _section(event, code))


@question_pages.post("/sections/<code>/move-<any(earlier,later):way>")
@for_event(Permission.EDIT_EVENT)
def move_section(event: Event, code: str, way: str) -> Response:
    """Put a section one place earlier or later."""
    by = -1 if way == "earlier" else 1
    return _act(event, service.move_section, _section(event, code), gettext("The section is moved."), by)


@question_pages.post("/sections/<code>/remove")
@for_event(Permission.EDIT_EVENT)
def remove_section(event: Event, code: str) -> Response:
    """Strike an empty section."""
    return _act(event, service.remove_section, _section(event, code), gettext("The section is removed."))


def _section_page(event: Event, section: Section | None) -> Answer:
    form = SectionForm(data={"title": section.title, "intro": section.intro} if section else None)
    form.offer(event.languages)

    def store() -> Section:
        if section:
            return service.edit_section(section, form.given(), actor=actor(), now=clock.now())
        return service.create_section(event, form.given(), actor=actor(), now=clock.now())

    if saved(form, store):
        flash(gettext("The section is saved."), "success")
        return back(event)
    return shown(form, "questions/section.html", event=event, section=section)
