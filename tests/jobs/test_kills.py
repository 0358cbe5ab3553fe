"""Workers that are killed in the middle of their work lose no mail (trial R16).

`EVENTSAPP_TRIAL=full` kills 50 times over 4,000 mails.
"""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from huey import SqliteHuey
from sqlalchemy import func, select
from sqlalchemy.orm import scoped_session

from eventsapp.access.identity import SYSTEM
from eventsapp.core.db import transaction
from eventsapp.mail.enums import MailState
from eventsapp.mail.models import Mail
from eventsapp.mail.service import Message, queue_many
from tests.support.clocks import Clock
from tests.support.databases import Database
from tests.support.postboxes import Postbox, opened

FULL = os.environ.get("EVENTSAPP_TRIAL") == "full"
MAILS, KILLS = (4000, 50) if FULL else (200, 8)
PATIENCE = 1800 if FULL else 240  # seconds until something is wrong
THREADS = 3

# The program's worker; what it waits for is short, so that a trial need not last for minutes. One process
# that has imported everything makes the others, one for each line it reads.
NURSERY = f"""
import os, signal, sys, threading
from datetime import timedelta
from jinja2 import ChoiceLoader, DictLoader
from eventsapp import create_app
from eventsapp.jobs import calls, leases, worker
from eventsapp.mail import sending
leases.LEASE, leases.MARGIN, worker.SWEEP = timedelta(seconds=3), timedelta(seconds=1), 0.3
sending.BATCH = worker.BATCH = 5  # so that a dying worker does not hold most of the mails
create_app()

def work():
    app = create_app()
    made = {{f"mail/note/{{name}}": "{{{{ number }}}}" for name in ("subject.txt", "body.txt", "body.html")}}
    app.jinja_env.loader = ChoiceLoader([DictLoader(made), app.jinja_env.loader])
    ending = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ending.set())
    with app.app_context():
        worker.work(ending, threads={THREADS})

born = []
for _ in sys.stdin:
    born.append(os.fork())
    if not born[-1]:
        work()
        sys.exit()
    print(born[-1], flush=True)
ends = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in born]
sys.exit(any(end not in (0, -signal.SIGKILL) for end in ends))
"""


class Nursery:
    """Where workers come from."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            (sys.executable, "-c", NURSERY),
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.alive: list[int] = []

    def begin(self) -> None:
        """One more worker, the last of `alive`."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        self.alive.append(int(self._process.stdout.readline()))

    def kill(self) -> None:
        """The oldest worker dies, wherever its work stands."""
        os.kill(self.alive.pop(0), signal.SIGKILL)

    def end(self) -> int:
        """Ask the others to end; 0 when each did so by itself and cleanly."""
        while self.alive:
            os.kill(self.alive.pop(), signal.SIGTERM)
        self._process.communicate(timeout=20)
        return self._process.returncode

    def close(self) -> None:
        """Nothing of it is left, whatever happened."""
        for pid in self.alive:
            os.kill(pid, signal.SIGKILL)
        self._process.kill()
        self._process.communicate()


@pytest.fixture
def postbox() -> Iterator[tuple[Postbox, str]]:
    """A mail server and its address."""
    with opened() as both:
        yield both


def sent(session: scoped_session[Any]) -> int:
    session.rollback()
    return session.scalar(select(func.count()).where(Mail.state == MailState.SENT)) or 0


def until(session: scoped_session[Any], enough: int, deadline: float) -> None:
    while (done := sent(session)) < enough:
        assert time.monotonic() < deadline, f"only {done} of {enough} were sent"
        time.sleep(0.02)


@pytest.mark.slow
def test_killed_workers_lose_no_mail_and_repeats_carry_the_same_id(
    database: Database, db_session: scoped_session[Any], clock: Clock, postbox: tuple[Postbox, str]
) -> None:
    box, url = postbox
    with transaction():
        heap = [Message("note", "li@example.org", "en", {"number": n}, f"note:{n}") for n in range(MAILS)]
        queue_many(heap, actor=SYSTEM, now=clock.now)
    environment = {**os.environ, **database.environment, "EVENTSAPP_MAIL_URL": url}

    nursery = Nursery(environment)
    deadline = time.monotonic() + PATIENCE
    try:
        nursery.begin()
        nursery.begin()  # two share the work; each takes its turn to die
        for kill in range(KILLS):
            until(db_session, (kill + 1) * MAILS // (KILLS + 2), deadline)
            nursery.kill()
            nursery.begin()
        until(db_session, MAILS, deadline)
        assert nursery.end() == 0, "a worker ended by itself, or not when it was told to"
    finally:
        nursery.close()

    rows = db_session.scalars(select(Mail)).all()
    came = Counter(box.ids)
    assert {row.message_id for row in rows} == set(came), "each came, and nothing under another id"
    assert len(came) == MAILS
    # one that was handed over and not yet marked, in each of the threads (a sweep is one more)
    assert came.total() - MAILS <= KILLS * (THREADS + 1)


NAIVE = """
import smtplib, sys, time
from huey import SqliteHuey
from huey.consumer import Consumer
queue = SqliteHuey("naive", filename=sys.argv[1], results=False)
@queue.task(name="send")
def send(number):
    time.sleep(0.02)  # writing the message
    with smtplib.SMTP("127.0.0.1", int(sys.argv[2])) as server:
        text = f"Message-ID: <{number}@example.org>\\r\\n\\r\\nNote"
        server.sendmail("a@example.org", "b@example.org", text)
"""
NAIVE_WORKER = (
    NAIVE + "Consumer(queue, workers=3, periodic=False, initial_delay=0.01, max_delay=0.05).run()\n"
)
NAIVE_SENDER = NAIVE + "for number in range(int(sys.argv[3])): send(number)\n"


@pytest.mark.slow
def test_a_queue_without_rows_loses_what_was_in_hand(tmp_path: Path, postbox: tuple[Postbox, str]) -> None:
    """The naive arm of the trial above: each message is a task of the queue and nothing else."""
    box, url = postbox
    mails, file = 60, tmp_path / "queue.sqlite3"
    arguments = (str(file), url.rpartition(":")[2], str(mails))
    subprocess.run((sys.executable, "-c", NAIVE_SENDER, *arguments), check=True)
    waiting = SqliteHuey("naive", filename=str(file), results=False).storage

    def work_until(left: int) -> None:
        process = subprocess.Popen((sys.executable, "-c", NAIVE_WORKER, *arguments))
        deadline = time.monotonic() + PATIENCE
        while waiting.queue_size() > left and time.monotonic() < deadline:
            time.sleep(0.005)
        if not left:
            time.sleep(1)  # what it has in hand
        process.kill()
        process.wait()

    for left in (40, 20, 0):
        work_until(left)
    assert waiting.queue_size() == 0
    assert 0 < len(set(box.ids)) < mails
