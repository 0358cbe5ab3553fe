"""Server processes under measurement: started, waited for, watched, ended."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

PATIENCE = 60.0  # seconds a server may take until it accepts connections
HELLO = ("-m", "gunicorn", "--workers=2", "--log-level=error", "tests.bench.hello:app")


@dataclass
class Server:
    """A running server and, where it has one, the database process that works for it."""

    process: subprocess.Popen[bytes]
    address: tuple[str, int]
    others: Sequence[int] = field(default_factory=tuple)

    def cpu_seconds(self) -> float:
        """CPU time spent so far by all its processes, those that have ended included."""
        total = 0.0
        for process in _tree(self.process.pid, *self.others):
            try:
                times = process.cpu_times()
            except psutil.NoSuchProcess:
                continue
            total += times.user + times.system + times.children_user + times.children_system
        return total

    def megabytes(self) -> float:
        """Memory that its processes hold now, what they share counted once (PSS)."""
        return _megabytes(self.process.pid, *self.others)


@dataclass(frozen=True)
class Work:
    """What a program took from beginning to end, its own start and the processes it started included."""

    seconds: float
    cpu_seconds: float
    megabytes: float  # the most that its processes held at one moment, what they share counted once


def run_watched(arguments: Sequence[str], environment: dict[str, str]) -> Work:
    """Run `python` with these arguments to its end. Raises `CalledProcessError` if it fails."""
    began = time.perf_counter()
    process = subprocess.Popen(
        (sys.executable, *arguments), env={**os.environ, **environment}, stdout=subprocess.DEVNULL
    )
    held = [0.0]
    while True:
        ended, status, usage = os.wait4(process.pid, os.WNOHANG)
        if ended:
            break
        held.append(_megabytes(process.pid))
        time.sleep(0.02)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, arguments)
    return Work(seconds, usage.ru_utime + usage.ru_stime, max(held))


def _megabytes(*pids: int) -> float:
    total = 0
    for process in _tree(*pids):
        try:
            total += process.memory_full_info().pss
        except psutil.NoSuchProcess:
            continue
    return total / 1e6


def _tree(*pids: int) -> list[psutil.Process]:
    found = []
    for pid in pids:
        parent = psutil.Process(pid)
        found += [parent, *parent.children(recursive=True)]
    return found


def free_port() -> int:
    """A port of the loopback that nobody holds at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(
    arguments: Sequence[str],
    *,
    port: int,
    environment: dict[str, str] | None = None,
    others: Sequence[int] = (),
) -> Iterator[Server]:
    """`python` with these arguments as a server on that port of the loopback, ended with the block."""
    process = subprocess.Popen(
        (sys.executable, *arguments),
        env={**os.environ, **(environment or {})},
        cwd=Path(__file__).parents[2],
        start_new_session=True,
    )
    server = Server(process, ("127.0.0.1", port), others)
    try:
        _wait_until_open(server)
        yield server
    finally:
        stop(process)


@contextmanager
def hello() -> Iterator[Server]:
    """The yardstick."""
    port = free_port()
    with serving((*HELLO, f"--bind=127.0.0.1:{port}"), port=port) as server:
        yield server


@contextmanager
def product(environment: dict[str, str], *, others: Sequence[int] = ()) -> Iterator[Server]:
    """The product's production server, as `eventsapp serve` starts it."""
    port = free_port()
    with serving(
        ("-m", "eventsapp.cli", "serve", f"--port={port}"), port=port, environment=environment, others=others
    ) as server:
        yield server


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ask the process's group to end; make it end when it does not."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, number)
        except ProcessLookupError:
            break
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            continue
    process.wait()


def _wait_until_open(server: Server) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if server.process.poll() is not None:
            raise RuntimeError(f"the server ended with {server.process.returncode} before it listened")
        try:
            socket.create_connection(server.address, timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(f"the server accepted no connection within {PATIENCE:.0f} seconds")
