"""Alembic's environment: the application's own engine and metadata; SQLite is altered in batches."""

from alembic import context
from flask import current_app

from eventsapp.core.db import db

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
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


_run()
