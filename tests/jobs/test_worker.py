"""Work for later is done, once finished it is gone, and a dying worker loses none of it."""

import threading
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from eventsapp.core.db import db, transaction
from eventsapp.core.errors import Unavailable
from eventsapp.jobs import handlers, leases, worker
from eventsapp.jobs.models import Job
from eventsapp.jobs.service import enqueue
from eventsapp.jobs.worker import run_due_jobs
from tests.support.clocks import Clock


@pytest.fixture(autouse=True)
def own_handlers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Handlers that a test registers are forgotten afterwards."""
    monkeypatch.setattr(handlers, "_handlers", dict(handlers._handlers))


def put(clock: Clock, name: str = "test.note", **given: Any) -> None:
    with transaction():
        enqueue(name, now=clock.now, **given)


def jobs(session: scoped_session[Any]) -> list[Job]:
    session.rollback()
    return list(session.scalars(select(Job).order_by(Job.id)))


def test_job_is_done_and_gone(db_session: scoped_session[Any], clock: Clock) -> None:
    done: list[Any] = []
    handlers.register("test.note", lambda **given: done.append(given))
    put(clock, guest_id=3, codes=["A", "B"])
    assert run_due_jobs() == 1
    assert done == [{"guest_id": 3, "codes": ["A", "B"]}]
    assert not jobs(db_session)
    assert run_due_jobs() == 0


def test_job_waits_for_its_time(db_session: scoped_session[Any], clock: Clock) -> None:
    done: list[int] = []
    handlers.register("test.note", lambda: done.append(1))
    put(clock, due_at=clock.now + timedelta(hours=1))
    assert run_due_jobs() == 0
    clock.forward(hours=1)
    assert run_due_jobs() == 1
    assert done == [1]


def test_job_that_nobody_does_is_refused_when_it_is_written(
    db_session: scoped_session[Any], clock: Clock
) -> None:
    with pytest.raises(LookupError):
        put(clock, "nobody.knows")
    handlers.register("test.note", lambda **_: None)
    with pytest.raises(TypeError):
        put(clock, at=clock.now)


def test_name_has_one_handler() -> None:
    handlers.register("test.note", print)
    handlers.register("test.note", print)
    with pytest.raises(ValueError, match="two handlers"):
        handlers.register("test.note", repr)


def test_failing_job_is_tried_again_then_given_up(db_session: scoped_session[Any], clock: Clock) -> None:
    done: list[int] = []

    def fail() -> None:
        with transaction() as session:
            session.add(Job(name="half done", due_at=clock.now))
            raise ValueError("no")

    handlers.register("test.note", fail)
    handlers.register("test.other", lambda: done.append(1))
    put(clock)
    put(clock, "test.other")
    for pause in (*leases.PAUSES, timedelta()):
        run_due_jobs()
        (job,) = jobs(db_session)
        assert job.last_error == "ValueError: no"
        clock.now += pause
    assert job.gave_up_at is not None
    assert job.attempts == len(leases.PAUSES) + 1
    assert run_due_jobs() == 0
    assert done == [1], "a broken job must not hold up the others"


def test_held_job_is_free_when_the_lease_runs_out(db_session: scoped_session[Any], clock: Clock) -> None:
    done: list[int] = []
    handlers.register("test.note", lambda: done.append(1))
    put(clock)
    assert len(leases.take(Job, Job.gave_up_at.is_(None), now=clock.now, limit=10)) == 1
    assert run_due_jobs() == 0
    clock.now += leases.LEASE
    assert run_due_jobs() == 1
    assert done == [1]


def test_nothing_is_begun_at_the_end_of_a_lease(db_session: scoped_session[Any], clock: Clock) -> None:
    handlers.register("test.note", lambda: clock.forward(minutes=2.5))
    for _ in range(3):
        put(clock)
    assert run_due_jobs() == 1
    assert [job.leased_until for job in jobs(db_session)] == [None, None]


@pytest.mark.slow
def test_eight_workers_do_each_job_once(app: Flask, db_session: scoped_session[Any], clock: Clock) -> None:
    done: Counter[int] = Counter()
    handlers.register("test.note", lambda number: done.update([number]))
    with transaction():
        for number in range(80):
            enqueue("test.note", now=clock.now, number=number)

    def work() -> None:
        with app.app_context():
            while run_due_jobs():
                pass

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert done == Counter(range(80))


def test_worker_survives_a_database_that_is_away(
    app: Flask, db_session: scoped_session[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    ending, rounds = threading.Event(), []

    def away() -> int:
        rounds.append(1)
        if len(rounds) == 3:
            ending.set()
        raise Unavailable("away")

    monkeypatch.setattr(worker, "run_due_jobs", away)
    monkeypatch.setattr(worker, "PAUSE_WITHOUT_DATABASE", 0.01)
    worker.work(ending, threads=1)
    assert len(rounds) == 3


def test_idle_worker_writes_nothing(app: Flask, db_session: scoped_session[Any], clock: Clock) -> None:
    def written() -> Any:
        db_session.rollback()
        if db.engine.dialect.name == "sqlite":
            return db_session.connection().exec_driver_sql("PRAGMA data_version").scalar()
        return None

    before = written()
    assert run_due_jobs() == 0
    assert written() == before
