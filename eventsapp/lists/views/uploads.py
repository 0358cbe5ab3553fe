"""A file comes in, is shown as it is read, and its columns are given their meanings."""

from contextlib import closing

from flask import abort, flash, redirect, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from eventsapp.access.permissions import Permission
from eventsapp.core import clock
from eventsapp.core.db import transaction
from eventsapp.events import queries as events
from eventsapp.events.desk import for_event, may
from eventsapp.events.models import Event
from eventsapp.lists import jobs, queries, reading, service
from eventsapp.lists.enums import ImportState
from eventsapp.lists.forms import ColumnsForm, ExportForm, ReadingForm, UploadForm
from eventsapp.lists.models import GuestImport
from eventsapp.lists.views.blueprint import list_pages
from eventsapp.lists.views.finding import import_of, to_import
from eventsapp.web.current import actor
from eventsapp.web.saving import Answer, done, saved, shown, tried


@list_pages.route("", methods=["GET", "POST"])
@for_event(Permission.VIEW_GUESTS)
def index(event: Event) -> Answer:
    """Lists in and out of an event; in only for those who may change it."""
    edits, form = may(Permission.EDIT_GUESTS), UploadForm()
    if form.is_submitted() and not edits:
        abort(403)

    def take() -> GuestImport:
        sent = form.file.data
        with closing(sent):
            content: bytes = sent.stream.read(reading.MOST_BYTES + 1)
        table = reading.read(content)
        by = actor()
        with transaction():
            return service.begin(
                event, sent.filename or "", content, table, staff_id=by.id, actor=by, now=clock.now()
            )

    if found := tried(form, take):
        return to_import(event, found.code)
    return shown(
        form,
        "lists/index.html",
        event=event,
        imports=queries.imports(event) if edits else [],
        edits=edits,
        export_form=ExportForm(formdata=None),
    )


@list_pages.route("/<code>/columns", methods=["GET", "POST"])
@for_event(Permission.EDIT_GUESTS)
def columns(event: Event, code: str) -> Answer:
    """What each column means, beside the first rows."""
    found = import_of(event, code)
    if found.state not in (ImportState.UPLOADED, ImportState.CHECKED):
        return to_import(event, code)
    form = ColumnsForm(data=_chosen(event, found)).prepare(event, found)
    at_once = found.rows_total <= jobs.AT_ONCE

    def store() -> GuestImport:
        chosen = events.category_of(event, form.category.data) if form.category.data else None
        return service.choose(
            found,
            form.columns.data,
            category_id=chosen.id if chosen else 0,
            matches=form.matches.data,
            now=clock.now(),
            at_once=at_once,
        )

    if kept := saved(form, store):
        import_id = kept.id
        if at_once:
            jobs.check(import_id)
        return to_import(event, code)
    read_form = ReadingForm(data={"encoding": found.encoding, "sheet": found.sheet}, formdata=None).prepare(
        found
    )
    return shown(form, "lists/columns.html", event=event, found=found, read_form=read_form)


def _chosen(event: Event, found: GuestImport) -> dict[str, object]:
    known = events.categories(event)
    wanted = found.mapping.get("category", 0)
    usual = next((category.code for category in known if category.id == wanted), "")
    return {
        "category": usual or (known[0].code if len(known) == 1 else ""),
        "matches": found.mapping.get("matches", False),
        "columns": [],
    }


@list_pages.post("/<code>/read")
@for_event(Permission.EDIT_GUESTS)
def read(event: Event, code: str) -> Response:
    """The same file in another encoding, or another of its sheets."""
    found = import_of(event, code)
    form = ReadingForm().prepare(found)
    if not form.validate_on_submit():
        flash(gettext("Please choose one of these."), "error")
        return to_import(event, code)
    encoding = form.encoding.data if form.encoding else ""
    sheet = form.sheet.data if form.sheet else ""
    content = found.content or b""

    def act() -> None:
        table = reading.read(content, encoding=encoding, sheet=sheet)
        service.read_anew(found, table)

    done(act, gettext("The list was read anew."))
    return to_import(event, code)


@list_pages.post("/<code>/discard")
@for_event(Permission.EDIT_GUESTS)
def discard(event: Event, code: str) -> Response:
    """Forget an upload."""
    found = import_of(event, code)
    done(
        lambda: service.discard(found, actor=actor(), now=clock.now()),
        gettext("The list is forgotten; nothing of it was stored."),
    )
    return redirect(url_for("imports.index", slug=event.slug), 303)
