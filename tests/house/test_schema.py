"""What the migrations build is what the models say, on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import CheckConstraint, func, inspect, select

from eventsapp import create_app
from eventsapp.core import clock
from eventsapp.core.config import Settings
from eventsapp.core.db import db, transaction
from eventsapp.demo.load import TRUE_TUESDAY, load
from tests.support.databases import POSTGRESQL, SECRET, SQLITE


@pytest.fixture(params=[SQLITE, POSTGRESQL])
def bare(request: pytest.FixtureRequest, tmp_path: Path, worker_id: str) -> Iterator[Flask]:
    """The application on a database without a single table."""
    url = ""
    if request.param == POSTGRESQL:
        url = request.getfixturevalue("postgresql").create_database(f"bare_{worker_id}")
    app = create_app(Settings(instance=tmp_path, database_url=url, secret_key=SECRET))
    with app.app_context():
        yield app
        db.engine.dispose()


def test_migrated_schema_equals_the_models(bare: Flask) -> None:
    upgrade()
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_migrated_checks_are_those_of_the_models(bare: Flask) -> None:
    """What Alembic does not compare by itself."""
    upgrade()
    inspector = inspect(db.engine)
    stored = {
        (table, check["name"])
        for table in db.metadata.tables
        for check in inspector.get_check_constraints(table)
    }
    said = {
        (table.name, str(check.name))
        for table in db.metadata.tables.values()
        for check in table.constraints
        if isinstance(check, CheckConstraint)
    }
    assert stored == said


def test_migrations_run_down_to_nothing_and_up_again(bare: Flask) -> None:
    upgrade()
    downgrade(revision="base")
    assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
    upgrade()
    assert set(inspect(db.engine).get_table_names()) >= set(db.metadata.tables)


def test_migrations_keep_what_is_stored(bare: Flask) -> None:
    """Down to the release before and up again, with the demonstration's rows."""
    upgrade()
    with transaction():
        load(TRUE_TUESDAY, password_hash="", now=clock.now())
    before = _stored()
    downgrade(revision="0001")
    known = set(inspect(db.engine).get_table_names())
    upgrade()
    assert before["guest"] > 0
    assert _of(_stored(), known) == _of(before, known)


def _of(counts: dict[str, int], tables: set[str]) -> dict[str, int]:
    return {table: count for table, count in counts.items() if table in tables}


def _stored() -> dict[str, int]:
    with db.engine.connect() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in db.metadata.sorted_tables
        }
