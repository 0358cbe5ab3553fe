"""The last place of a choice, wanted by many at the same moment; and the naive way seen to fail."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from eventsapp.core.db import db, is_sqlite
from eventsapp.core.tokens import Purpose
from eventsapp.questions.models import Choice
from eventsapp.rsvps import links
from eventsapp.rsvps.enums import GuestState
from eventsapp.rsvps.models import ChoiceSeat, Guest, GuestAnswer
from tests.factories.events import make_category, make_public_event
from tests.factories.people import make_person
from tests.factories.questions import codes, make_question
from tests.factories.rsvps import make_invited
from tests.support.databases import Database

PLACES, WANTED, CLIENTS = 3, 40, 16

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("db_session", "clock")]


def test_last_places_of_a_choice_go_to_as_many_as_there_are(database: Database, app: Flask) -> None:
    event = make_public_event()
    make_category(event)
    tour = make_question(event, "one-of", "Tour", choices=[("Harbour", PLACES), ("Market", None)])
    known = codes(tour)
    guests = [make_invited(event, make_person(f"Guest {n}")) for n in range(WANTED)]
    paths = [links.path(database.settings, guest, Purpose.INVITATION) for guest in guests]
    field, choice_id = f"q_{tour.code}", tour.choices[0].id
    db.session.commit()

    def ask(path: str) -> int:
        sent = {"answer": "accepted", field: known["Harbour"]}
        return app.test_client().post(path, data=sent).status_code

    with ThreadPoolExecutor(CLIENTS) as pool:
        statuses = list(pool.map(ask, paths))
    assert statuses.count(303) == PLACES
    assert statuses.count(422) == WANTED - PLACES
    db.session.rollback()
    assert db.session.get_one(Choice, choice_id).seats_taken == PLACES
    assert db.session.scalar(select(func.count()).select_from(ChoiceSeat)) == PLACES
    assert db.session.scalar(select(func.count()).select_from(GuestAnswer)) == PLACES
    # who was refused has lost nothing, and nobody has a seat without the answer they gave
    coming = select(func.count()).select_from(Guest).where(Guest.state == GuestState.ACCEPTED)
    assert db.session.scalar(coming) == PLACES


def test_counting_first_and_writing_later_gives_a_place_to_too_many(database: Database) -> None:
    """The naive way, which the trial must see fail: else it proves nothing."""
    event = make_public_event()
    tour = make_question(event, "one-of", "Tour", choices=[("Harbour", PLACES)])
    engine, choice_id = db.engine, tour.choices[0].id
    db.session.commit()

    def naive(_: int) -> bool:
        with engine.connect() as connection:
            with connection.begin():
                row = connection.execute(LEFT, {"choice": choice_id}).one()
            if row.taken >= row.capacity:
                return False
            time.sleep(0.001)  # as if there were something to do between looking and writing
            with connection.execution_options(writing=is_sqlite(connection)).begin():
                connection.execute(GIVEN, {"choice": choice_id})
            return True

    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE naive_choice (choice_id BIGINT)"))
    try:
        with ThreadPoolExecutor(CLIENTS) as pool:
            given = sum(pool.map(naive, range(WANTED)))
    finally:
        with engine.begin() as connection:
            connection.execute(text("DROP TABLE naive_choice"))
    assert given > PLACES


LEFT = text(
    "SELECT c.capacity AS capacity, (SELECT count(*) FROM naive_choice n WHERE n.choice_id = c.id) AS taken"
    " FROM choice c WHERE c.id = :choice"
)
GIVEN = text("INSERT INTO naive_choice VALUES (:choice)")
