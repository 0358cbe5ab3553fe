"""Turns come in the order in which they were asked for."""

import threading
import time

from eventsapp.core.turns import Turns


def test_turns_are_given_in_the_order_of_asking() -> None:
    turns = Turns()
    assert turns.take(1)
    had: list[int] = []

    def ask(number: int) -> None:
        assert turns.take(10)
        had.append(number)
        turns.give()

    waiting = []
    for number in range(20):
        waiting.append(threading.Thread(target=ask, args=(number,)))
        waiting[-1].start()
        while len(turns._line) <= number:
            time.sleep(0.001)
    turns.give()
    for thread in waiting:
        thread.join()
    assert had == list(range(20))


def test_who_gave_up_waiting_is_passed_over() -> None:
    turns = Turns()
    assert turns.take(1)
    assert not turns.take(0.01)
    turns.give()
    assert turns.take(0.01)


def test_one_who_comes_back_at_once_does_not_overtake() -> None:
    """The lock of the standard library gives nearly every turn to whoever has just had one."""
    turns = Turns()
    had = {"greedy": 0, "patient": 0}
    ended = threading.Event()

    def work(name: str) -> None:
        while not ended.is_set():
            assert turns.take(10)
            had[name] += 1
            time.sleep(0.001)
            turns.give()

    both = [threading.Thread(target=work, args=(name,)) for name in had]
    for thread in both:
        thread.start()
    time.sleep(0.3)
    ended.set()
    for thread in both:
        thread.join()
    assert abs(had["greedy"] - had["patient"]) <= 2
