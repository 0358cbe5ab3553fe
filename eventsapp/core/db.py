"""The database: column types, SQLite and PostgreSQL set-up, transactions, violated constraints.

All differences between the two databases live here.

* SQLite runs in WAL with `synchronous=FULL` (an acknowledged write survives a power cut), foreign
  keys on, and one writer at a time: writers queue on a lock in the process and begin IMMEDIATE,
  because a deferred transaction that reads and then writes dies with "database is locked" under load.
* PostgreSQL runs in READ COMMITTED; seats and admissions rest on conditional UPDATEs and UNIQUE
  constraints, never on what was read before.
"""

import enum
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Dialect,
    Enum,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    event,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, registry
from sqlalchemy.types import TypeDecorator

from eventsapp.core import clock
from eventsapp.core.config import Settings
from eventsapp.core.errors import Unavailable
from eventsapp.core.text import N_
from eventsapp.core.turns import Turns

WRITER_WAIT = 5.0  # seconds a writer waits for its turn before it is told to come back


class UTCDateTime(TypeDecorator[datetime]):
    """An instant: aware in, aware UTC out. A naive value is a programming error and refused."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        return dialect.type_descriptor(DateTime(timezone=dialect.name == "postgresql"))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise TypeError("an instant must carry its zone")
        value = value.astimezone(UTC)
        return value if dialect.name == "postgresql" else value.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


class LocalDateTime(TypeDecorator[datetime]):
    """A wall-clock time, naive, as it was entered; the zone stands in a column beside it."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is not None and value.tzinfo is not None:
            raise TypeError("a local time must not carry a zone")
        return value


Json = JSON().with_variant(JSONB(), "postgresql")
# Identity columns: 64 bits on PostgreSQL; SQLite autoincrements only its own INTEGER.
BigId = BigInteger().with_variant(Integer(), "sqlite")

LanguageMap = dict[str, str]
"""A text in several languages: BCP 47 tag → text."""


class Base(DeclarativeBase):
    """Names every constraint, so that a violation can be told by name on both databases."""

    registry = registry(
        metadata=MetaData(
            naming_convention={
                "ix": "ix_%(table_name)s_%(column_0_N_name)s",
                "uq": "uq_%(table_name)s_%(column_0_N_name)s",
                "ck": "ck_%(table_name)s_%(constraint_name)s",
                "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
                "pk": "pk_%(table_name)s",
            }
        ),
        type_annotation_map={
            datetime: UTCDateTime(),
            dict[str, str]: Json,
            list[str]: Json,
            dict[str, Any]: Json,
            str: String(300),
            enum.Enum: Enum(
                enum.Enum,
                native_enum=False,
                create_constraint=True,
                length=32,
                values_callable=lambda members: [member.value for member in members],
            ),
        },
    )


db = SQLAlchemy(model_class=Base, session_options={"autoflush": True})

if TYPE_CHECKING:

    class Model(Base):
        """A table of this program."""

        __abstract__ = True
else:
    Model = db.Model


class Identified:
    """Rows with an id of their own; it never leaves the program (addresses carry public codes)."""

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)


class Stamped:
    """Rows that know when they were made."""

    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class Content:
    """Marks tables whose rows guests read on pages and in calendars.

    A transaction that changes one raises the content version by one, which is how cached pages and
    calendars on every server learn, with one small query, that they are out of date.
    """


class ContentVersion(Model):
    """One row: the number of transactions that have changed what guests read."""

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    value: Mapped[int] = mapped_column(BigInteger, default=0)


def content_version() -> int:
    """The present content version (one query).

    Asked past session and SQLAlchemy, which cost ten times as much: a kept page asks nothing else.
    """
    with closing(db.engine.raw_connection()) as connection, closing(connection.cursor()) as cursor:
        cursor.execute("SELECT value FROM content_version")
        row = cursor.fetchone()
    return int(row[0]) if row else 0


_writer = Turns()
Ending = TypeVar("Ending", bound=Callable[[], None])


@contextmanager
def transaction() -> Iterator[Session]:
    """One write transaction: everything inside is stored together when the block ends, or nothing.

    Opened by entry points only (view, API call, command, job). What was read before is read anew
    inside, so a decision never rests on a stale row. Raises `Unavailable` when the database stays
    busy for longer than a person would wait.
    """
    session = cast(Session, db.session())
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("rows were changed outside transaction()")
    if session.info.get("writing"):
        raise RuntimeError("transactions do not nest")
    session.rollback()
    with _turn_to_write(session.get_bind()):
        session.info["writing"] = True
        try:
            _begin_write(session)
            yield session
            session.flush()
            for finish in session.info.pop("endings", {}).values():
                finish()
            _raise_content_version(session)
            session.commit()
        except BaseException:
            session.rollback()
            raise
        finally:
            for noted in ("writing", "content_changed", "endings"):
                session.info.pop(noted, None)


