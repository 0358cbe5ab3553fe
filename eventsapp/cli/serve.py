"""`serve`, `worker`, and `run`, which is both at once on one machine."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import click
from granian import Granian
from granian.constants import Interfaces

from eventsapp.cli import welcome
from eventsapp.core.config import Settings

# Threads wait for the one writer or for the network most of the time, and share one interpreter.
THREADS = 32
GRACE = 10.0  # seconds a process may take to finish what it is doing

Children = dict[str, subprocess.Popen[bytes]]


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", default=8000, show_default=True, envvar="PORT", type=click.IntRange(1, 65535))
@click.option("--workers", type=click.IntRange(1), help="Processes; PostgreSQL only. [default: one a core]")
@click.option(
    "--threads", default=THREADS, show_default=True, type=click.IntRange(1), help="Threads a process."
)
def serve(host: str, port: int, workers: int | None, threads: int) -> None:
    """The production server.

    On SQLite it is one process with threads, because one writer at a time is all that SQLite knows.
    """
    settings = Settings()
    if settings.is_sqlite and (workers or 1) > 1:
        raise click.BadParameter("several processes need PostgreSQL", param_hint="--workers")
    Granian(
        "eventsapp:create_app",
        factory=True,
        interface=Interfaces.WSGI,
        address=host,
        port=port,
        workers=1 if settings.is_sqlite else workers or os.cpu_count() or 1,
        blocking_threads=threads,
        log_level="warning",  # type: ignore[arg-type]
    ).serve()


@click.command()
def worker() -> None:
    """Sends mail and does jobs, until it is told to end."""
    from eventsapp import create_app
    from eventsapp.jobs.worker import work

    app = create_app()
    with _told_to_end() as ending, app.app_context():
        work(ending)


@click.command()
@click.option("--port", default=8000, show_default=True, envvar="PORT", type=click.IntRange(1, 65535))
def run(port: int) -> None:
    """All of it on this machine: database, demonstration data on first use, server and worker."""
    base_url = os.environ.setdefault("EVENTSAPP_BASE_URL", f"http://127.0.0.1:{port}")
    settings = Settings()
    _must("db", "upgrade")
    if not welcome.is_written(settings.instance):
        _must("demo")
    children: Children = {}
    with _told_to_end() as ending:
        try:
            children["server"] = _start("serve", f"--port={port}")
            children["worker"] = _start("worker")
            click.echo(welcome.text(settings.instance, base_url))
            ended = _first_to_end(children, ending)
        finally:
            _end(children.values())
    if ended:
        raise click.ClickException(f"The {ended} ended by itself (see above), so everything was stopped.")


def _must(*arguments: str) -> None:
    done = subprocess.run((sys.executable, "-m", "eventsapp.cli", *arguments), check=False)  # noqa: S603 -- ourselves
    if done.returncode:
        raise click.exceptions.Exit(done.returncode)


def _start(*arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen((sys.executable, "-m", "eventsapp.cli", *arguments))  # noqa: S603 -- ourselves


@contextmanager
def _told_to_end() -> Iterator[threading.Event]:
    """An event that Ctrl-C or a request to end sets, in place of an exception anywhere in the work."""
    ending = threading.Event()
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    for number in before:
        signal.signal(number, lambda *_: ending.set())
    try:
        yield ending
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _first_to_end(children: Children, ending: threading.Event) -> str | None:
    """Wait; the name of a process that ended by itself, or None when we were told to end."""
    while not ending.wait(0.3):
        for name, process in children.items():
            if process.poll() is not None and not ending.is_set():
                return name
    return None


def _end(processes: Iterable[subprocess.Popen[bytes]]) -> None:
    for process in (running := [p for p in processes if p.poll() is None]):
        process.terminate()
    for process in running:
        try:
            process.wait(GRACE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
