"""Group commit by itself: who shares a transaction, who waits, whose an error is."""

import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from eventsapp.door import group
from eventsapp.door.group import Group

LONG = 30.0  # seconds; longer than a test may take


class Writer:
    """Settles by doubling, notes who came together, and stops at "gate" until it is opened."""

    def __init__(self) -> None:
        self.groups: list[int] = []
        self.begun, self.gate = threading.Event(), threading.Event()
        self.group: Group[int, int] = Group(self._settle)

    def _settle(self, works: Sequence[int]) -> list[int]:
        self.groups.append(len(works))
        self.begun.set()
        self.gate.wait(LONG)
        if 13 in works:
            raise ValueError("13")
        return [2 * work for work in works]

    def wait_for(self, number: int) -> None:
        while len(self.group._waiting) < number:
            threading.Event().wait(0.001)


@pytest.fixture
def writer() -> Writer:
    return Writer()


def first_and_others(writer: Writer, pool: ThreadPoolExecutor, *others: int) -> list[Future[int]]:
    """One is being written, the others have come meanwhile."""
    doing = [pool.submit(writer.group.do, 1)]
    writer.begun.wait(LONG)
    doing += [pool.submit(writer.group.do, work) for work in others]
    writer.wait_for(len(others))
    return doing


def test_whoever_comes_while_one_is_written_goes_together(writer: Writer) -> None:
    with ThreadPoolExecutor(8) as pool:
        doing = first_and_others(writer, pool, 2, 3, 4)
        writer.gate.set()
        assert [done.result(LONG) for done in doing] == [2, 4, 6, 8]
    assert writer.groups == [1, 3]


def test_leader_waits_for_as_many_as_were_there_the_last_time(
    writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(group, "MOMENT", LONG)
    with ThreadPoolExecutor(8) as pool:
        doing = first_and_others(writer, pool, 2, 3, 4)
        writer.gate.set()
        doing[0].result(LONG)
        threading.Event().wait(0.05)  # time enough to go without it
        doing.append(pool.submit(writer.group.do, 5))  # the first caller's next
        assert [done.result(LONG) for done in doing] == [2, 4, 6, 8, 10]
    assert writer.groups == [1, 4]


def test_whoever_is_alone_does_not_wait(writer: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(group, "MOMENT", LONG)
    writer.gate.set()
    with ThreadPoolExecutor(1) as pool:
        assert [pool.submit(writer.group.do, work).result(LONG / 6) for work in range(3)] == [0, 2, 4]
    assert writer.groups == [1, 1, 1]


def test_company_that_stays_away_is_waited_for_once(writer: Writer) -> None:
    with ThreadPoolExecutor(8) as pool:
        doing = first_and_others(writer, pool, 2, 3)
        writer.gate.set()
        assert [done.result(LONG) for done in doing] == [2, 4, 6]
    assert [writer.group.do(work) for work in (4, 5)] == [8, 10]
    assert writer.group._expected == 1


def test_error_is_told_to_whom_it_belongs_alone(writer: Writer) -> None:
    with ThreadPoolExecutor(8) as pool:
        doing = first_and_others(writer, pool, 2, 13, 4)
        writer.gate.set()
        assert [doing[index].result(LONG) for index in (0, 1, 3)] == [2, 4, 8]
        assert isinstance(doing[2].exception(LONG), ValueError)
