"""Fixtures of all tests; what they are made of stands in `tests/support/`.

`--database sqlite` (or `postgresql`) runs the tests that store something on that database alone. With
`EVENTSAPP_TEST_NO_SKIP=1` a skipped test is a failed one.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import scoped_session

from eventsapp import create_app
from eventsapp.access.permissions import Role
from eventsapp.core.config import Settings
from eventsapp.core.db import db
from eventsapp.events.models import Event
from eventsapp.web import responses
from tests.factories.accounts import make_staff, sign_in
from tests.support import browsers, clocks
from tests.support.clients import Client, Runner
from tests.support.databases import POSTGRESQL, SECRET, SQLITE, Database
from tests.support.postgresql import PostgreSQL

RUN_FOLDER = "EVENTSAPP_TEST_RUN_FOLDER"
NO_SKIP = "EVENTSAPP_TEST_NO_SKIP"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=(SQLITE, POSTGRESQL), help="run on this database alone")


def pytest_configure(config: pytest.Config) -> None:
    """One folder for the whole run, in memory where the system has such a place."""
    if RUN_FOLDER in os.environ:
        return
    memory = Path("/dev/shm")  # noqa: S108 -- a folder of its own with a random name is made there
    place = memory if os.access(memory, os.W_OK) else None
    folder = tempfile.mkdtemp(prefix="eventsapp-tests-", dir=place)
    Path(folder).chmod(0o755)  # PostgreSQL may run as a user of its own
    os.environ[RUN_FOLDER] = folder
    config.add_cleanup(lambda: _forget(folder))


def _forget(folder: str) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    os.environ.pop(RUN_FOLDER, None)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    only = config.getoption("--database")
    if only:
        other = {SQLITE: POSTGRESQL, POSTGRESQL: SQLITE}[only]
        dropped = [item for item in items if _kind(item) == other]
        items[:] = [item for item in items if _kind(item) != other]
        config.hook.pytest_deselected(items=dropped)
    if browsers.find() is None:
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason="no browser on this machine"))


def _kind(item: pytest.Item) -> str | None:
    call = getattr(item, "callspec", None)
    return call.params.get("database") if call else None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report: Any = yield
    return _not_skipped(report)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Iterator[None]:
    report: Any = yield
    return _not_skipped(report)


def _not_skipped(report: Any) -> Any:
    if report.skipped and os.environ.get(NO_SKIP) and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped where nothing may be skipped: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def run_folder(worker_id: str) -> Path:
    """A folder of this test process, gone after the run."""
    folder = Path(os.environ[RUN_FOLDER]) / worker_id
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    """The PostgreSQL server of this run."""
    server = PostgreSQL(Path(os.environ[RUN_FOLDER]) / "postgresql")
    yield server
    server.stop()


@pytest.fixture(scope="session")
def databases(
    run_folder: Path, worker_id: str, request: pytest.FixtureRequest
) -> Iterator[Callable[[str], Database]]:
    """Each database with its application, made when first asked for."""
    made: dict[str, Database] = {}

    def database_of(kind: str) -> Database:
        if kind not in made:
            folder = run_folder / kind
            url = (
                f"sqlite:///{folder / 'test.sqlite3'}"
                if kind == SQLITE
                else request.getfixturevalue("postgresql").create_database(f"tests_{worker_id}")
            )
            made[kind] = Database(kind, _application(folder, url))
            made[kind].create()
        return made[kind]

    yield database_of
    for database in made.values():
        database.close()


def _application(instance: Path, url: str) -> Flask:
    app = create_app(Settings(instance=instance, database_url=url, secret_key=SECRET))
    # tests/house/ posts without a token to every address, with this switched on
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    app.test_client_class = Client
    return app


@pytest.fixture(params=[SQLITE, POSTGRESQL])
def database(request: pytest.FixtureRequest, databases: Callable[[str], Database]) -> Database:
    """An empty database; every test that asks for it, or for anything below, runs on both kinds."""
    database = databases(request.param)
    database.empty()
    responses.init_app(database.app)  # bodies kept for another test's content
    return database


@pytest.fixture
def app(database: Database) -> Flask:
    """The application on an empty database. Shared between tests: change nothing on it."""
    return database.app


@pytest.fixture
def db_session(app: Flask) -> Iterator[scoped_session[Any]]:
    """The session of an application context that stays open for the test."""
    with app.app_context():
        yield db.session


@pytest.fixture
def client(app: Flask) -> Client:
    """A visitor who is nobody yet. Another one: `app.test_client()`."""
    client = app.test_client()
    assert isinstance(client, Client)
    return client


@pytest.fixture
def staff(app: Flask, db_session: scoped_session[Any]) -> Callable[..., Client]:
    """Signed-in browsers: `staff()` an administrator's, `staff(role=Role.DOOR, event=event)` a colleague's.

    Keywords as in `make_staff`; each call is another person.
    """
    made: list[str] = []

    def browser(role: Role | str | None = None, event: Event | None = None, **given: Any) -> Client:
        given.setdefault("email", f"colleague{len(made)}@example.org")
        given.setdefault("administrator", role is None)
        made.append(given["email"])
        client = app.test_client()
        assert isinstance(client, Client)
        return sign_in(client, make_staff(role=role, event=event, **given))

    return browser


@pytest.fixture
def runner(app: Flask) -> Runner:
    """The command line: `runner("user", "add", …)`."""
    return Runner(app)


@pytest.fixture
def now() -> datetime:
    """An instant to hand to services: a Tuesday, 10:00 in Taipei."""
    return datetime(2026, 5, 12, 2, 0, tzinfo=UTC)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, now: datetime) -> clocks.Clock:
    """The program's clock, standing at `now` until `clock.forward(hours=1)`."""
    return clocks.stop(monkeypatch, now)


@pytest.fixture
def csrf(app: Flask) -> Iterator[None]:
    """Forms want their token, as in life; tests do without unless they ask for this."""
    app.config["WTF_CSRF_ENABLED"] = True
    yield
    app.config["WTF_CSRF_ENABLED"] = False
