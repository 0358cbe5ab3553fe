"""Real processes, as `make run` starts them."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
import pytest
from flask_migrate import upgrade

from eventsapp import create_app
from eventsapp.accounts.models import StaffUser
from eventsapp.cli import welcome
from eventsapp.cli.welcome import Beginning
from eventsapp.core.config import Settings
from eventsapp.core.db import db, transaction
from tests.bench.load import drive, request
from tests.bench.servers import free_port

PATIENCE = 60.0


@contextmanager
def running(instance: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """`eventsapp …` as a process on that instance folder; what it says is in its pipes."""
    process = subprocess.Popen(
        (sys.executable, "-m", "eventsapp.cli", *arguments),
        env={**os.environ, "EVENTSAPP_INSTANCE": str(instance)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.terminate()
        process.communicate(timeout=PATIENCE)


@cache
def begun() -> bytes:
    """A database in which somebody has begun: `run` loads no demonstration into it."""
    with TemporaryDirectory() as folder:
        settings = Settings(instance=Path(folder))
        with create_app(settings).app_context():
            upgrade()
            with transaction() as session:
                session.add(StaffUser(email="somebody@city.example", password_hash="unused"))
            db.engine.dispose()
        return Path(settings.sqlalchemy_url.removeprefix("sqlite:///")).read_bytes()


@contextmanager
def installation(instance: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """`eventsapp run` once it has said where to begin; the process and its port."""
    port = free_port()
    (instance / "eventsapp.sqlite3").write_bytes(begun())
    welcome.write(instance, [Beginning("Guest", "/i/token")])
    with running(instance, "run", f"--port={port}") as process:
        assert process.stdout is not None
        impatient = threading.Timer(PATIENCE, process.kill)
        impatient.start()
        assert any("/i/token" in line for line in process.stdout)
        impatient.cancel()
        yield process, port


def children(process: subprocess.Popen[str]) -> dict[str, psutil.Process]:
    """The server and the worker by name."""
    found = psutil.Process(process.pid).children()
    return {name: child for child in found for name in ("serve", "worker") if name in child.cmdline()}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_run_serves_pages_and_ends_both_processes_when_told_to(tmp_path: Path, number: int) -> None:
    with installation(tmp_path) as (process, port):
        outcome = drive(("127.0.0.1", port), [request("GET", "/")], callers=1, seconds=PATIENCE)
        assert (outcome.answered, outcome.errors) == (1, 0)
        started = children(process)
        assert set(started) == {"serve", "worker"}
        process.send_signal(number)
        assert process.wait(PATIENCE) == 0
        assert not any(child.is_running() for child in started.values())


@pytest.mark.parametrize("victim", ["serve", "worker"])
def test_run_ends_loudly_when_one_process_dies(tmp_path: Path, victim: str) -> None:
    with installation(tmp_path) as (process, _):
        started = children(process)
        started[victim].kill()
        _, said = process.communicate(timeout=PATIENCE)
        assert process.returncode == 1
        assert "ended by itself, so everything was stopped." in said
        assert not any(child.is_running() for child in started.values())


def test_second_server_at_one_address_is_refused_in_one_sentence(tmp_path: Path) -> None:
    with installation(tmp_path) as (_, port), running(tmp_path, "serve", f"--port={port}") as second:
        _, said = second.communicate(timeout=PATIENCE)
        assert second.returncode == 1
        assert f"Cannot listen at 127.0.0.1, port {port}" in said
        assert said.count("\n") == 1


def test_worker_finishes_and_ends_when_told_to(tmp_path: Path) -> None:
    with running(tmp_path, "worker") as process:
        _wait_until_it_minds(process.pid, signal.SIGTERM)
        process.terminate()
        assert process.wait(PATIENCE) == 0


def _wait_until_it_minds(pid: int, number: signal.Signals) -> None:
    """Until the process has a handler of its own for that signal."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
        caught = int(status.split("SigCgt:")[1].split()[0], 16)
        if caught & (1 << (number - 1)):
            return
        time.sleep(0.05)
    raise TimeoutError(f"process {pid} took no notice of {number.name}")
