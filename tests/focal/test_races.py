"""The last place of a quota, named by many at the same moment; and the trial seen to fail."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from eventsapp.core.db import db, is_sqlite, transaction
from eventsapp.focal import service
from eventsapp.focal.models import FocalPlace, FocalPoint, Quota
from eventsapp.focal.names import NewName
from eventsapp.focal.service import LineRefused
from eventsapp.rsvps.models import Guest
from tests.factories import focal
from tests.factories.events import make_category, make_public_event
from tests.factories.people import NOW

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("db_session", "clock")]

CALLERS = 16
PLACES = 4


@pytest.fixture
def point() -> FocalPoint:
    event = make_public_event()
    made = focal.make_focal_point(event, quotas={make_category(event): PLACES})
    db.session.commit()
    return made


def test_never_one_place_over_and_every_refused_paste_names_nobody(app: Flask, point: FocalPoint) -> None:
    """Pastes of one and of two at once: all of a paste or none of it."""
    point_id, begins = point.id, threading.Barrier(CALLERS, timeout=20)

    def paste(caller: int) -> int:
        people = [NewName(line, f"Person {caller}-{line}") for line in range(1, 2 + caller % 2)]
        with app.app_context():
            begins.wait()
            try:
                with transaction():
                    held = db.session.get_one(FocalPoint, point_id)
                    service.name_people(
                        held,
                        held.quotas[0].category,
                        people,
                        accept=True,
                        actor=focal.desk_of(held),
                        now=NOW,
                    )
            except LineRefused:
                return 0
            return len(people)

    with ThreadPoolExecutor(CALLERS) as pool:
        named = Counter(pool.map(paste, range(CALLERS)))
    db.session.rollback()
    quota = db.session.scalars(select(Quota)).one()
    assert quota.named == PLACES
    assert named[1] + 2 * named[2] == PLACES
    assert db.session.scalar(select(func.count()).select_from(FocalPlace)) == PLACES
    assert db.session.scalar(select(func.count()).select_from(Guest)) == PLACES


def test_same_paste_sent_many_times_names_everybody_once(app: Flask, point: FocalPoint) -> None:
    point_id, begins = point.id, threading.Barrier(CALLERS, timeout=20)
    people = [NewName(1, "Ada Example"), NewName(2, "Bo Beispiel")]

    def paste(_: int) -> int:
        with app.app_context():
            begins.wait()
            with transaction():
                held = db.session.get_one(FocalPoint, point_id)
                named = service.name_people(
                    held, held.quotas[0].category, people, accept=True, actor=focal.desk_of(held), now=NOW
                )
                return len(named)

    with ThreadPoolExecutor(CALLERS) as pool:
        named = Counter(pool.map(paste, range(CALLERS)))
    assert named == {2: 1, 0: CALLERS - 1}
    db.session.rollback()
    assert db.session.scalars(select(Quota)).one().named == 2


def test_counting_first_and_writing_later_names_too_many(point: FocalPoint) -> None:
    """The naive way, which the trial must see fail: else it proves nothing."""
    engine, quota_id = db.engine, point.quotas[0].id
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE naive_naming (quota_id BIGINT)"))
    begins = threading.Barrier(CALLERS, timeout=20)

    def naive(_: int) -> bool:
        begins.wait()
        with engine.connect() as connection:
            with connection.begin():
                row = connection.execute(LEFT, {"quota": quota_id}).one()
            if row.named >= row.number:
                return False
            begins.wait()  # everybody has counted by now, as they might have
            with connection.execution_options(writing=is_sqlite(connection)).begin():
                connection.execute(NAMED, {"quota": quota_id})
            return True

    try:
        with ThreadPoolExecutor(CALLERS) as pool:
            named = sum(pool.map(naive, range(CALLERS)))
    finally:
        with engine.begin() as connection:
            connection.execute(text("DROP TABLE naive_naming"))
    assert named > PLACES


LEFT = text(
    "SELECT q.number AS number, (SELECT count(*) FROM naive_naming n WHERE n.quota_id = q.id) AS named"
    " FROM quota q WHERE q.id = :quota"
)
NAMED = text("INSERT INTO naive_naming VALUES (:quota)")
