"""Turns: a lock that is given in the order in which it was asked for."""

import threading
from collections import deque


class Turns:
    """One at a time, first come, first served.

    The lock of the standard library is taken by whoever happens to run when it falls free; of 64 who asked
    again and again, some waited for more than five seconds while others had their turn many times.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._line: deque[threading.Lock] = deque()
        self._taken = False

    def take(self, seconds: float) -> bool:
        """Wait for a turn, so many seconds at most; False when it did not come."""
        with self._guard:
            if not self._taken:
                self._taken = True
                return True
            mine = threading.Lock()
            mine.acquire()
            self._line.append(mine)
        if mine.acquire(timeout=seconds):
            return True
        with self._guard:
            if mine not in self._line:  # handed over just now
                return True
            self._line.remove(mine)
            return False

    def give(self) -> None:
        """End one's turn; whoever waits longest is next."""
        with self._guard:
            if self._line:
                self._line.popleft().release()
            else:
                self._taken = False
