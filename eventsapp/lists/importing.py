"""One engine for trying a list and for taking it: the same plan, shown or written.

`dry_run` reads alone. `run` plans outside any transaction, then writes the whole plan in one: a kill at any
moment leaves all rows or none. If the directory or the list moved in between, it plans anew.
"""

from collections.abc import Callable
from datetime import datetime

from eventsapp.access.identity import Actor
from eventsapp.core.db import db, transaction
from eventsapp.core.errors import Unavailable
from eventsapp.core.text import N_
from eventsapp.events.models import Event
from eventsapp.lists import applying, known, planning, preparing
from eventsapp.lists.planning import Choice, Progress
from eventsapp.lists.reading import Table
from eventsapp.lists.reports import Report

TRIES = 5


def dry_run(event: Event, table: Table, choice: Choice, progress: Progress = lambda _: None) -> Report:
    """What an import would do. Raises `Conflict` for an event that is over."""
    return planning.make(event, table, choice, progress).report


def run(
    event_id: int,
    table: Table,
    choice: Choice,
    *,
    actor: Actor,
    now: datetime,
    import_id: int | None = None,
    progress: Progress = lambda _: None,
    finish: Callable[[Report], None] = lambda _: None,
) -> Report:
    """Import all rows or none; opens its own transactions, so call it outside one.

    Nothing is stored unless the report `is_clear`; `finish` is called in the transaction that stores the
    rows. Raises `Conflict` when the event is over or seats went meanwhile, `Unavailable` when others keep
    changing what the list is about.
    """
    for _ in range(TRIES):
        plan = planning.make(db.session.get_one(Event, event_id), table, choice, progress)
        if not plan.report.is_clear:
            return plan.report
        prepared = preparing.Prepared(plan, now)
        with transaction():
            if known.has_moved(plan.known):
                continue
            applying.write(prepared, import_id=import_id, actor=actor, now=now)
            finish(plan.report)
        db.session.expire_all()
        return plan.report
    raise Unavailable(N_("Others keep changing this list at the moment. Please try again in a while."))
