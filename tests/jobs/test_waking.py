"""A commit that wrote work wakes the worker, once for many, and never waits for it."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from huey import RedisHuey, SqliteHuey
from sqlalchemy.orm import scoped_session

from eventsapp.access.identity import SYSTEM
from eventsapp.core.config import Settings
from eventsapp.core.db import transaction
from eventsapp.jobs import handlers, waking, worker
from eventsapp.jobs.queue import Queue
from eventsapp.jobs.service import enqueue
from eventsapp.mail.service import Message, queue, queue_many
from tests.support.clocks import Clock

MILLISECOND = 0.001


class Calls:
    """Counts the calls that reach the worker."""

    def __init__(self) -> None:
        self.made = 0
        self.came = threading.Event()

    def __call__(self) -> None:
        self.made += 1
        self.came.set()


@pytest.fixture
def calls(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Calls]:
    """Commits wake, as they do outside of tests; here they wake nobody but the counter."""
    counter = Calls()
    monkeypatch.setitem(app.extensions, "waker", waking.Waker(counter))
    app.testing = False
    yield counter
    app.testing = True


@pytest.fixture(autouse=True)
def own_handlers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Handlers that a test registers are forgotten afterwards."""
    monkeypatch.setattr(handlers, "_handlers", dict(handlers._handlers))


def put(clock: Clock, number: int = 1) -> None:
    with transaction():
        queue(
            "note", to_address="li@example.org", language="en", context={}, dedupe_key=f"note:{number}",
            actor=SYSTEM, now=clock.now,
        )  # fmt: skip


def test_commit_with_mail_wakes(db_session: scoped_session[Any], clock: Clock, calls: Calls) -> None:
    put(clock)
    assert calls.came.wait(5)


def test_commit_with_many_mails_or_a_job_wakes(
    db_session: scoped_session[Any], clock: Clock, calls: Calls
) -> None:
    with transaction():
        queue_many([Message("note", "li@example.org", "en", {}, "a")], actor=SYSTEM, now=clock.now)
    assert calls.came.wait(5)
    calls.came.clear()
    handlers.register("test.note", lambda: None)
    with transaction():
        enqueue("test.note", now=clock.now)
    assert calls.came.wait(5)


def test_nobody_is_woken_by_what_was_not_stored(
    db_session: scoped_session[Any], clock: Clock, calls: Calls
) -> None:
    def undone() -> None:
        with transaction():
            queue_many([Message("note", "li@example.org", "en", {}, "a")], actor=SYSTEM, now=clock.now)
            raise LookupError

    with pytest.raises(LookupError):
        undone()
    with transaction():
        pass
    assert not calls.came.wait(3 * waking.PAUSE)


@pytest.mark.slow
def test_burst_of_commits_is_few_calls_and_costs_its_requests_nothing(
    db_session: scoped_session[Any], clock: Clock, calls: Calls
) -> None:
    put(clock, 0)
    assert calls.came.wait(5)
    began = time.monotonic()
    for number in range(1, 60):
        put(clock, number)
    took = time.monotonic() - began
    assert calls.made <= 2 + took / waking.PAUSE
    waker = waking.Waker(calls)
    waker.want()
    costs = []
    for _ in range(200):
        began = time.perf_counter()
        waker.want()
        costs.append(time.perf_counter() - began)
    assert sorted(costs)[100] < 0.1 * MILLISECOND


def test_call_that_waits_is_not_made_again(tmp_path: Path) -> None:
    found = Queue(Settings(instance=tmp_path), lambda: None)
    for _ in range(5):
        found.wake()
    assert found.huey.storage.queue_size() == 1
    assert isinstance(found.huey, SqliteHuey)
    assert found.huey.dequeue() is not None
    found.wake()
    assert found.huey.storage.queue_size() == 1


def test_call_that_somebody_else_wrote_is_not_run(tmp_path: Path) -> None:
    ours = Queue(Settings(instance=tmp_path, secret_key="a" * 40), lambda: None)
    theirs = Queue(Settings(instance=tmp_path, secret_key="b" * 40), lambda: None)
    theirs.wake()
    with pytest.raises(ValueError, match="mismatch"):
        ours.prepare().dequeue()


def test_redis_calls_where_it_is_set_and_may_be_away(tmp_path: Path) -> None:
    settings = Settings(instance=tmp_path, redis_url="redis://127.0.0.1:1/0")
    found = Queue(settings, lambda: None)
    assert isinstance(found.huey, RedisHuey)
    waking.Waker(found.wake).call()
    assert not (tmp_path / "queue.sqlite3").exists()


def test_worker_takes_calls_and_ends_when_it_is_told(
    app: Flask, db_session: scoped_session[Any], clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    done, ending = threading.Event(), threading.Event()
    handlers.register("test.note", done.set)
    looked, look = threading.Event(), worker.look

    def looking(given: threading.Event) -> None:
        look(given)
        looked.set()

    monkeypatch.setattr(worker, "look", looking)

    def work() -> None:
        with app.app_context():
            worker.work(ending, threads=2)

    thread = threading.Thread(target=work)
    thread.start()
    assert looked.wait(10), "the sweep at the start"
    with transaction():
        enqueue("test.note", now=clock.now)
    app.extensions["queue"].wake()
    assert done.wait(5), "long before the next sweep"
    ending.set()
    thread.join(5)
    assert not thread.is_alive()
