"""R14: replies and the waiting list against a small model, by every order of deeds that Hypothesis finds.

The model knows lists and numbers alone: who holds seats, who waits in which order. After each deed the real
event must stand where the model stands, and at the end its books must be right. A second trial breaks one
line of the product on purpose, and must see the machine fail.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import bindparam, select

from eventsapp.access.identity import SYSTEM
from eventsapp.core.db import db, transaction
from eventsapp.core.errors import DomainError
from eventsapp.events.models import Event
from eventsapp.rsvps import service
from eventsapp.rsvps.enums import Answer, Channel, GuestState
from eventsapp.rsvps.models import Guest
from eventsapp.rsvps.service import CompanionInput, ReplyInput, TermsInput, seating, waiting
from tests.factories.events import make_category, make_public_event
from tests.factories.people import NOW
from tests.factories.rsvps import make_invited
from tests.rsvps.books import check_books
from tests.support.databases import SQLITE, Database

FULL = os.environ.get("EVENTSAPP_TRIAL") == "full"
RUNS = 200 if FULL else 60  # of fifty deeds: under a second each
ROOM = 4
ROOMS = (2, None)  # of the two categories
GUESTS = 5
SAID = ("accepted", "accepted", "tentative", "declined")

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("db_session")]


@dataclass
class Party:
    """A guest as the model knows them."""

    category: int
    size: int = 1
    state: str = "invited"
    priority: int = 0
    since: int = 0
    until: datetime | None = None
    lapsed: int = 0

    @property
    def holds(self) -> bool:
        return self.state in ("accepted", "offered")


@dataclass
class Model:
    """Who holds seats, and who is next."""

    hours: int | None
    room: int = ROOM
    rooms: list[int | None] = field(default_factory=lambda: list(ROOMS))
    parties: list[Party] = field(default_factory=lambda: [Party(n % 2) for n in range(GUESTS)])
    told: int = 0

    def left(self, category: int) -> int:
        """Seats for one more of that category."""
        free = self.room - sum(party.size for party in self.parties if party.holds)
        of_category = self.rooms[category]
        if of_category is None:
            return free
        return min(
            free, of_category - sum(p.size for p in self.parties if p.holds and p.category == category)
        )

    def fill(self, now: datetime) -> None:
        """Whoever waits and fits moves up, in order."""
        line = [party for party in self.parties if party.state == "waitlisted"]
        for party in sorted(line, key=lambda party: (-party.priority, party.since)):
            if party.size <= self.left(party.category):
                party.state = "accepted" if self.hours is None else "offered"
                party.priority = 0
                party.until = None if self.hours is None else now + timedelta(hours=self.hours)
                self.fill(now)
                return

    def queue(self, party: Party) -> None:
        self.told += 1
        party.state, party.since = "waitlisted", self.told

    def answer(self, party: Party, said: str, now: datetime) -> None:
        if party.state == "offered" and party.until and party.until <= now:
            self.lapse(now)
        if party.state == "withdrawn" or party.state == said:
            return
        if said == "accepted":
            if party.state == "waitlisted":
                return
            if party.holds or party.size <= self.left(party.category):
                party.state, party.until = "accepted", None
            else:
                self.queue(party)
            return
        party.state, party.priority, party.until = said, 0, None
        self.fill(now)

    def lapse(self, now: datetime) -> None:
        over = [p for p in self.parties if p.state == "offered" and p.until and p.until <= now]
        for party in sorted(over, key=lambda party: (party.until, self.parties.index(party))):
            self.queue(party)
            party.until, party.lapsed = None, party.lapsed + 1
            if party.lapsed > 1:
                party.state = "tentative"
        if over:
            self.fill(now)


STANDING = (
    select(Guest.state, Guest.party_size, Guest.has_seats, Guest.waiting_since)
    .where(Guest.id.in_(bindparam("ids", expanding=True)))
    .order_by(Guest.id)
)


class Desk(RuleBasedStateMachine):
    """An event of four seats, two of them at most for the first category, and five parties."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        with transaction():
            event = make_public_event(capacity=ROOM)
            categories = [
                make_category(event, letter, letter, capacity=room)
                for letter, room in zip("AB", ROOMS, strict=True)
            ]
            guests = [
                make_invited(event, f"Guest {n}", category=categories[n % 2], companions_allowed=3, email="")
                for n in range(GUESTS)
            ]
        self.event_id = event.id
        self.ids = [guest.id for guest in guests]
        self.model = Model(None)

    def _do(self, act: Any) -> bool:
        try:
            with transaction():
                act()
        except DomainError:
            return False
        return True

    def _guest(self, at: int) -> Guest:
        return db.session.get_one(Guest, self.ids[at])

    @rule(hours=st.sampled_from([None, 2]))
    def change_terms(self, hours: int | None) -> None:
        event = db.session.get_one(Event, self.event_id)
        assert self._do(
            lambda: service.set_terms(event, TermsInput(offer_hours=hours), actor=SYSTEM, now=self.now)
        )
        self.model.hours = hours

    @rule(
        at=st.integers(0, GUESTS - 1), said=st.sampled_from(["accepted", "accepted", "tentative", "declined"])
    )
    def answer(self, at: int, said: str) -> None:
        given = ReplyInput(Answer(said))
        done = self._do(
            lambda: service.reply(self._guest(at), given, channel=Channel.LINK, actor=SYSTEM, now=self.now)
        )
        assert done is (self.model.parties[at].state != "withdrawn")
        self.model.answer(self.model.parties[at], said, self.now)

    @rule(at=st.integers(0, GUESTS - 1), number=st.integers(0, 3))
    def bring(self, at: int, number: int) -> None:
        party, guest = self.model.parties[at], self._guest(at)
        known = [CompanionInput(name=one.person.display_name, code=one.code) for one in guest.companions]
        more = [CompanionInput(name=f"Companion {n}") for n in range(len(known), number)]
        done = self._do(
            lambda: service.change_companions(
                self._guest(at), [*known[:number], *more], channel=Channel.DESK, actor=SYSTEM, now=self.now
            )
        )
        more_seats = 1 + number - party.size
        fits = not party.holds or more_seats <= self.model.left(party.category)
        assert done is (fits and party.state != "withdrawn")
        if done:
            party.size = 1 + number
            if more_seats:
                self.model.fill(self.now)

    @rule(at=st.integers(0, GUESTS - 1))
    def withdraw(self, at: int) -> None:
        assert self._do(lambda: service.withdraw(self._guest(at), actor=SYSTEM, now=self.now))
        party = self.model.parties[at]
        if party.state != "withdrawn":
            party.state, party.priority, party.until = "withdrawn", 0, None
            self.model.fill(self.now)

    @precondition(lambda self: any(party.state == "withdrawn" for party in self.model.parties))
    @rule()
    def restore(self) -> None:
        at = next(n for n, party in enumerate(self.model.parties) if party.state == "withdrawn")
        assert self._do(lambda: service.restore(self._guest(at), actor=SYSTEM, now=self.now))
        assert self._do(lambda: service.invite(self._guest(at), actor=SYSTEM, now=self.now))
        self.model.parties[at].state = "invited"

    @rule(at=st.integers(0, GUESTS - 1), priority=st.integers(-1, 2))
    def prefer(self, at: int, priority: int) -> None:
        party = self.model.parties[at]
        done = self._do(
            lambda: service.prioritise(self._guest(at), priority, "Because", actor=SYSTEM, now=self.now)
        )
        assert done is (party.state == "waitlisted")
        if done:
            party.priority = priority

    @rule(minutes=st.sampled_from([1, 90, 200]))
    def wait(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule()
    def lapse(self) -> None:
        assert self._do(lambda: waiting.lapse_offers(self.event_id, now=self.now))
        self.model.lapse(self.now)

    @invariant()
    def stands_where_the_model_stands(self) -> None:
        rows = db.session.execute(STANDING, {"ids": self.ids}).all()
        assert [row.state.value for row in rows] == [party.state for party in self.model.parties]
        assert [row.party_size for row in rows] == [party.size for party in self.model.parties]
        assert [row.has_seats for row in rows] == [party.holds for party in self.model.parties]
        waits = [n for n, row in enumerate(rows) if row.state is GuestState.WAITLISTED]
        assert sorted(waits, key=lambda n: (rows[n].waiting_since, n)) == sorted(
            waits, key=lambda n: self.model.parties[n].since
        )
        db.session.rollback()

    def teardown(self) -> None:
        db.session.rollback()
        check_books(self.event_id)
        db.session.rollback()


def run(examples: int, steps: int) -> None:
    """Let the machine run."""
    usual = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        derandomize=True,
        phases=(Phase.generate,),  # a failure is long enough to read, and shrinking it takes minutes
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Desk, settings=usual)


def test_replies_and_waiting_list_do_as_the_model_does(database: Database) -> None:
    run(*((RUNS, 50) if database.kind == SQLITE else (RUNS // 6, 50)))


@contextmanager
def broken(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Seats are given back at the event, and forgotten in the category."""
    with monkeypatch.context() as patched:
        patched.setattr(seating.seats, "free_by_id", lambda *_: None)
        yield


@pytest.mark.parametrize("database", [SQLITE], indirect=True)
def test_the_machine_sees_seats_that_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    with broken(monkeypatch), pytest.raises((AssertionError, RuntimeError, BaseExceptionGroup)):
        run(20, 30)
