"""`run`: the whole of it on one machine, as `make run` starts it."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterable
from contextlib import suppress

import click
from flask_migrate import upgrade

from eventsapp import create_app
from eventsapp.cli import welcome
from eventsapp.cli.serve import port_option, refuse_taken, told_to_end
from eventsapp.core.config import Settings
from eventsapp.demo import replay

GRACE = 10.0  # seconds a process may take to finish what it is doing
LOOK = 0.2  # seconds between two looks at the processes

Children = dict[str, subprocess.Popen[bytes]]


@click.command()
@port_option
def run(port: int) -> None:
    """Server and worker at once; on first use with the database and the demonstration data.

    Later starts move the demonstration to today, unless it was removed.

    Ctrl-C ends both. When one of them ends by itself, both are ended and it is said.
    """
    refuse_taken("127.0.0.1", port)
    base_url = os.environ.setdefault("EVENTSAPP_BASE_URL", f"http://127.0.0.1:{port}")
    settings = Settings()
    with create_app(settings).app_context():
        upgrade()
        wanted = replay.is_loaded() or replay.is_untouched() or not welcome.is_written(settings.instance)
    if wanted:
        _must("demo")
    children: Children = {}
    with told_to_end() as ending:
        try:
            children["server"] = _start("serve", f"--port={port}")
            children["worker"] = _start("worker")
            if _listens(port, children, ending):
                click.echo(welcome.text(settings.instance, base_url))
            ended = _first_to_end(children, ending)
        finally:
            _end(children.values())
    if ended:
        raise click.ClickException(f"The {ended} ended by itself, so everything was stopped.")


def _command(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "eventsapp.cli", *arguments)


def _must(*arguments: str) -> None:
    done = subprocess.run(_command(*arguments), check=False)  # noqa: S603 -- our own commands
    if done.returncode:
        raise click.exceptions.Exit(done.returncode)


def _start(*arguments: str) -> subprocess.Popen[bytes]:
    # In a group of its own, so that what it starts can be ended with it.
    return subprocess.Popen(_command(*arguments), process_group=0)  # noqa: S603 -- our own commands


def _listens(port: int, children: Children, ending: threading.Event) -> bool:
    """Wait until the server takes connections; False when something ended meanwhile."""
    while not ending.wait(LOOK) and not _ended(children):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            continue
        return True
    return False


def _ended(children: Children) -> str | None:
    return next((name for name, process in children.items() if process.poll() is not None), None)


def _first_to_end(children: Children, ending: threading.Event) -> str | None:
    """Wait; the name of a process that ended by itself, or None when we were told to end."""
    while not ending.wait(LOOK):
        if name := _ended(children):
            return name
    return None


def _end(processes: Iterable[subprocess.Popen[bytes]]) -> None:
    """Ask all to finish, then end whatever is left of them, children of a process that died included."""
    started = list(processes)
    for process in started:
        process.terminate()
    for process in started:
        with suppress(subprocess.TimeoutExpired):
            process.wait(GRACE)
    for process in started:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
