"""One import, begun by several at the same moment; and the trial seen to fail."""

import threading
from concurrent.futures import ThreadPoolExecutor
from unittest.mock import patch

import pytest
from flask import Flask
from sqlalchemy import func, select

from eventsapp.access.identity import Actor, ActorKind
from eventsapp.core.db import db, transaction
from eventsapp.core.errors import Conflict
from eventsapp.jobs.models import Job
from eventsapp.lists import reading, service
from eventsapp.lists.models import GuestImport
from eventsapp.lists.reports import Report
from tests.factories.accounts import make_staff
from tests.factories.events import make_category, make_event
from tests.factories.people import NOW
from tests.lists.spreadsheets import csv_of

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("db_session", "clock")]

CALLERS = 8


def started_at_once(app: Flask, trial: int = 0) -> int:
    """How many of the callers were told that the import begins."""
    event = make_event("Harbour", published=True)
    make_category(event)
    content = csv_of(("Name",), ("Ada Example",))
    actor = Actor(ActorKind.STAFF, make_staff(f"staff{trial}@example.org").id)
    found = service.begin(
        event, "list.csv", content, reading.read(content), staff_id=None, actor=actor, now=NOW
    )
    found.mapping = {**found.mapping, "columns": ["name"]}
    service.checked(found, Report())
    db.session.commit()
    import_id, begins = found.id, threading.Barrier(CALLERS, timeout=20)

    def start(_: int) -> bool:
        with app.app_context():
            begins.wait()
            try:
                with transaction() as session:
                    service.start(session.get_one(GuestImport, import_id), actor=actor, now=NOW)
            except Conflict:
                return False
            return True

    with ThreadPoolExecutor(CALLERS) as pool:
        return sum(pool.map(start, range(CALLERS)))


def test_import_begins_once(app: Flask) -> None:
    assert started_at_once(app) == 1
    db.session.rollback()
    jobs = select(func.count()).select_from(Job).where(Job.name == service.IMPORT)
    assert db.session.scalar(jobs) == 1


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)  # on SQLite writers take turns
def test_trial_sees_who_looks_without_holding(app: Flask) -> None:
    with patch.object(service, "_hold"):
        assert max(started_at_once(app, trial) for trial in range(10)) > 1