def at_end(make: Callable[[], Ending]) -> Ending | None:
    """What is called once, last in the transaction that writes now; None where none does.

    `make` makes it when it is first asked for. For what can be written at once for all deeds of a
    transaction, and for rows where others queue.
    """
    session = cast(Session, db.session())
    if not session.info.get("writing"):
        return None
    endings: dict[Callable[[], Any], Any] = session.info.setdefault("endings", {})
    return cast(Ending, endings.setdefault(make, make()))


def _begin_write(session: Session) -> None:
    try:
        session.connection(execution_options={"writing": True})
    except OperationalError as error:
        raise Unavailable(N_("The database is busy. Please try again in a moment.")) from error


@contextmanager
def writing() -> Iterator[Connection]:
    """`transaction()` without a session, which costs as much as three statements: for rows written by Core.

    Not for what guests read: the content version stays as it is. Raises `Unavailable` likewise.
    """
    if db.session.registry.has():
        db.session.rollback()  # its connection goes back: nobody holds two
    with _turn_to_write(db.engine), db.engine.connect() as connection:
        try:
            begun = connection.execution_options(writing=True).begin()
        except OperationalError as error:
            raise Unavailable(N_("The database is busy. Please try again in a moment.")) from error
        with begun:
            yield connection


@contextmanager
def _turn_to_write(bind: Engine | Connection) -> Iterator[None]:
    if not is_sqlite(bind):
        yield
        return
    if not _writer.take(WRITER_WAIT):
        raise Unavailable(N_("The database is busy. Please try again in a moment."))
    try:
        yield
    finally:
        _writer.give()


def content_changed(session: Session) -> None:
    """Say that this transaction changes what guests read, where it is written past the ORM."""
    session.info["content_changed"] = True


@event.listens_for(Session, "before_flush")
def _note_content(session: Session, *_: object) -> None:
    if any(isinstance(row, Content) for row in (*session.new, *session.deleted)) or any(
        isinstance(row, Content) and session.is_modified(row) for row in session.dirty
    ):
        content_changed(session)


def _raise_content_version(session: Session) -> None:
    # Last in the transaction: on PostgreSQL this row is where all editors queue.
    if session.info.get("content_changed"):
        table = ContentVersion.__table__
        raised = session.execute(db.update(table).values(value=table.c.value + 1))
        if not raised.rowcount:  # type: ignore[attr-defined]
            session.execute(db.insert(table).values(id=1, value=1))


def violated(error: IntegrityError, constraint: str) -> bool:
    """Whether that named constraint is what the database refused (`uq_…`, `ck_…` or `fk_…`)."""
    diagnostic = getattr(error.orig, "diag", None)
    if diagnostic is not None:
        return bool(diagnostic.constraint_name == constraint)
    text = str(error.orig)
    if constraint in text:  # SQLite names CHECK constraints
        return True
    return text.removeprefix("UNIQUE constraint failed: ") in _unique_columns(constraint)


def _unique_columns(constraint: str) -> set[str]:
    """How SQLite names a violated unique constraint or index: its columns."""
    columns: set[str] = set()
    for table in Base.metadata.tables.values():
        uniques: list[UniqueConstraint | Index] = [index for index in table.indexes if index.unique]
        uniques += [found for found in table.constraints if isinstance(found, UniqueConstraint)]
        for unique in uniques:
            if unique.name == constraint:
                columns.add(", ".join(f"{table.name}.{column.name}" for column in unique.columns))
    return columns


def engine_options(settings: Settings) -> dict[str, Any]:
    """Engine options of the configured database."""
    if settings.is_sqlite:
        # isolation_level None: the driver begins nothing by itself; `_begin` below does.
        return {
            "connect_args": {"isolation_level": None, "timeout": WRITER_WAIT},
            "pool_size": 32,
            "max_overflow": 32,
            # The connection that wrote last has the newest pages at hand; another would read them again.
            "pool_use_lifo": True,
        }
    return {"pool_size": 16, "max_overflow": 16, "pool_timeout": 5, "pool_pre_ping": True}


def init_app(app: Flask) -> None:
    """Bind the database to the application and prepare its engine."""
    db.init_app(app)
    with app.app_context():
        engine = db.engine
        if engine.dialect.name == "sqlite":
            _keep_private(engine.url.database)
            event.listen(engine, "connect", _prepare_sqlite)
            event.listen(engine, "begin", _begin)


def _keep_private(database: str | None) -> None:
    """Make a new file for its owner's eyes alone; SQLite gives the files beside it the same mode."""
    if database and Path(database).parent.is_dir():
        Path(database).touch(mode=0o600)


def _prepare_sqlite(connection: Any, _: object) -> None:
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={int(WRITER_WAIT * 1000)}",
        "cache_size=-32000",
        "temp_store=MEMORY",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def insert_new(bind: Engine | Connection, table: Table) -> Any:
    """An INSERT that leaves out rows which a unique constraint forbids; RETURNING tells which were new.

    The count of rows does not: psycopg gives -1.
    """
    dialect = sqlite if is_sqlite(bind) else postgresql
    return dialect.insert(table).on_conflict_do_nothing()


def is_sqlite(bind: Engine | Connection) -> bool:
    """Whether statements on this bind must be SQLite's."""
    return bind.dialect.name == "sqlite"
