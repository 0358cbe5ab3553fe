"""Queries whose text is made once: the same rows, whatever the lists."""

from typing import Any

import pytest
from sqlalchemy import Select, bindparam, column, or_, select, table
from sqlalchemy.exc import DBAPIError

from eventsapp.core.db import db
from eventsapp.core.prepared import Query
from eventsapp.events.models import Event
from tests.factories.events import make_event

_SELECT = select(Event.id, Event.title, Event.state, Event.starts_at).order_by(Event.id)
_IDS = Event.id.in_(bindparam("ids", expanding=True))
_SLUGS = Event.slug.in_(bindparam("slugs", expanding=True))


@pytest.mark.parametrize("strangers", [0, 1, 2, 5, 1500])
def test_rows_are_those_of_the_select(db_session: Any, strangers: int) -> None:
    events = [make_event(f"Event {number}") for number in range(3)]
    wanted = [*(event.id for event in events[:2]), *range(10_000, 10_000 + strangers)]
    connection = db.session.connection()
    found = Query(_SELECT.where(_IDS)).rows(connection, ids=wanted)
    assert found == [tuple(row) for row in connection.execute(_SELECT.where(_IDS), {"ids": wanted})]
    assert [(row.id, row.title) for row in found] == [(event.id, event.title) for event in events[:2]]


def test_empty_list_finds_nothing(db_session: Any) -> None:
    event = make_event()
    query = Query(_SELECT.where(or_(_IDS, _SLUGS)))
    assert query.rows(db.session.connection(), ids=[], slugs=[]) == []
    assert [row.id for row in query.rows(db.session.connection(), ids=[], slugs=[event.slug])] == [event.id]


def test_refusal_of_the_driver_is_told_as_sqlalchemy_tells_it(db_session: Any) -> None:
    is_one_of = column("x").in_(bindparam("xs", expanding=True))
    nowhere: Select[Any] = select(column("x")).select_from(table("nowhere")).where(is_one_of)
    with pytest.raises(DBAPIError, match="nowhere"):
        Query(nowhere).rows(db.session.connection(), xs=[1])
