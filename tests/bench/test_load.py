import socket
import threading
from collections.abc import Iterator
from itertools import islice

import pytest

from tests.bench.load import IncompleteError, drive, forever, read_answer, request
from tests.bench.servers import hello

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
HELLO = request("GET", "/")


@pytest.fixture
def answering() -> Iterator[tuple[str, int]]:
    """A server that gives each connection the same answer for whatever it sends."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=_answer_all, args=(listening,), daemon=True).start()
        yield listening.getsockname()
        listening.shutdown(socket.SHUT_RDWR)


def _answer_all(listening: socket.socket) -> None:
    while True:
        try:
            connection, _ = listening.accept()
        except OSError:
            return
        threading.Thread(target=_answer, args=(connection,), daemon=True).start()


def _answer(connection: socket.socket) -> None:
    with connection:
        while connection.recv(65_536):
            connection.sendall(ANSWER)


def test_answer_in_pieces_waits_for_the_rest() -> None:
    for cut in range(len(ANSWER)):
        with pytest.raises(IncompleteError):
            read_answer(ANSWER[:cut], ended=False)
    assert read_answer(ANSWER, ended=False) == (200, b"ok", True)


def test_chunked_answer_is_put_together() -> None:
    data = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
    assert read_answer(data, ended=False) == (200, b"abcde", True)


def test_finite_requests_are_each_answered_once(answering: tuple[str, int]) -> None:
    outcome = drive(answering, islice(forever(HELLO), 50), callers=4, seconds=30)
    assert (outcome.answered, outcome.errors) == (50, 0)


def test_unwanted_answers_are_errors(answering: tuple[str, int]) -> None:
    outcome = drive(answering, [HELLO], callers=1, seconds=30, good=lambda status, _: status == 304)
    assert outcome.errors == 1
    assert "200" in outcome.first_error


def test_yardstick_answers_callers_whose_connections_it_closes() -> None:
    with hello() as server:
        before = server.cpu_seconds()
        outcome = drive(server.address, forever(HELLO), callers=4, seconds=0.5)
        assert outcome.errors == 0
        assert outcome.rate > 50
        assert server.cpu_seconds() > before
        assert server.megabytes() > 10
