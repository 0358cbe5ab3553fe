"""Test clients that behave like separate visitors.

A test usually stands in an application context of its own, with rows just added to its session. A client
commits those, makes its request or runs its command in a fresh context, as the server would, and lets the
test read anew what is stored then.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from click.testing import CliRunner, Result
from flask import Flask, has_app_context
from flask.testing import FlaskClient

from eventsapp.cli.program import program
from eventsapp.core.db import db


@contextmanager
def elsewhere(app: Flask) -> Iterator[None]:
    """A fresh application context that sees what the test has stored."""
    mine = has_app_context()
    if mine:
        db.session.commit()
    with app.app_context():
        yield
    if mine:
        db.session.rollback()


class Client(FlaskClient):
    """A browser without a screen."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        with elsewhere(self.application):
            return super().open(*args, **kwargs)


class Runner:
    """The command line."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._program = program(lambda **_: app)

    def __call__(self, *arguments: str, input: str | None = None) -> Result:  # noqa: A002 -- click's name
        """Run `eventsapp` with these arguments; `.exit_code`, `.stdout`, `.stderr` tell what came of it."""
        with elsewhere(self._app):
            return CliRunner().invoke(self._program, list(arguments), input=input, prog_name="eventsapp")
