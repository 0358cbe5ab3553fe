"""Where an import stands: how far it is, its report, what somebody decides of rows, and the import itself."""

from collections.abc import Callable

from flask import redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from eventsapp.access.permissions import Permission
from eventsapp.core import clock
from eventsapp.core.languages import pick
from eventsapp.events.desk import for_event
from eventsapp.events.models import Event
from eventsapp.lists import columns, jobs, service
from eventsapp.lists.enums import Decision, Fate, ImportState
from eventsapp.lists.models import GuestImport
from eventsapp.lists.views.blueprint import list_pages
from eventsapp.lists.views.finding import import_of, to_import
from eventsapp.people import queries as people
from eventsapp.questions import queries as questions
from eventsapp.web.current import actor
from eventsapp.web.locale import tag
from eventsapp.web.saving import Answer, done

PAGE = 100  # lines of one fate on the page


@list_pages.get("/<code>")
@for_event(Permission.EDIT_GUESTS)
def show(event: Event, code: str) -> Answer:
    """The columns while they are open, the progress while it is worked on, else the report."""
    found = import_of(event, code)
    if found.state is ImportState.UPLOADED:
        return redirect(url_for("imports.columns", slug=event.slug, code=code), 303)
    if found.state in (ImportState.QUEUED, ImportState.RUNNING):
        return render_template("lists/working.html", event=event, found=found)
    return _report(event, found)


def _report(event: Event, found: GuestImport) -> str:
    report = service.report_of(found)
    told = {fate: report.of(fate)[:PAGE] for fate in Fate}
    codes = {code for lines in told.values() for line in lines for code in line.people}
    return render_template(
        "lists/report.html",
        event=event,
        found=found,
        report=report,
        told=told,
        fates=list(Fate),
        people=people.people_by_codes(sorted(codes)),
        meaning=_meanings(event),
        sentence=_sentence,
        is_over=found.state in (ImportState.DONE, ImportState.REFUSED),
    )


def _sentence(message: str, params: dict[str, object]) -> str:
    """A catalogue entry in the reader's language."""
    text: str = gettext(message)
    return text % params if params else text


def _meanings(event: Event) -> Callable[[str], str]:
    """What a column is called, its answers by their question."""
    reader = tag()
    asked = {question.code: pick(question.label, reader).text for question in questions.asked(event.id)}

    def word(meaning: str) -> str:
        kind, _, code = meaning.partition(".")
        return asked.get(code, code) if kind == columns.ANSWER else columns.heading_of(meaning, reader)

    return word


@list_pages.post("/<code>/decide")
@for_event(Permission.EDIT_GUESTS)
def decide(event: Event, code: str) -> Response:
    """Who somebody is, row by row; what is left open stays so."""
    found = import_of(event, code)
    given = {
        int(row): what
        for name, what in request.form.items()
        if name.startswith("row-") and (row := name[4:]).isascii() and row.isdigit() and len(row) < 9 and what
    }
    at_once, import_id = found.rows_total <= jobs.AT_ONCE, found.id
    all_new = request.form.get("rest") == Decision.NEW

    def act() -> None:
        service.decide(found, given, all_new=all_new, now=clock.now(), at_once=at_once)

    if done(act, gettext("What you decided is kept, and the list was tried again.")) and at_once:
        jobs.check(import_id)
    return to_import(event, code)


@list_pages.post("/<code>/start")
@for_event(Permission.EDIT_GUESTS)
def start(event: Event, code: str) -> Response:
    """Import the list; the worker does it."""
    found = import_of(event, code)
    done(
        lambda: service.start(found, actor=actor(), now=clock.now()),
        gettext("The list is being imported. You may leave this page and come back."),
    )
    return to_import(event, code)
