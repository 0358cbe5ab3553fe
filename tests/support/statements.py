"""Counting what is asked of the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from eventsapp.core.db import db


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    """The statements that are executed inside, in their order; beginnings of transactions left out."""
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            found.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", note)


def statements_for(app: Flask, client: FlaskClient, path: str) -> int:
    """How many statements a page costs; the page must be there."""
    with counted(app) as found:
        answer = client.get(path)
    assert answer.status_code == 200, answer.status
    return len(found)
