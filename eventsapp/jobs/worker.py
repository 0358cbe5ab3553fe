"""The worker: jobs and mail that are due, until it is told to end.

It may die at any instruction. A row it held is free again when its lease runs out, and what it had
finished is stored before the next row is begun. Several workers on several servers share the rows.

It looks when a commit calls (docs/decisions/0005), and every `SWEEP` seconds for what nobody called for:
what is due only now, what a dead worker held, what was written while the queue was away.
"""

from dataclasses import dataclass
from threading import Event
from typing import Any, cast

import structlog
from flask import Flask, current_app
from sqlalchemy import delete, select
from sqlalchemy.exc import SQLAlchemyError

from eventsapp.core import clock
from eventsapp.core.db import db, transaction
from eventsapp.core.errors import Unavailable
from eventsapp.jobs import handlers, leases, waking
from eventsapp.jobs.models import Job
from eventsapp.jobs.queue import Queue

THREADS = 4
SWEEP = 30.0  # seconds
PAUSE_WITHOUT_DATABASE = 2.0
BATCH = 10

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Task:
    """A leased job, free of the session it was read in."""

    id: int
    name: str
    arguments: dict[str, Any]
    attempts: int


def work(ending: Event, threads: int = THREADS) -> None:
    """Work until `ending` is set; needs an application context. What is begun is finished first."""
    from eventsapp.jobs.calls import Calls  # with it comes the whole of Huey

    app = current_app
    app.extensions["ending"] = ending
    calls = Calls(app.extensions["queue"], app.extensions["settings"], threads)
    calls.start()
    try:
        while not ending.is_set():
            look(ending)  # asks no queue, so that work is done while Redis is away
            calls.check_worker_health()
            ending.wait(SWEEP)
    finally:
        calls.stop(graceful=True)


def look(ending: Event) -> None:
    """Do what is due until nothing is, or `ending` is set; a full batch calls another to help."""
    while not ending.is_set():
        try:
            done = sum(do() for do in (run_due_jobs, *handlers.rounds()))
        except (Unavailable, SQLAlchemyError) as error:
            log.warning("worker.database_unavailable", error=type(error).__name__)
            ending.wait(PAUSE_WITHOUT_DATABASE)
            continue
        finally:
            db.session.remove()
        if not done:
            return
        if done >= BATCH:
            cast(waking.Waker, current_app.extensions["waker"]).call()


def run_due_jobs() -> int:
    """Do a batch of due jobs; how many were done or put off."""
    now = clock.now()
    ids = leases.take(Job, Job.gave_up_at.is_(None), now=now, limit=BATCH)
    tasks = _tasks(ids)
    for done, task in enumerate(tasks):
        if clock.now() > now + leases.LEASE - leases.MARGIN:
            leases.release(Job, [left.id for left in tasks[done:]])
            return done
        _run(task)
    return len(tasks)


def _tasks(ids: list[int]) -> list[Task]:
    if not ids:
        return []
    rows = db.session.scalars(select(Job).where(Job.id.in_(ids))).all()
    tasks = {row.id: Task(row.id, row.name, dict(row.arguments), row.attempts) for row in rows}
    db.session.remove()
    return [tasks[id_] for id_ in ids if id_ in tasks]


def _run(task: Task) -> None:
    try:
        handlers.handler_of(task.name)(**task.arguments)
    except Exception as error:  # noqa: BLE001 -- a broken job must not stop the others; it is kept and tried again
        db.session.rollback()
        log.warning("job.failed", job=task.id, job_name=task.name, error=type(error).__name__)
        _put_off(task, error)
    else:
        with transaction() as session:
            session.execute(delete(Job).where(Job.id == task.id))
    finally:
        db.session.remove()


def _put_off(task: Task, error: Exception) -> None:
    now = clock.now()
    failures = task.attempts + 1
    again = leases.next_try(failures, now)
    leases.store(
        Job,
        task.id,
        attempts=failures,
        last_error=f"{type(error).__name__}: {error}"[:2000],
        due_at=again or now,
        gave_up_at=None if again else now,
    )


def init_app(app: Flask) -> None:
    """Let commits of this application call the worker."""

    def called() -> None:
        with app.app_context():
            look(app.extensions["ending"])

    app.extensions["ending"] = Event()
    waking.install(app, Queue(app.extensions["settings"], called))
