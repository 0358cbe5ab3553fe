"""R1 and R2: many replies at the same moment, from several processes; and the trial seen to fail.

The usual sizes take some seconds a database; `EVENTSAPP_TRIAL=full` runs those of the trials' list.
"""

import json
import os
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, select, text

from eventsapp.access.identity import SYSTEM
from eventsapp.core.config import Settings
from eventsapp.core.db import db, is_sqlite
from eventsapp.core.tokens import Purpose
from eventsapp.events.models import Event
from eventsapp.mail.models import Mail
from eventsapp.rsvps import links, service
from eventsapp.rsvps.enums import GuestState
from eventsapp.rsvps.models import Guest, ReplyRecord
from eventsapp.rsvps.service import TermsInput
from tests.factories.events import make_category, make_public_event
from tests.factories.people import NOW, make_person
from tests.factories.programme import make_item
from tests.factories.questions import make_question
from tests.factories.rsvps import make_invited
from tests.rsvps import clients
from tests.rsvps.books import check_books
from tests.support.databases import POSTGRESQL, Database

FULL = os.environ.get("EVENTSAPP_TRIAL") == "full"
REPLIES, SEATS, CLIENTS, ROUNDS = (2000, 200, 64, 20) if FULL else (240, 40, 32, 3)
PARTIES = REPLIES // 2 if FULL else 60
PROCESSES = 4
POSTS = 50

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("db_session", "clock")]


def invite_many(event: Event, number: int) -> list[Guest]:
    """That many invited guests."""
    make_category(event)
    guests = [make_invited(event, make_person(f"Guest {n}")) for n in range(number)]
    db.session.commit()
    return guests


