import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psutil
import pytest

from eventsapp.cli import welcome
from eventsapp.cli.welcome import Beginning
from tests.bench.load import drive, request
from tests.bench.servers import free_port
from tests.support.databases import Database

PATIENCE = 60.0


@contextmanager
def running(database: Database, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """`eventsapp …` as a process on that database; what it says is in its pipes."""
    process = subprocess.Popen(
        (sys.executable, "-m", "eventsapp.cli", *arguments),
        env={**os.environ, **database.environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@contextmanager
def installation(database: Database) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """`eventsapp run` once it has said where to begin; the process and its port."""
    port = free_port()
    welcome.write(database.settings.instance, [Beginning("Guest", "/i/token")])
    with running(database, "run", f"--port={port}") as process:
        assert process.stdout is not None
        lines = (process.stdout.readline() for _ in range(10))
        assert any("/i/token" in line for line in lines)
        yield process, port
        for child in psutil.Process(process.pid).children() if process.poll() is None else []:
            child.kill()


def children(process: subprocess.Popen[str]) -> dict[str, psutil.Process]:
    """The server and the worker by name."""
    found = psutil.Process(process.pid).children()
    return {name: child for child in found for name in ("serve", "worker") if name in child.cmdline()}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_run_serves_pages_and_ends_both_processes_when_interrupted(database: Database) -> None:
    with installation(database) as (process, port):
        outcome = drive(("127.0.0.1", port), [request("GET", "/")], callers=1, seconds=PATIENCE)
        assert outcome.answered == 1
        started = children(process)
        assert set(started) == {"serve", "worker"}
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 0
        assert not any(child.is_running() for child in started.values())


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("victim", ["serve", "worker"])
def test_run_ends_loudly_when_one_process_dies(database: Database, victim: str) -> None:
    with installation(database) as (process, _):
        started = children(process)
        started[victim].kill()
        _, said = process.communicate(timeout=PATIENCE)
        assert process.returncode == 1
        assert "ended by itself, so everything was stopped." in said
        assert not any(child.is_running() for child in started.values())


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_second_server_at_one_address_is_refused_in_one_sentence(database: Database) -> None:
    with installation(database) as (_, port), running(database, "serve", f"--port={port}") as second:
        _, said = second.communicate(timeout=PATIENCE)
        assert second.returncode == 1
        assert f"Cannot listen at 127.0.0.1, port {port}" in said
        assert said.count("\n") == 1


def test_worker_ends_when_told_to(database: Database) -> None:
    with running(database, "worker") as process:
        time.sleep(2)
        assert process.poll() is None
        process.terminate()
        assert process.wait(PATIENCE) == 0
