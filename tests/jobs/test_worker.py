"""Work for later is done, once finished it is gone, and a dying worker loses none of it."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.orm import scoped_session

from eventsapp.access.identity import SYSTEM
from eventsapp.core.db import db, transaction
from eventsapp.core.errors import Unavailable
from eventsapp.jobs import handlers, leases, worker
from eventsapp.jobs.models import Job
from eventsapp.jobs.service import enqueue
from eventsapp.jobs.worker import run_due_jobs
from eventsapp.mail.enums import MailState
from eventsapp.mail.models import Mail
from eventsapp.mail.service import queue
from tests.support.clocks import Clock
from tests.support.databases import Database

WORKER = """
import signal, sys, threading
from jinja2 import ChoiceLoader, DictLoader
from eventsapp import create_app
from eventsapp.jobs.worker import work
app = create_app()
made = {f"mail/note/{name}": "{{ number }}" for name in ("subject.txt", "body.txt", "body.html")}
app.jinja_env.loader = ChoiceLoader([DictLoader(made), app.jinja_env.loader])
ending = threading.Event()
signal.signal(signal.SIGTERM, lambda *_: ending.set())
with app.app_context():
    work(ending)
"""


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
    worker.work(ending)
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


class Postbox:
    """Takes its time, and remembers what came."""

    def __init__(self) -> None:
        self.ids: Counter[str] = Counter()

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 -- aiosmtpd's name
        line = next(line for line in envelope.content.splitlines() if line.startswith(b"Message-ID:"))
        self.ids[line.decode().partition(":")[2].strip()] += 1
        time.sleep(0.004)
        return "250 OK"


@pytest.fixture
def postbox() -> Iterator[tuple[Postbox, str]]:
    """A mail server and its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    box = Postbox()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, f"smtp://127.0.0.1:{port}"
    controller.stop()


@pytest.mark.slow
def test_killed_worker_loses_no_mail_and_repeats_carry_the_same_id(
    database: Database, db_session: scoped_session[Any], clock: Clock, postbox: tuple[Postbox, str]
) -> None:
    box, url = postbox
    mails, kills = 160, 3
    with transaction():
        for number in range(mails):
            queue(
                "note", to_address="li@example.org", language="en", context={"number": number},
                dedupe_key=f"note:{number}", actor=SYSTEM, now=clock.now,
            )  # fmt: skip
    environment = {**os.environ, **database.environment, "EVENTSAPP_MAIL_URL": url}

    def begin() -> subprocess.Popen[bytes]:
        return subprocess.Popen((sys.executable, "-c", WORKER), env=environment)

    def sent() -> int:
        db_session.rollback()
        return db_session.scalar(select(func.count()).where(Mail.state == MailState.SENT)) or 0

    def until(enough: int, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + 30
        while sent() < enough:
            assert process.poll() is None, "the worker ended by itself"
            assert time.monotonic() < deadline, f"only {sent()} of {enough} were sent"
            time.sleep(0.01)

    for kill in range(kills):
        process = begin()
        until((kill + 1) * mails // (kills + 2), process)
        time.sleep(0.005 * kill)
        process.send_signal(signal.SIGKILL)
        process.wait()
        with transaction() as session:  # three minutes pass
            session.execute(update(Mail).values(leased_until=None))
    process = begin()
    until(mails, process)
    process.terminate()
    assert process.wait(10) == 0

    rows = db_session.scalars(select(Mail)).all()
    assert {row.message_id for row in rows} == set(box.ids)
    assert len(box.ids) == mails
    assert sum(box.ids.values()) - mails <= kills
