"""Writing a question."""

from flask import flash, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from eventsapp.access.permissions import Permission
from eventsapp.core import clock
from eventsapp.events import queries as events
from eventsapp.events.desk import for_event
from eventsapp.events.models import Event
from eventsapp.questions import kinds, queries, service, use
from eventsapp.questions.forms import condition_words
from eventsapp.questions.forms.composing import QuestionForm, question_form
from eventsapp.questions.kinds import Kind
from eventsapp.questions.models import Question
from eventsapp.questions.views.blueprint import question_pages
from eventsapp.questions.views.listing import back, known
from eventsapp.web.current import actor
from eventsapp.web.saving import Answer, saved, shown


@question_pages.route("/new", methods=["GET", "POST"])
@for_event(Permission.EDIT_EVENT)
def create(event: Event) -> Answer:
    """A new question, of the kind that was chosen on the page before."""
    kind = kinds.ALL.get(request.args.get("kind", ""), kinds.ALL["text"])
    return _page(event, kind, None)


@question_pages.route("/<code>", methods=["GET", "POST"])
@for_event(Permission.EDIT_EVENT)
def edit(event: Event, code: str) -> Answer:
    """Change a question."""
    question = known(event, code)
    return _page(event, kinds.ALL[question.kind], question)


def _page(event: Event, kind: Kind, question: Question | None) -> Answer:
    everything = queries.questions(event)
    form = question_form(kind, question, _earlier(everything, question))
    form.prepare(event.languages, queries.sections(event), events.categories(event))
    if request.form.get("do") == "more":
        form.more(event.languages)
        return _shown(event, kind, question, form)

    def store() -> Question:
        given = form.given()
        if question:
            return service.edit_question(question, given, actor=actor(), now=clock.now())
        return service.create_question(event, given, actor=actor(), now=clock.now())

    if kept := saved(form, store):
        flash(gettext("The question is saved."), "success")
        return _after(event, kept)
    return _shown(event, kind, question, form)


def _after(event: Event, kept: Question) -> Response:
    if request.form.get("do") == "stay":
        return redirect(url_for("questions.edit", slug=event.slug, code=kept.code), 303)
    return back(event)


def _earlier(everything: list[Question], question: Question | None) -> list[Question]:
    """The questions that a condition can ask about: those asked before; before a new one, all."""
    open_ones = [one for one in everything if one.retired_at is None]
    codes = [one.code for one in open_ones]
    at = codes.index(question.code) if question and question.code in codes else len(codes)
    return open_ones[:at]


def _shown(event: Event, kind: Kind, question: Question | None, form: QuestionForm) -> Answer:
    asked = [queries.as_asked(one) for one in queries.questions(event)]
    return shown(
        form,
        "questions/question.html",
        event=event,
        kind=kind,
        kind_name=gettext(kind.name),
        question=question,
        when=condition_words(question.condition, asked) if question else "",
        answered=use.answered(question) if question else 0,
        versions=queries.versions(question) if question else [],
    )
