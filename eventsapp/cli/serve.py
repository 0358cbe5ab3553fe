"""`serve` and `worker`: the two processes of an installation."""

import os
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import click
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from eventsapp.core.config import Settings

# Threads wait for the one writer or for the network most of the time, and share one interpreter.
THREADS = 32
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

port_option = click.option(
    "--port",
    default=8000,
    show_default=True,
    envvar="PORT",
    type=click.IntRange(1, 65535),
    help="Also PORT=…",
)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@port_option
@click.option("--workers", type=click.IntRange(1), help="Processes; PostgreSQL only. [default: one a core]")
@click.option("--threads", default=THREADS, show_default=True, type=click.IntRange(1), help="Threads each.")
def serve(host: str, port: int, workers: int | None, threads: int) -> None:
    """The production server.

    On SQLite it is one process with threads, because one writer at a time is all that SQLite knows.
    """
    settings = Settings()
    if settings.is_sqlite and (workers or 1) > 1:
        raise click.BadParameter("several processes need PostgreSQL", param_hint="--workers")
    refuse_taken(host, port)
    Granian(
        "eventsapp:create_app",
        factory=True,
        interface=Interfaces.WSGI,
        address=host,
        port=port,
        workers=1 if settings.is_sqlite else workers or os.cpu_count() or 1,
        blocking_threads=threads,
        log_level=LogLevels.error,
    ).serve()


@click.command()
@click.option("--threads", type=click.IntRange(1), help="Messages and jobs at the same time. [default: 4]")
def worker(threads: int | None) -> None:
    """Sends mail and does jobs, until it is told to end.

    As many as are wanted may run, on as many machines: they share the work.
    """
    from eventsapp import create_app
    from eventsapp.jobs.worker import THREADS, work

    app = create_app()
    with told_to_end() as ending, app.app_context():
        work(ending, threads or THREADS)


def refuse_taken(host: str, port: int) -> None:
    """One sentence, where the server itself would show its insides."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            reason = error.strerror or str(error)
            raise click.ClickException(
                f"Cannot listen at {host}, port {port}: {reason}. PORT=… names another."
            ) from error


@contextmanager
def told_to_end() -> Iterator[threading.Event]:
    """An event that Ctrl-C, a closed terminal or a request to end sets, wherever the work stands then."""
    ending = threading.Event()
    before = {number: signal.getsignal(number) for number in ENDINGS}
    for number in before:
        signal.signal(number, lambda *_: ending.set())
    try:
        yield ending
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