def invite_parties(event: Event, number: int) -> list[Guest]:
    """Parties of one to five in three categories; by letter, so that any browser may change the answer."""
    rooms = (SEATS // 2, SEATS // 3, None)
    categories = [
        make_category(event, letter, letter, capacity=room) for letter, room in zip("ABC", rooms, strict=True)
    ]
    guests = [
        make_invited(
            event,
            make_person(f"Guest {n}"),
            email="",
            party_size=1 + n % 5,
            companions_allowed=4,
            category=categories[n % 3],
        )
        for n in range(number)
    ]
    db.session.commit()
    return guests


def addresses(guests: list[Guest], settings: Settings) -> list[str]:
    return [links.path(settings, guest, Purpose.INVITATION) for guest in guests]


@contextmanager
def watched(engine: Engine, event_id: int) -> Iterator[list[Any]]:
    """Look at the seats again and again, from outside, while something happens; what was wrong."""
    wrong: list[Any] = []
    looks = [0]
    ended = threading.Event()

    def look() -> None:
        with engine.connect() as connection:
            while not ended.wait(0.01):
                row = connection.execute(SNAPSHOT, {"event": event_id}).one()
                connection.rollback()
                looks[0] += 1
                fits = row.taken <= row.capacity and not row.over
                if not fits or not row.taken == row.held == row.by_category:
                    wrong.append(tuple(row))

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield wrong
    finally:
        ended.set()
        watcher.join()
    assert looks[0]


SNAPSHOT = text(
    "SELECT e.seats_taken AS taken, e.capacity AS capacity,"
    " (SELECT coalesce(sum(g.party_size), 0) FROM guest g WHERE g.event_id = e.id AND g.has_seats) AS held,"
    " (SELECT sum(c.seats_taken) FROM category c WHERE c.event_id = e.id) AS by_category,"
    " (SELECT count(*) FROM category c WHERE c.event_id = e.id AND c.seats_taken > c.capacity) AS over"
    " FROM event e WHERE e.id = :event"
)


class Crowd:
    """Clients in several processes, each with an application; on SQLite one process with threads."""

    def __init__(self, database: Database) -> None:
        self._database = database
        several = database.kind == POSTGRESQL
        self._processes = [self._start() for _ in range(PROCESSES if several else 0)]

    def _start(self) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-m", "tests.rsvps.clients", str(CLIENTS // PROCESSES)],
            env={**os.environ, **self._database.environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def send(self, work: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Do all of it at the same time; the answers, in no order."""
        if not self._processes:
            return clients.send_all(self._database.app, work, CLIENTS)
        shares = [work[n::PROCESSES] for n in range(PROCESSES)]
        with ThreadPoolExecutor(PROCESSES) as pool:
            told = pool.map(self._ask, self._processes, shares)
            return [answered for answers in told for answered in answers]

    @staticmethod
    def _ask(process: "subprocess.Popen[str]", share: list[dict[str, Any]]) -> list[dict[str, Any]]:
        assert process.stdin
        assert process.stdout
        process.stdin.write(json.dumps(share) + "\n")
        process.stdin.flush()
        answers: list[dict[str, Any]] = json.loads(process.stdout.readline())
        return answers

    def leave(self) -> None:
        for process in self._processes:
            process.communicate(timeout=30)


@pytest.fixture
def crowd(database: Database) -> Iterator[Crowd]:
    made = Crowd(database)
    yield made
    made.leave()


def accept(address: str, answer: str = "accepted", **more: str) -> dict[str, Any]:
    return {"path": address, "data": {"answer": answer, "badge_name": "Guest", **more}}


def test_never_one_seat_over_and_every_refused_caller_waits(database: Database, crowd: Crowd) -> None:
    event = make_public_event(capacity=SEATS)
    guests = invite_many(event, REPLIES)
    work = [accept(address) for address in addresses(guests, database.settings)]
    random.Random(1).shuffle(work)  # noqa: S311 -- an order, not a secret
    with watched(db.engine, event.id) as wrong:
        answers = crowd.send(work)
    assert not wrong
    assert Counter(answered["status"] for answered in answers) == {303: REPLIES}
    db.session.rollback()
    check_books(event.id)
    states = Counter(db.session.scalars(select(Guest.state).where(Guest.event_id == event.id)))
    assert event.categories[0].seats_taken == SEATS
    assert states == {GuestState.ACCEPTED: SEATS, GuestState.WAITLISTED: REPLIES - SEATS}
    since = db.session.scalars(select(Guest.waiting_since).where(Guest.waiting_since.is_not(None))).all()
    assert len(set(since)) == REPLIES - SEATS  # each has a place of their own in the line


@pytest.mark.parametrize("hours", [None, 1], ids=["seated", "offered"])
def test_parties_edits_withdrawals_promotions_and_offers_keep_the_books(
    database: Database, crowd: Crowd, hours: int | None
) -> None:
    event = make_public_event(capacity=SEATS)
    service.set_terms(event, TermsInput(offer_hours=hours), actor=SYSTEM, now=NOW)
    items = [make_item(event, f"Item {n}", wants_answer=True, capacity=SEATS // 2) for n in range(2)]
    tour = make_question(event, "one-of", "Which tour?", choices=[("Harbour", SEATS // 4), "None"])
    guests = invite_parties(event, PARTIES)
    categories = [category.id for category in event.categories]
    field, tours = f"q_{tour.code}", [choice.code for choice in tour.choices]
    paths = addresses(guests, database.settings)
    for number in range(ROUNDS):
        chance = random.Random(number)  # noqa: S311 -- an order, not a secret
        work = [_reply(path, chance, [item.code for item in items], field, tours) for path in paths]
        work += [_deed(chance, chance.choice(guests).id, categories) for _ in range(24)]
        chance.shuffle(work)
        with watched(db.engine, event.id) as wrong:
            answers = crowd.send(work)
        assert not wrong
        assert {answered["status"] for answered in answers} <= {200, 303, 409, 422}
        db.session.rollback()
        check_books(event.id)
    said = set(db.session.scalars(select(ReplyRecord.answer)))
    assert {"promoted" if hours is None else "offered", "party", "withdrawn"} <= said


def _reply(
    path: str, chance: random.Random, items: list[str], field: str, tours: list[str]
) -> dict[str, Any]:
    answer = chance.choices(("accepted", "tentative", "declined"), (6, 1, 2))[0]
    said = {f"item_{code}": chance.choice(("accepted", "declined")) for code in items}
    return accept(path, answer, **said, **{field: chance.choice(tours)}, **_companions(chance))


def _companions(chance: random.Random) -> dict[str, str]:
    number = chance.choice((0, 0, 1, 2, 4))
    return {f"companion_{at}_name": f"Companion {at + 1}" for at in range(number)}


def _deed(chance: random.Random, guest: int, categories: list[int]) -> dict[str, Any]:
    deed = chance.choice(("withdraw", "companions", "category", "lapse", "prefer"))
    return {
        "desk": deed,
        "guest": guest,
        "number": chance.randrange(5),
        "category": chance.choice(categories),
    }


def test_fifty_equal_posts_are_one_answer_one_mail_and_fifty_equal_responses(
    database: Database, crowd: Crowd
) -> None:
    event = make_public_event(capacity=1)
    guest = invite_many(event, 1)[0]
    path = links.path(database.settings, guest, Purpose.INVITATION)
    answers = crowd.send([accept(path, diet="No nuts")] * POSTS)
    assert len({json.dumps(answered, sort_keys=True) for answered in answers}) == 1
    assert (answers[0]["status"], len(answers)) == (303, POSTS)
    db.session.rollback()
    assert db.session.scalars(select(ReplyRecord.answer)).all() == ["accepted"]
    assert Counter(db.session.scalars(select(Mail.template))) == {"invitation": 1, "confirmation": 1}
    check_books(event.id)


def test_counting_first_and_writing_later_sells_too_many(database: Database, app: Flask) -> None:
    """The naive way, which the trial must see fail: else it proves nothing."""
    event = make_public_event(capacity=SEATS)
    db.session.commit()
    engine, event_id = db.engine, event.id

    def naive(_: int) -> bool:
        with engine.connect() as connection:
            with connection.begin():
                row = connection.execute(SEATS_LEFT, {"event": event_id}).one()
            if row.taken >= row.capacity:
                return False
            time.sleep(0.001)  # as if there were something to do between looking and writing
            with connection.execution_options(writing=is_sqlite(connection)).begin():
                connection.execute(SOLD, {"event": event_id})
            return True

    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE naive_sale (event_id BIGINT)"))
    try:
        with ThreadPoolExecutor(16) as pool:
            sold = sum(pool.map(naive, range(SEATS * 4)))
    finally:
        with engine.begin() as connection:
            connection.execute(text("DROP TABLE naive_sale"))
    assert sold > SEATS


SEATS_LEFT = text(
    "SELECT e.capacity AS capacity, (SELECT count(*) FROM naive_sale s WHERE s.event_id = e.id) AS taken"
    " FROM event e WHERE e.id = :event"
)
SOLD = text("INSERT INTO naive_sale VALUES (:event)")
