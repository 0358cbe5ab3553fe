"""Group commit: scans that wait for SQLite's one writer go together, into one transaction and one sync.

Whoever comes while nobody writes leads: it takes everything that waits, itself included, settles it, wakes
the others with their answers and hands the lead to the first that came meanwhile. Nobody is answered
before the disk has it. Without this each scan waits for its own sync, and the slowest of eight callers
waits for all of them.

At a busy door the leader waits a moment for as many as were there the last time. A transaction costs nearly
the same for eight as for two, and threads that wait for their answers do not take the interpreter from the
one that works. Where scans come one by one, nobody waits.
"""

import threading
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from sqlalchemy.exc import OperationalError

from eventsapp.core.errors import Unavailable

Work = TypeVar("Work")
Answer = TypeVar("Answer")

LIMIT = 64  # pieces of work in one transaction
MOMENT = 0.002  # seconds that a leader waits for company at most


class _Job(Generic[Work, Answer]):
    __slots__ = ("answer", "error", "leads", "ready", "work")

    def __init__(self, work: Work) -> None:
        self.work = work
        self.answer: Answer | None = None
        self.error: BaseException | None = None
        self.leads = False
        self.ready = threading.Lock()  # held until the answer is there: lighter than an Event
        self.ready.acquire()


class Group(Generic[Work, Answer]):
    """Callers of `settle`, which takes several pieces of work and answers each, all or none stored."""

    def __init__(self, settle: Callable[[Sequence[Work]], Sequence[Answer]]) -> None:
        self._settle = settle
        self._lock = threading.Lock()
        self._waiting: list[_Job[Work, Answer]] = []
        self._led = False
        self._expected = 1  # how many were there the last time
        self._gathered: threading.Lock | None = None  # held until they are, while a leader waits for them

    def do(self, work: Work) -> Answer:
        """The answer to this piece of work, once it is stored. Raises what settling it raised."""
        job: _Job[Work, Answer] = _Job(work)
        with self._lock:
            self._waiting.append(job)
            if not self._led:
                self._led = job.leads = True
            if self._gathered and len(self._waiting) >= self._expected:
                self._gathered.release()
                self._gathered = None
        if not job.leads:
            job.ready.acquire()
        if job.leads:
            self._lead()
        if job.error is not None:
            raise job.error
        return job.answer  # type: ignore[return-value]

    def _lead(self) -> None:
        self._gather()
        with self._lock:
            self._gathered = None
            jobs, self._waiting = self._waiting[:LIMIT], self._waiting[LIMIT:]
        try:
            self._work(jobs)
        finally:
            self._hand_over(len(jobs))
            for job in jobs:
                job.ready.release()

    def _gather(self) -> None:
        with self._lock:
            if len(self._waiting) >= self._expected:
                return
            self._gathered = gathered = threading.Lock()
            gathered.acquire()
        gathered.acquire(timeout=MOMENT)

    def _work(self, jobs: list[_Job[Work, Answer]]) -> None:
        try:
            answers = self._settle([job.work for job in jobs])
            for job, answer in zip(jobs, answers, strict=True):
                job.answer = answer
        except BaseException as error:  # noqa: BLE001 -- it belongs to the callers
            if len(jobs) == 1 or isinstance(error, Unavailable | OperationalError):
                for job in jobs:
                    job.error = error
            else:  # one that cannot be settled must not take the others with it
                for job in jobs:
                    self._work([job])

    def _hand_over(self, settled: int) -> None:
        with self._lock:
            self._expected = min(settled + len(self._waiting), LIMIT)
            self._led = bool(self._waiting)
            if self._waiting:
                following = self._waiting[0]
                following.leads = True
                following.ready.release()
