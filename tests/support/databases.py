"""The two databases every test that stores something runs on, emptied fast between tests.

Code under test really commits, from threads too, so nothing is wrapped in a transaction that is rolled
back. SQLite starts each test from a copy of a file that holds the empty schema; on PostgreSQL the rows
that a test left are deleted in one round trip, triggers and foreign keys switched off meanwhile.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from flask_migrate import stamp
from sqlalchemy import Engine

from eventsapp.core.config import Settings
from eventsapp.core.db import db

SQLITE, POSTGRESQL = "sqlite", "postgresql"
SECRET = "a secret for tests, long enough to be one"


@dataclass(frozen=True)
class Database:
    """One of the two, and the application that uses it."""

    kind: str
    app: Flask

    @property
    def url(self) -> str:
        """Its SQLAlchemy address, for processes that a test starts."""
        return self.settings.sqlalchemy_url

    @property
    def settings(self) -> Settings:
        """The application's settings."""
        settings = self.app.extensions["settings"]
        assert isinstance(settings, Settings)
        return settings

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs to be the same installation."""
        return {
            "EVENTSAPP_DATABASE_URL": self.url,
            "EVENTSAPP_INSTANCE": str(self.settings.instance),
            "EVENTSAPP_SECRET_KEY": self.settings.secret,
            "EVENTSAPP_BASE_URL": self.settings.base_url,
        }

    def create(self) -> None:
        """Make the schema, as new as the newest migration; called once."""
        with self.app.app_context():
            db.create_all()
            stamp()
            if self.kind == SQLITE:
                _close_file(db.engine)
                shutil.copyfile(self._file, self._template)

    def empty(self) -> None:
        """As if nothing had ever been stored, files in the instance folder included."""
        with self.app.app_context():
            if self.kind == SQLITE:
                self._empty_file(db.engine)
            else:
                _delete_rows(db.engine)
        shutil.rmtree(self.settings.outbox, ignore_errors=True)
        (self.settings.instance / "welcome.json").unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of all connections."""
        with self.app.app_context():
            db.engine.dispose()

    @property
    def _file(self) -> Path:
        return Path(self.url.removeprefix("sqlite:///"))

    @property
    def _template(self) -> Path:
        return self._file.with_suffix(".empty")

    def _empty_file(self, engine: Engine) -> None:
        engine.dispose()
        for suffix in ("-wal", "-shm"):
            self._file.with_name(self._file.name + suffix).unlink(missing_ok=True)
        shutil.copyfile(self._template, self._file)


def _close_file(engine: Engine) -> None:
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()


def _delete_rows(engine: Engine) -> None:
    deletes = "; ".join(f'DELETE FROM "{table.name}"' for table in db.metadata.sorted_tables)  # noqa: S608 -- our own names
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "SET LOCAL lock_timeout = '5s'; SET LOCAL session_replication_role = replica"
        )
        connection.exec_driver_sql(deletes)
