"""The ground that all other tests stand on."""

import threading
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import scoped_session

from eventsapp.core.clock import now as present
from eventsapp.core.db import ContentVersion, db, transaction
from tests.support.clients import Client, Runner
from tests.support.clocks import Clock


@pytest.mark.parametrize("turn", [1, 2])
def test_rows_stored_by_one_test_are_unknown_to_the_next(app: Flask, turn: int) -> None:
    with app.app_context():
        assert db.session.get(ContentVersion, 1) is None
        with transaction() as session:
            session.add(ContentVersion(id=1, value=turn))


def test_rows_stored_by_a_thread_are_seen_by_the_test(app: Flask, db_session: scoped_session[Any]) -> None:
    def store() -> None:
        with app.app_context(), transaction() as session:
            session.add(ContentVersion(id=1, value=7))

    thread = threading.Thread(target=store)
    thread.start()
    thread.join()
    assert db_session.get_one(ContentVersion, 1).value == 7


def test_client_sees_rows_that_the_test_has_just_added(
    client: Client, db_session: scoped_session[Any]
) -> None:
    db_session.add(ContentVersion(id=1, value=1))
    assert client.get("/nowhere").status_code == 404
    assert not db_session.new


def test_command_line_refuses_an_unknown_command_in_one_sentence(runner: Runner) -> None:
    result = runner("dance")
    assert result.exit_code == 2
    assert "No such command 'dance'" in result.stderr


def test_clock_stands_where_it_was_put(clock: Clock, now: datetime) -> None:
    assert present() == now
    assert clock.forward(minutes=5) == present()
