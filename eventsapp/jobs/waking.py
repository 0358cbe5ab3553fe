"""After a commit that wrote work, the worker is woken; how many commits there are makes no difference.

The committing request only sets a flag. A thread of the process takes it and calls the worker through the
queue, at most once every `PAUSE` seconds. Calls that get lost with the process are made up for by the
worker's sweep.
"""

import threading
import time
from collections.abc import Callable
from typing import cast

import structlog
from flask import Flask, current_app, has_app_context
from sqlalchemy import event
from sqlalchemy.orm import Session

from eventsapp.core.db import db
from eventsapp.jobs.queue import Queue

PAUSE = 0.1  # seconds between two calls
_MARK = "work_written"

log = structlog.get_logger(__name__)


class Waker:
    """Makes one call of many wishes."""

    def __init__(self, call: Callable[[], None]) -> None:
        self._call = call
        self._wanted = threading.Event()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def want(self) -> None:
        """Have the worker called soon. Returns at once."""
        if not self._wanted.is_set():
            self._wanted.set()
        if self._thread is None:
            self._start()

    def _start(self) -> None:
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="waker", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while True:
            self._wanted.wait()
            self._wanted.clear()
            self.call()
            time.sleep(PAUSE)

    def call(self) -> None:
        """Call the worker now; a queue that is away is noted and left to the sweep."""
        try:
            self._call()
        except Exception as error:  # noqa: BLE001 -- every store has errors of its own
            log.warning("queue.away", error=type(error).__name__)


def after_commit() -> None:
    """Say that the present transaction writes work that is due now."""
    db.session.info[_MARK] = True


@event.listens_for(Session, "after_commit")
def _wake(session: Session) -> None:
    # Tests look for due rows themselves, when they want to.
    if session.info.pop(_MARK, False) and has_app_context() and not current_app.testing:
        cast(Waker, current_app.extensions["waker"]).want()


@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop(_MARK, None)


def install(app: Flask, queue: Queue) -> None:
    """Let commits of this application wake whoever takes calls from the queue."""
    app.extensions["queue"] = queue
    app.extensions["waker"] = Waker(queue.wake)
