"""Addresses that machines ask for."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from eventsapp.core.db import db
from eventsapp.web import health
from tests.support.clients import Client


def _stamp(app: Flask, revision: str | None) -> None:
    with app.app_context():
        db.session.execute(text("CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32))"))
        db.session.execute(text("DELETE FROM alembic_version"))
        if revision:
            db.session.execute(text("INSERT INTO alembic_version VALUES (:found)"), {"found": revision})
        db.session.commit()


@pytest.fixture
def migrated(app: Flask) -> Iterator[None]:
    """A database that says it is of the newest schema."""
    _stamp(app, health.newest_revision())
    yield
    with app.app_context():
        db.session.execute(text("DROP TABLE alembic_version"))
        db.session.commit()


def test_alive_asks_nothing_of_the_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db.session, "connection", _away)
    assert client.get("/healthz").status_code == 200


def test_ready_with_the_newest_schema(client: Client, migrated: None) -> None:
    assert client.get("/readyz").status_code == 200


def test_not_ready_with_another_schema(app: Flask, client: Client, migrated: None) -> None:
    _stamp(app, "0000")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")


def test_not_ready_without_a_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db.session, "connection", _away)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")


def _away(*_: object, **__: object) -> None:
    raise OperationalError("SELECT 1", {}, ConnectionError())


def test_robots_may_read_public_pages_alone(client: Client) -> None:
    rules = client.get("/robots.txt").text.splitlines()
    assert "User-agent: *" in rules
    assert {"Disallow: /organise/", "Disallow: /i/", "Disallow: /my/"} <= set(rules)
    assert "Disallow: /" not in rules


def test_icon_is_found_at_the_old_place(client: Client) -> None:
    answer = client.get("/favicon.ico")
    assert answer.status_code == 308
    assert client.get(answer.location, buffered=True).mimetype == "image/svg+xml"
