"""Trying and taking a list, by the worker or, for a short one, at once."""

from eventsapp.access.identity import SYSTEM, Actor, ActorKind
from eventsapp.core import clock
from eventsapp.core.db import db, transaction
from eventsapp.core.errors import Conflict, DomainError, Unavailable
from eventsapp.jobs import handlers
from eventsapp.lists import importing, reading, service
from eventsapp.lists.enums import ImportState
from eventsapp.lists.models import GuestImport
from eventsapp.lists.planning import Progress
from eventsapp.lists.reading import Table
from eventsapp.lists.reports import Report

AT_ONCE = 2_000  # rows that are tried within a request
EVERY = 5_000  # rows between two words about the progress


def check(import_id: int) -> None:
    """Try the list and keep the report. Doing it twice is doing it once."""
    if _is_wanted(import_id, service.CHECK):
        _work(import_id, service.CHECK)


def carry_out(import_id: int) -> None:
    """Import the list: all rows, the report and the end of the import in one transaction, or nothing."""
    if _is_wanted(import_id, service.IMPORT):
        _work(import_id, service.IMPORT)


def forget(import_id: int) -> None:
    """The time of an upload is over."""
    with transaction():
        service.forget(import_id)


def _work(import_id: int, task: str) -> None:
    try:
        table = _table(import_id)
        report = _tried(import_id, table) if task == service.CHECK else _taken(import_id, table)
    except Unavailable:
        raise  # the worker tries again
    except DomainError as error:
        report = Report(refusals=[(error.message, dict(error.params))])
        over = task == service.IMPORT and isinstance(error, Conflict)
        with transaction():
            found = _found(import_id)
            if over:
                service.ended(found, ImportState.REFUSED, report, clock.now())
            else:
                service.checked(found, report)


def _tried(import_id: int, table: Table) -> Report:
    found = _found(import_id)
    choice, event = service.choice_of(found), found.event
    report = importing.dry_run(event, table, choice, _progress(import_id, table))
    with transaction():
        service.checked(_found(import_id), report)
    return report


def _taken(import_id: int, table: Table) -> Report:
    found = _found(import_id)
    actor = Actor(ActorKind.STAFF, found.staff_id) if found.staff_id else SYSTEM
    report = importing.run(
        found.event_id,
        table,
        service.choice_of(found),
        actor=actor,
        now=clock.now(),
        import_id=import_id,
        progress=_progress(import_id, table),
        finish=lambda done: service.ended(_found(import_id), ImportState.DONE, done, clock.now()),
    )
    if not report.is_clear:  # somebody changed something since it was tried
        with transaction():
            service.checked(_found(import_id), report)
    return report


def _is_wanted(import_id: int, task: str) -> bool:
    with transaction() as session:
        found = session.get(GuestImport, import_id)
        if found is None or found.mapping.get("task") != task:
            return False
        if found.state not in (ImportState.QUEUED, ImportState.RUNNING):
            return False
        found.state = ImportState.RUNNING
    return True


def _table(import_id: int) -> Table:
    found = _found(import_id)
    return reading.read(found.content or b"", encoding=found.encoding, sheet=found.sheet)


def _found(import_id: int) -> GuestImport:
    return db.session.get_one(GuestImport, import_id)


def _progress(import_id: int, table: Table) -> Progress:
    if len(table.rows) <= AT_ONCE:
        return lambda _: None

    def tell(done: int) -> None:
        if done % EVERY == 0:
            with transaction():
                _found(import_id).rows_done = done

    return tell


def init_app(_app: object) -> None:
    """Answer for the jobs."""
    handlers.register(service.CHECK, check)
    handlers.register(service.IMPORT, carry_out)
    handlers.register(service.FORGET, forget)
