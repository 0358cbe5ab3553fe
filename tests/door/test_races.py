"""R3: many doors, one badge, the same moment; and that the trial can tell right from wrong."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, insert, select, text

from eventsapp.badges.keys import BadgeKeys
from eventsapp.badges.models import Badge
from eventsapp.core.db import db
from eventsapp.door import service
from eventsapp.door.attempts import Attempt, ScanResult
from eventsapp.door.enums import Direction, Outcome
from eventsapp.door.models import Admission, Scan
from eventsapp.people.models import Person
from eventsapp.rsvps.enums import GuestState
from eventsapp.rsvps.models import Guest
from tests.factories.door import Gate, code_of, make_checkpoint, make_gate
from tests.factories.events import make_category, make_event
from tests.support.databases import Database

BADGES, DOORS, ROUNDS = 300, 4, 20


def at_once(number: int, work: Callable[[int], Any]) -> list[Any]:
    """What came of `number` threads that begin together."""
    barrier = threading.Barrier(number)
    results: list[Any] = [None] * number

    def run(index: int) -> None:
        barrier.wait()
        try:
            results[index] = work(index)
        except Exception as error:  # noqa: BLE001 -- shown by the test
            results[index] = error

    threads = [threading.Thread(target=run, args=(index,)) for index in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def many_badges(event_id: int, category_id: int, number: int) -> Sequence[Badge]:
    """Guests who accepted, with badges, past the services that would take a minute."""
    now = datetime.fromisoformat("2026-05-01T00:00:00+00:00")
    for n in range(number):
        person = Person(display_name=f"Guest {n}", sort_key=f"guest {n}")
        guest = Guest(
            event_id=event_id,
            person=person,
            category_id=category_id,
            language="en",
            state=GuestState.ACCEPTED,
            has_seats=True,
        )
        db.session.add(
            Badge(
                event_id=event_id,
                guest=guest,
                number=1000 + n,
                short_code=f"CCCC{n:04}",
                valid_from=date(2026, 5, 1),
                valid_until=date(2026, 6, 30),
                issued_at=now,
            )
        )
    db.session.commit()
    return db.session.scalars(select(Badge).order_by(Badge.id)).all()


class Doors:
    """Four gates into one place, and threads that scan at them."""

    def __init__(self, database: Database, now: datetime) -> None:
        self.app, self.now = database.app, now
        BadgeKeys(database.settings.instance).current()
        self.keys = BadgeKeys(database.settings.instance).public_keys()
        event = make_event(published=True)
        category = make_category(event)
        places = [make_checkpoint(event, f"Gate {n}", area="Hall") for n in range(DOORS)]
        self.gates: list[Gate] = [
            make_gate(event, place, name=f"Scanner {n}") for n, place in enumerate(places)
        ]
        self.codes = [place.code for place in places]
        self.event_id, self.category_id = event.id, category.id
        db.session.commit()

    def scan(self, gate: int, *codes: str, direction: Direction = Direction.IN) -> list[ScanResult]:
        attempts = [Attempt(uuid4().hex, code, self.codes[gate], direction, self.now) for code in codes]
        with self.app.app_context():
            return service.scan(
                self.gates[gate].identity, attempts, sent_at=self.now, now=self.now, keys=self.keys
            )


@pytest.fixture
def doors(database: Database, db_session: Any, now: datetime) -> Doors:
    return Doors(database, now)


def test_one_admits_and_three_are_told_who_where_and_when(doors: Doors, database: Database) -> None:
    badges = many_badges(doors.event_id, doors.category_id, BADGES)
    codes = [code_of(badge, database.settings) for badge in badges]
    db.session.commit()
    for badge, code in zip(badges, codes, strict=True):
        _check(doors, badge.id, at_once(DOORS, lambda gate, code=code: doors.scan(gate, code)[0]))
    db.session.rollback()
    assert len(db.session.execute(select(Admission.id)).all()) == BADGES
    assert len(db.session.execute(select(Scan.id)).all()) == BADGES * DOORS


def _check(doors: Doors, badge_id: int, results: list[ScanResult]) -> None:
    outcomes = Counter(getattr(result, "outcome", result) for result in results)
    assert outcomes == {Outcome.ADMITTED: 1, Outcome.ALREADY_IN: DOORS - 1}, results
    winner = next(n for n, result in enumerate(results) if result.outcome is Outcome.ADMITTED)
    for result in results:
        if result.outcome is Outcome.ALREADY_IN:
            assert result.first is not None
            assert (result.first.checkpoint, result.first.device) == (f"Gate {winner}", f"Scanner {winner}")
            assert result.first.at == doors.now
            assert result.holder == results[winner].holder


@pytest.mark.slow
def test_twenty_rounds_in_and_out(doors: Doors, database: Database) -> None:
    """Whole batches at a barrier: each round every badge comes in once and goes out once."""
    badges = many_badges(doors.event_id, doors.category_id, 60)
    codes = [code_of(badge, database.settings) for badge in badges]
    db.session.commit()
    for cycle in range(1, ROUNDS + 1):
        for direction, won in ((Direction.IN, Outcome.ADMITTED), (Direction.OUT, Outcome.LEFT)):
            found = at_once(
                DOORS, lambda gate, way=direction: doors.scan(gate, *_turned(codes, gate), direction=way)
            )
            outcomes = Counter(result.outcome for results in found for result in results)
            assert outcomes[won] == len(codes), (cycle, direction, found)
    db.session.rollback()
    stays = db.session.execute(select(Admission.cycle, Admission.left_at)).all()
    assert Counter(cycle for cycle, _ in stays) == dict.fromkeys(range(1, ROUNDS + 1), len(codes))
    assert all(left is not None for _, left in stays)


def _turned(codes: list[str], gate: int) -> list[str]:
    """Each gate meets the people in an order of its own, so that locks are wanted crosswise."""
    return codes[:: -1 if gate % 2 else 1]


def test_capacity_is_never_passed(doors: Doors, database: Database) -> None:
    badges = many_badges(doors.event_id, doors.category_id, 60)
    codes = [code_of(badge, database.settings) for badge in badges]
    db.session.execute(text("UPDATE checkpoint SET capacity = 25"))
    db.session.commit()
    found = at_once(12, lambda n: [doors.scan(n % DOORS, code)[0] for code in codes[n * 5 : n * 5 + 5]])
    outcomes = Counter(result.outcome for results in found for result in results)
    assert outcomes == {Outcome.ADMITTED: 25, Outcome.REFUSED: 35}


def test_same_upload_from_eight_connections_is_stored_once(doors: Doors, database: Database) -> None:
    badges = many_badges(doors.event_id, doors.category_id, 20)
    codes = [code_of(badge, database.settings) for badge in badges]
    db.session.commit()
    attempts = [
        Attempt(f"same-{n}", code, doors.codes[0], Direction.IN, doors.now) for n, code in enumerate(codes)
    ]

    def upload(_: int) -> list[ScanResult]:
        with doors.app.app_context():
            return service.scan(
                doors.gates[0].identity, attempts, sent_at=doors.now, now=doors.now, keys=doors.keys
            )

    found = at_once(8, upload)
    assert all(results == found[0] for results in found)
    assert {result.outcome for result in found[0]} == {Outcome.ADMITTED}
    db.session.rollback()
    assert len(db.session.execute(select(Scan.id)).all()) == len(codes)


def test_the_naive_way_admits_badges_twice(doors: Doors) -> None:
    """Read, then write, without the constraint: the same trial must see it fail, or it proves nothing."""
    naive = Table("naive", MetaData(), Column("id", Integer, primary_key=True), Column("badge", Integer))
    naive.create(db.engine)
    try:
        twice = 0
        for badge in range(60):
            at_once(DOORS, lambda _, badge=badge: _look_then_let_in(doors, naive, badge))
            with db.engine.connect() as connection:
                twice += len(connection.execute(select(naive).where(naive.c.badge == badge)).all()) > 1
        assert twice > 0
    finally:
        naive.drop(db.engine)


def _look_then_let_in(doors: Doors, naive: Table, badge: int) -> None:
    with doors.app.app_context():
        with db.engine.connect() as connection:
            inside = connection.execute(select(naive.c.id).where(naive.c.badge == badge)).first()
        time.sleep(0.005)  # as between two round trips to a database elsewhere
        if inside is None:
            with db.engine.connect().execution_options(writing=True) as connection:
                connection.execute(insert(naive).values(badge=badge))
                connection.commit()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_scan_is_on_the_disk_before_it_is_answered(database: Database, db_session: Any) -> None:
    """R7: every connection syncs at each commit."""
    connections = [db.engine.connect() for _ in range(12)]
    try:
        assert {c.exec_driver_sql("PRAGMA synchronous").scalar() for c in connections} == {2}
        assert {c.exec_driver_sql("PRAGMA journal_mode").scalar() for c in connections} == {"wal"}
    finally:
        for connection in connections:
            connection.close()
