"""A load generator: some callers, each with one connection and one request under way, on raw sockets.

It runs in one thread over epoll and costs about 20 µs a request, so that two cores are left to the
server (`test_load.py` holds it to that). A server that closes its connections is dialled anew, and the
dialling counts into the latency, as it would for a real caller.
"""

import selectors
import socket
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import cycle

PATIENCE = 30.0  # seconds without any answer after which a run is given up


def is_ok(status: int, body: bytes) -> bool:
    """Any 2xx answer is a good one."""
    return 200 <= status < 300


@dataclass
class Outcome:
    """What one run of the generator saw."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    errors: int = 0
    first_error: str = ""

    @property
    def answered(self) -> int:
        return len(self.latencies)

    @property
    def rate(self) -> float:
        """Good answers a second."""
        return (self.answered - self.errors) / self.seconds if self.seconds else 0.0

    def percentile(self, share: float) -> float:
        """Seconds within which that share of the answers came."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


class IncompleteError(Exception):
    """More bytes are needed."""


def read_answer(data: bytes, *, ended: bool) -> tuple[int, bytes, bool]:
    """Status, body and whether the connection stays, of one whole HTTP/1.1 answer."""
    head, separator, body = data.partition(b"\r\n\r\n")
    if not separator:
        raise IncompleteError
    lowered = head.lower()
    status = int(head[9:12])
    stays = b"\r\nconnection: close" not in lowered
    if status in (204, 304):
        return status, b"", stays
    if (at := lowered.find(b"\r\ncontent-length:")) >= 0:
        length = int(lowered[at + 17 :].split(b"\r\n", 1)[0])
        if len(body) < length:
            raise IncompleteError
        return status, body[:length], stays
    if b"\r\ntransfer-encoding: chunked" in lowered:
        if not body.endswith(b"0\r\n\r\n"):
            raise IncompleteError
        return status, _unchunk(body), stays
    if not ended:
        raise IncompleteError
    return status, body, False


def _unchunk(data: bytes) -> bytes:
    parts = []
    while data:
        size, _, data = data.partition(b"\r\n")
        length = int(size.split(b";")[0], 16)
        parts.append(data[:length])
        data = data[length + 2 :]
    return b"".join(parts)


class Caller:
    """One connection and the request under way on it."""

    def __init__(self, address: tuple[str, int], selector: selectors.BaseSelector) -> None:
        self.address = address
        self.selector = selector
        self.connection: socket.socket | None = None
        self.received = b""
        self.began = 0.0

    def send(self, request: bytes) -> None:
        self.began = time.perf_counter()
        self.received = b""
        if self.connection is None:
            self.connection = socket.create_connection(self.address, timeout=PATIENCE)
            self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.selector.register(self.connection, selectors.EVENT_READ, self)
        self.connection.sendall(request)

    def receive(self) -> tuple[int, bytes, float] | None:
        """The answer and its latency once it is whole."""
        assert self.connection is not None
        data = self.connection.recv(262_144)
        self.received += data
        try:
            status, body, stays = read_answer(self.received, ended=not data)
        except IncompleteError:
            if data:
                return None
            self.hang_up()
            raise ConnectionError("the server closed the connection before its answer was whole") from None
        latency = time.perf_counter() - self.began
        if not stays:
            self.hang_up()
        return status, body, latency

    def hang_up(self) -> None:
        if self.connection is not None:
            self.selector.unregister(self.connection)
            self.connection.close()
            self.connection = None


def drive(
    address: tuple[str, int],
    requests: Iterable[bytes],
    *,
    callers: int,
    seconds: float,
    good: Callable[[int, bytes], bool] = is_ok,
) -> Outcome:
    """Send `requests` one after the other from that many callers for at most that long.

    Ends earlier when `requests` runs out. Answers still under way at the end are waited for and counted.
    """
    outcome = Outcome()
    waiting: Iterator[bytes] = iter(requests)
    with selectors.DefaultSelector() as selector:
        everyone = [Caller(address, selector) for _ in range(callers)]
        began = time.perf_counter()
        try:
            busy = sum(_next(caller, waiting, outcome) for caller in everyone)
            while busy:
                ready = selector.select(PATIENCE)
                if not ready:
                    raise TimeoutError(f"no answer within {PATIENCE:.0f} seconds")
                for key, _ in ready:
                    if _take(key.data, outcome, good):
                        ended = time.perf_counter() - began >= seconds
                        busy -= 1 if ended or not _next(key.data, waiting, outcome) else 0
        finally:
            outcome.seconds = time.perf_counter() - began
            for caller in everyone:
                caller.hang_up()
    return outcome


def _next(caller: Caller, waiting: Iterator[bytes], outcome: Outcome) -> bool:
    request = next(waiting, None)
    if request is None:
        return False
    try:
        caller.send(request)
    except BrokenPipeError:  # a kept connection that the server has dropped meanwhile
        caller.hang_up()
        caller.send(request)
    return True


def _take(caller: Caller, outcome: Outcome, good: Callable[[int, bytes], bool]) -> bool:
    """Whether the caller is free again."""
    try:
        answer = caller.receive()
    except (ConnectionError, ValueError) as error:
        caller.hang_up()
        _note_error(outcome, repr(error))
        outcome.latencies.append(time.perf_counter() - caller.began)
        return True
    if answer is None:
        return False
    status, body, latency = answer
    outcome.latencies.append(latency)
    if not good(status, body):
        _note_error(outcome, f"{status} {body[:200]!r}")
    return True


def _note_error(outcome: Outcome, text: str) -> None:
    outcome.errors += 1
    outcome.first_error = outcome.first_error or text


def forever(*requests: bytes) -> Iterator[bytes]:
    """The same requests again and again."""
    return cycle(requests)


def request(method: str, path: str, *, body: bytes = b"", **headers: str) -> bytes:
    """One HTTP/1.1 request; header names are written with underscores."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1"]
    lines += [f"{name.replace('_', '-').title()}: {value}" for name, value in headers.items()]
    if body or method != "GET":
        lines.append(f"Content-Length: {len(body)}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body
