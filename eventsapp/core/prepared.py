"""Queries whose text is made once, for the few that are asked a thousand times a second.

SQLAlchemy decides anew each time how a statement's lists and columns are to be handed over, which costs more
than a small query itself. What it decides is kept here for each database and each length of the lists.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Dialect, Select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import TypeEngine

Convert = Callable[[Any], Any]

_LONGEST_FILLED = 1024


class _Made(NamedTuple):
    """A text for one length of each list, and what is done to the values that go in and come out."""

    text: str
    places: Mapping[str, Sequence[str]]  # the parameters in which a list's values go
    order: Sequence[str] | None  # of the parameters, where they have no names
    going_in: Mapping[str, Convert | None]
    coming_out: Sequence[tuple[int, Convert]]


class Query:
    """A SELECT whose only parameters are lists, each an expanding `bindparam`."""

    def __init__(self, select: Select[*tuple[Any, ...]]) -> None:
        self._select = select
        self._row: Any = namedtuple("Row", select.selected_columns.keys())  # type: ignore[misc]
        self._made = lru_cache(maxsize=128)(self._make)

    def rows(self, connection: Connection, **lists: Sequence[Any]) -> list[Any]:
        """The rows as named tuples. Raises what `connection.execute` would."""
        filled = {name: _filled(values) for name, values in lists.items()}
        made = self._made(connection.dialect, tuple((name, len(values)) for name, values in filled.items()))
        given = {
            place: convert(value) if (convert := made.going_in[name]) else value
            for name, values in filled.items()
            for place, value in zip(made.places[name], values, strict=True)
        }
        parameters: Any = given if made.order is None else tuple(given[place] for place in made.order)
        return [self._converted(row, made) for row in _fetched(connection, made.text, parameters)]

    def _converted(self, row: Sequence[Any], made: _Made) -> Any:
        values = list(row)
        for index, convert in made.coming_out:
            values[index] = convert(values[index])
        return self._row._make(values)

    def _make(self, dialect: Dialect, lengths: tuple[tuple[str, int], ...]) -> _Made:
        compiled = self._select.compile(dialect=dialect)
        expanded = compiled.construct_expanded_state({name: [None] * length for name, length in lengths})
        columns = enumerate(_as_on(dialect, column.type) for column in self._select.selected_columns)
        found = ((index, kind.result_processor(dialect, None)) for index, kind in columns)
        return _Made(
            expanded.statement,
            expanded.parameter_expansion,
            expanded.positiontup,
            {name: _as_on(dialect, compiled.binds[name].type).bind_processor(dialect) for name, _ in lengths},
            [(index, convert) for index, convert in found if convert],
        )


def _fetched(connection: Connection, text: str, parameters: Any) -> Sequence[Sequence[Any]]:
    dialect = connection.dialect
    theirs = dialect.loaded_dbapi.Error
    try:
        with closing(connection.connection.cursor()) as cursor:
            connection.dispatch.before_cursor_execute(connection, cursor, text, parameters, None, False)
            cursor.execute(text, parameters)
            return cursor.fetchall()
    except theirs as error:
        raise DBAPIError.instance(text, parameters, error, theirs, dialect=dialect) from error


def _as_on(dialect: Dialect, kind: TypeEngine[Any]) -> TypeEngine[Any]:
    return kind.dialect_impl(dialect)


def _filled(values: Sequence[Any]) -> Sequence[Any]:
    """The values up to the next power of two, the last one repeated: few lengths make few texts."""
    if len(values) > _LONGEST_FILLED:
        return values
    missing = (1 << (len(values) - 1).bit_length()) - len(values)
    return [*values, *[*values[-1:]] * missing]
