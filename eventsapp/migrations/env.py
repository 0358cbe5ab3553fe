"""Alembic's environment: the application's own engine and metadata; SQLite is altered in batches."""

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from eventsapp.core.db import db, is_sqlite

context.config.attributes.setdefault("configure_logger", False)


def _run() -> None:
    if context.is_offline_mode():
        context.configure(
            url=str(db.engine.url), target_metadata=db.metadata, literal_binds=True, render_as_batch=True
        )
        with context.begin_transaction():
            context.run_migrations()
        return
    with db.engine.connect() as connection:
        # SQLite alters a table by making it anew, and dropping the old one would empty what refers to it.
        on_sqlite = is_sqlite(connection)
        if on_sqlite:
            _set_foreign_keys(connection, "OFF")
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()
            if on_sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise RuntimeError("this migration leaves rows that refer to nothing")
        connection.commit()
        if on_sqlite:
            _set_foreign_keys(connection, "ON")


def _set_foreign_keys(connection: Connection, state: str) -> None:
    """Past SQLAlchemy: SQLite takes no notice of it inside a transaction."""
    connection.connection.cursor().execute(f"PRAGMA foreign_keys={state}")


_run()
