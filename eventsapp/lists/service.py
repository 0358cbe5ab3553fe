"""An import from the upload to its end, step by step. `jobs.py` does the long ones.

Reading a file is slow, so it is read before the transaction and handed over as a `Table`.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete

from eventsapp.access.identity import Actor
from eventsapp.audit.service import record
from eventsapp.core.db import db
from eventsapp.core.errors import Conflict, Invalid
from eventsapp.core.text import FORBIDDEN, N_
from eventsapp.events.models import Event
from eventsapp.events.service import must_be_open
from eventsapp.jobs.service import enqueue
from eventsapp.lists import columns
from eventsapp.lists.enums import Decision, ImportState
from eventsapp.lists.models import GuestImport
from eventsapp.lists.planning import Choice
from eventsapp.lists.reading import Table
from eventsapp.lists.reports import Report, from_json
from eventsapp.questions import queries as questions

CHECK, IMPORT, FORGET = "lists.check", "lists.import", "lists.forget"
PREVIEW = 20  # rows shown
KEPT = timedelta(days=14)  # an import that nobody ended, then its file goes
_OPEN = (ImportState.UPLOADED, ImportState.CHECKED)


def begin(
    event: Event,
    filename: str,
    content: bytes,
    table: Table,
    *,
    staff_id: int | None,
    actor: Actor,
    now: datetime,
) -> GuestImport:
    """A file that came in, and what its columns probably mean."""
    must_be_open(event)
    found = GuestImport(
        event=event,
        staff_id=staff_id,
        state=ImportState.UPLOADED,
        filename=_filename(filename),
        content=content,
        created_at=now,
        report={},
        rows_done=0,
    )
    _show(found, table, event)
    db.session.add(found)
    db.session.flush()
    enqueue(FORGET, now=now, due_at=now + KEPT, import_id=found.id)
    record("import.begun", "import", found.id, actor=actor, now=now, event_id=event.id, rows=found.rows_total)
    return found


def read_anew(found: GuestImport, table: Table) -> GuestImport:
    """The same file in another encoding, or another of its sheets."""
    _must_be_open(found)
    _show(found, table, found.event)
    found.state = ImportState.UPLOADED
    return found


def choose(
    found: GuestImport,
    meanings: Sequence[str],
    *,
    category_id: int,
    matches: bool,
    now: datetime,
    at_once: bool,
) -> GuestImport:
    """What the columns mean; the list is then tried, by a job unless `at_once` (the caller does it)."""
    _must_be_open(found)
    asked = questions.asked(found.event_id)
    chosen = columns.checked(meanings, len(found.mapping["headings"]), asked)
    found.mapping = {
        **found.mapping,
        "columns": list(chosen),
        "category": category_id,
        "matches": matches,
        "decisions": {},
        "all_new": False,
    }
    return _queue(found, CHECK, now, at_once=at_once)


def decide(
    found: GuestImport, decisions: Mapping[int, str], *, all_new: bool = False, now: datetime, at_once: bool
) -> GuestImport:
    """What somebody decided of rows that may be somebody known; the list is then tried again.

    `all_new`: all others of them are new people.
    """
    _must_be_open(found)
    allowed = {told.row: {*told.people, *Decision} for told in report_of(found).told}
    if any(what not in allowed.get(row, ()) for row, what in decisions.items()):
        raise Invalid(N_("Please choose one of these for each row."))
    told = {**found.mapping.get("decisions", {}), **{str(row): what for row, what in decisions.items()}}
    found.mapping = {**found.mapping, "decisions": told, "all_new": all_new}
    return _queue(found, CHECK, now, at_once=at_once)


def start(found: GuestImport, *, actor: Actor, now: datetime) -> GuestImport:
    """Import the list that was tried and is clear; the worker does it."""
    _hold(found)
    must_be_open(found.event)
    found.staff_id = actor.id  # whose import it is
    if found.state is not ImportState.CHECKED or not report_of(found).is_clear:
        raise Conflict(N_("This list cannot be imported as it stands. Please look at its report."))
    return _queue(found, IMPORT, now, at_once=False)


def discard(found: GuestImport, *, actor: Actor, now: datetime) -> None:
    """Forget an upload that was not imported. Raises `Conflict` while it is worked on, and afterwards."""
    _must_be_open(found)
    record("import.discarded", "import", found.id, actor=actor, now=now, event_id=found.event_id)
    db.session.delete(found)


def forget(import_id: int) -> None:
    """Delete an upload that nobody ended in time; what was imported keeps its report."""
    db.session.execute(
        delete(GuestImport).where(GuestImport.id == import_id, GuestImport.content.is_not(None))
    )


def choice_of(found: GuestImport) -> Choice:
    """What was chosen for an import."""
    mapping = found.mapping
    return Choice(
        tuple(mapping["columns"]),
        mapping.get("category", 0),
        mapping.get("matches", False),
        mapping.get("all_new", False),
        decisions={int(row): what for row, what in mapping.get("decisions", {}).items()},
    )


def report_of(found: GuestImport) -> Report:
    """What was told of an import last."""
    return from_json(found.report)


def checked(found: GuestImport, report: Report) -> None:
    """The list was tried."""
    found.report, found.state, found.rows_done = report.to_json(), ImportState.CHECKED, found.rows_total


def ended(found: GuestImport, state: ImportState, report: Report, now: datetime) -> None:
    """It is over: the report stays, by row numbers; the file and everything from it goes."""
    found.report, found.state, found.ended_at = report.without_names().to_json(), state, now
    found.rows_done = found.rows_total
    found.content = None
    found.mapping = {"columns": found.mapping.get("columns", [])}


def _show(found: GuestImport, table: Table, event: Event) -> None:
    found.encoding, found.sheet, found.rows_total = table.encoding, table.sheet[:200], len(table.rows)
    found.mapping = {
        "columns": columns.guess(table.heading.cells, questions.asked(event.id)),
        "headings": [cell[:200] for cell in table.heading.cells],
        "delimiter": table.delimiter,
        "sheets": [*table.sheets],
        "preview": [[row.number, [cell[:200] for cell in row.cells]] for row in table.rows[:PREVIEW]],
    }


def _queue(found: GuestImport, task: str, now: datetime, *, at_once: bool) -> GuestImport:
    found.mapping = {**found.mapping, "task": task}
    found.state, found.rows_done = ImportState.QUEUED, 0
    if not at_once:
        enqueue(task, now=now, import_id=found.id)
    return found


def _hold(found: GuestImport) -> None:
    """Whoever came at the same moment has gone on by now: the state decides."""
    db.session.refresh(found, ("state", "mapping", "report"), with_for_update=True)


def _must_be_open(found: GuestImport) -> None:
    _hold(found)
    must_be_open(found.event)
    if found.state not in _OPEN:
        raise Conflict(N_("This import is being worked on, or is over."))


def _filename(name: str) -> str:
    plain = FORBIDDEN.sub("", name.replace("\\", "/").rpartition("/")[2]).strip()
    return plain[-200:] or "list"
