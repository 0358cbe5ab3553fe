"""Scanning: what is answered, what is stored, and that it is stored once."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import event as listening
from sqlalchemy import select, update

from eventsapp.badges.enums import BadgeState
from eventsapp.badges.keys import BadgeKeys
from eventsapp.badges.models import Badge
from eventsapp.core.db import db
from eventsapp.door import queries, service
from eventsapp.door.attempts import Attempt, ScanResult
from eventsapp.door.enums import Cause, Direction, Method, Outcome
from eventsapp.door.models import Admission, Scan
from eventsapp.events.models import Event
from eventsapp.rsvps.enums import GuestState
from eventsapp.rsvps.models import Guest
from tests.factories.door import Gate, code_of, make_badge, make_checkpoint, make_gate
from tests.factories.events import make_category, make_event
from tests.factories.places import make_venue, make_zone
from tests.factories.rsvps import make_accepted
from tests.support.databases import Database


class House:
    """An event with one door and one guest, and the ways to knock."""

    def __init__(self, database: Database, now: datetime) -> None:
        self.settings = database.settings
        self.now = now
        self.event: Event = make_event(published=True)
        make_category(self.event)
        db.session.refresh(self.event)
        self.badge = self.guest("Ada Example")
        self.gate = make_gate(self.event)
        db.session.commit()

    def guest(self, name: str, **given: Any) -> Badge:
        return make_badge(make_accepted(self.event, name, **given))

    def attempt(self, code: str | Badge, **given: Any) -> Attempt:
        text = code if isinstance(code, str) else code_of(code, self.settings)
        usual = {"checkpoint": self.gate.checkpoints[0].code, "direction": Direction.IN}
        return Attempt(**{"id": uuid4().hex, "code": text, "scanned_at": self.now, **usual, **given})

    def scan(self, *attempts: Attempt, gate: Gate | None = None, **given: Any) -> list[ScanResult]:
        db.session.commit()
        keys = BadgeKeys(self.settings.instance).public_keys()
        times = {"sent_at": self.now, "now": self.now, **given}
        return service.scan((gate or self.gate).identity, attempts, keys=keys, **times)

    def show(self, code: str | Badge, gate: Gate | None = None, **given: Any) -> ScanResult:
        place = {"checkpoint": gate.checkpoints[0].code} if gate else {}
        return self.scan(self.attempt(code, **{**place, **given}), gate=gate)[0]


@pytest.fixture
def house(database: Database, db_session: Any, now: datetime) -> House:
    BadgeKeys(database.settings.instance).current()
    return House(database, now)


@contextmanager
def statements() -> Iterator[list[str]]:
    """The statements that the database is given meanwhile, beginnings and ends left out."""
    seen: list[str] = []
    db.session().info.pop("content_changed", None)  # by the factories, outside any transaction

    def note(_c: Any, _k: Any, statement: str, *_: Any) -> None:
        if not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK")):
            seen.append(statement)

    listening.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        listening.remove(db.engine, "before_cursor_execute", note)


def stored() -> list[Scan]:
    db.session.rollback()
    return list(db.session.scalars(select(Scan)))


def test_badge_of_a_guest_who_accepted_is_admitted(house: House) -> None:
    result = house.show(house.badge)
    assert (result.outcome, result.cause) == (Outcome.ADMITTED, None)
    assert result.holder is not None
    assert (result.holder.name, result.holder.letter) == ("Ada Example", "D")
    admission = db.session.scalars(select(Admission)).one()
    assert (admission.badge_id, admission.cycle, admission.admitted_at) == (house.badge.id, 1, house.now)


def test_second_time_says_who_was_admitted_where_by_whom_and_when(house: House) -> None:
    house.show(house.badge)
    other = make_gate(house.event, make_checkpoint(house.event, "Side", area="Main"), name="Gate B")
    house.now += timedelta(minutes=5)
    again = house.show(house.badge, gate=other)
    assert again.outcome is Outcome.ALREADY_IN
    assert again.first is not None
    assert (again.first.checkpoint, again.first.device) == ("Main", "Gate A")
    assert again.first.at == house.now - timedelta(minutes=5)
    assert again.holder is not None
    assert again.holder.name == "Ada Example"


def test_another_area_admits_the_same_badge(house: House) -> None:
    house.show(house.badge)
    other = make_gate(house.event, make_checkpoint(house.event, "Hall 2"))
    assert house.show(house.badge, gate=other).outcome is Outcome.ADMITTED


def test_whoever_left_comes_in_again(house: House) -> None:
    assert house.show(house.badge).outcome is Outcome.ADMITTED
    assert house.show(house.badge, direction=Direction.OUT).outcome is Outcome.LEFT
    assert house.show(house.badge, direction=Direction.OUT).cause is Cause.NOT_INSIDE
    assert house.show(house.badge).outcome is Outcome.ADMITTED
    cycles = db.session.execute(select(Admission.cycle, Admission.left_at).order_by(Admission.cycle)).all()
    assert cycles == [(1, house.now), (2, None)]


def test_one_upload_may_hold_a_whole_evening(house: House) -> None:
    ways = (Direction.IN, Direction.IN, Direction.OUT, Direction.OUT, Direction.IN)
    results = house.scan(*(house.attempt(house.badge, direction=way) for way in ways))
    outcomes = [result.outcome.value for result in results]
    assert outcomes == ["admitted", "already_in", "left", "refused", "admitted"]
    assert [result.first is not None for result in results] == [False, True, False, False, False]


def test_same_attempt_sent_again_gets_the_answer_it_got(house: House) -> None:
    attempts = [house.attempt(house.badge), house.attempt("noise"), house.attempt(house.badge)]
    first = house.scan(*attempts)
    house.now += timedelta(minutes=1)
    assert house.scan(*attempts) == first
    assert house.scan(*attempts[::-1]) == first[::-1]
    assert len(stored()) == 3


def test_attempt_that_is_twice_in_one_upload_counts_once(house: House) -> None:
    attempt = house.attempt(house.badge)
    one, two = house.scan(attempt, attempt)
    assert one == two
    assert one.outcome is Outcome.ADMITTED
    assert len(stored()) == 1


def test_departure_sent_again_is_still_a_departure(house: House) -> None:
    house.show(house.badge)
    leaving = house.attempt(house.badge, direction=Direction.OUT)
    assert [house.scan(leaving)[0].outcome for _ in range(2)] == [Outcome.LEFT] * 2


def test_attempt_ids_of_another_device_are_its_own(house: House) -> None:
    attempt = house.attempt(house.badge)
    house.scan(attempt)
    other = make_gate(house.event, make_checkpoint(house.event, "Side", area="Main"), name="Gate B")
    answer = house.scan(replace(attempt, checkpoint="Side"), gate=other)[0]
    assert answer.outcome is Outcome.ALREADY_IN
    assert len(stored()) == 2


@pytest.mark.parametrize("code", ["", "noise", "https://example.org/x", "\x00\x00", "\ud800", "A" * 4000])
def test_whatever_is_scanned_is_kept_as_unreadable(house: House, code: str) -> None:
    assert house.show(code).cause is Cause.UNREADABLE
    scan = stored()[0]
    assert (scan.outcome, scan.cause, scan.badge_id) == (Outcome.REFUSED, Cause.UNREADABLE, None)


def test_code_with_one_character_changed_is_forged(house: House) -> None:
    code = code_of(house.badge, house.settings)
    assert house.show(code[:-4] + ("A" if code[-4] != "A" else "B") + code[-3:]).cause is Cause.FORGED


def test_genuine_code_without_a_badge_is_unknown(house: House) -> None:
    assert house.show(code_of(house.badge, house.settings, badge=12345)).cause is Cause.UNKNOWN


def test_short_code_is_typed_as_it_comes(house: House) -> None:
    short = house.badge.short_code
    typed = f" {short[:4].lower()}-{short[4:].lower()} "
    assert house.show(typed, method=Method.TYPED).outcome is Outcome.ADMITTED


def test_mistyped_short_code_is_no_badge(house: House) -> None:
    assert house.show("ABC-EIOU", method=Method.TYPED).cause is Cause.UNKNOWN


def test_badge_of_another_event_is_refused_and_its_holder_not_shown(house: House) -> None:
    other = make_event("Elsewhere", published=True)
    make_category(other)
    db.session.refresh(other)
    result = house.show(make_badge(make_accepted(other, "Bo Elsewhere")))
    assert (result.cause, result.holder) == (Cause.WRONG_EVENT, None)
    assert [scan.name for scan in queries.recent(house.event.id)] == [""]


def test_reissued_badge_replaces_the_old_one(house: House) -> None:
    old = code_of(house.badge, house.settings)
    house.badge.revision = 2
    assert house.show(old).cause is Cause.REPLACED
    assert house.show(house.badge).outcome is Outcome.ADMITTED


@pytest.mark.parametrize("state", GuestState)
def test_companion_comes_in_while_the_guest_is_known_to_come(house: House, state: GuestState) -> None:
    companion = house.guest("Bo Example")
    standing = {"companion_of_id": house.badge.guest_id, "has_seats": False, "state": state}
    db.session.execute(update(Guest).where(Guest.id == companion.guest_id).values(standing))
    result = house.show(companion)
    (found,) = queries.find_guests(house.event.id, "Bo")
    if state in (GuestState.ACCEPTED, GuestState.EXPECTED):
        assert (result.outcome, found.standing) == (Outcome.ADMITTED, "expected")
    else:
        assert (result.cause, found.standing) == (Cause.NOT_COMING, state.value)


@pytest.mark.parametrize(
    ("state", "cause"), [(BadgeState.REVOKED, Cause.REVOKED), (BadgeState.SUSPENDED, Cause.NOT_COMING)]
)
def test_badge_out_of_use_is_refused(house: House, state: BadgeState, cause: Cause) -> None:
    house.badge.state = state
    assert house.show(house.badge).cause is cause


def test_checkpoint_of_a_zone_lets_in_whom_it_is_granted_to_and_says_where_else(house: House) -> None:
    venue = make_venue()
    lounge, hall = make_zone(venue, "L", "Lounge"), make_zone(venue, "H", "Hall")
    lounge_gate = make_gate(house.event, make_checkpoint(house.event, "Lounge", zone=lounge))
    make_checkpoint(house.event, "Hall 2", zone=hall)
    category = make_category(house.event, "V", "Press", zones=[hall])
    result = house.show(house.guest("Vi Press", category=category), gate=lounge_gate)
    assert (result.cause, list(result.allowed_at)) == (Cause.ZONE_NOT_GRANTED, ["Hall 2"])
    category.zones = [lounge]
    assert (
        house.show(house.guest("Vo Press", category=category), gate=lounge_gate).outcome is Outcome.ADMITTED
    )


def test_closed_checkpoint_says_when_it_opens(house: House) -> None:
    door = house.gate.checkpoints[0]
    door.opens_at = house.now + timedelta(hours=4)
    result = house.show(house.badge)
    assert (result.cause, result.opens_at) == (Cause.NOT_YET_OPEN, door.opens_at)


def test_full_area_counts_all_its_gates_and_takes_the_next_when_one_leaves(house: House) -> None:
    for place in (house.gate.checkpoints[0], make_checkpoint(house.event, "Side", area="Main")):
        place.capacity = 2
    badges = [house.badge, house.guest("Bo"), house.guest("Cy")]
    assert [r.outcome for r in house.scan(*map(house.attempt, badges))][:2] == [Outcome.ADMITTED] * 2
    assert house.show(badges[2]).cause is Cause.FULL
    assert house.show(badges[0]).outcome is Outcome.ALREADY_IN
    house.show(badges[0], direction=Direction.OUT)
    assert house.show(badges[2]).outcome is Outcome.ADMITTED


def test_checkpoint_that_is_not_the_devices_is_refused_and_kept(house: House) -> None:
    make_checkpoint(house.event, "Other")
    assert house.show(house.badge, checkpoint="Other").cause is Cause.WRONG_CHECKPOINT
    assert house.show(house.badge, checkpoint="nowhere").cause is Cause.WRONG_CHECKPOINT
    assert len(stored()) == 2


def test_devices_clock_is_corrected_and_never_ahead(house: House) -> None:
    wrong = house.now - timedelta(hours=3)
    late = house.attempt(house.badge, scanned_at=wrong - timedelta(minutes=10))
    ahead = house.attempt("noise", scanned_at=wrong + timedelta(days=400))
    long_ago = house.attempt("old", scanned_at=wrong - timedelta(days=400))
    house.scan(late, ahead, long_ago, sent_at=wrong)
    at = {scan.id: scan for scan in stored()}
    assert at[late.id].corrected_at == house.now - timedelta(minutes=10)
    assert at[late.id].clock_drift_ms == 3 * 3600 * 1000
    assert at[ahead.id].corrected_at == house.now
    assert at[long_ago.id].corrected_at == house.now - timedelta(days=14)


def test_new_scan_asks_the_database_four_times(house: House) -> None:
    house.show(house.badge)
    for count in (1, 40):
        attempts = [house.attempt(house.guest(f"Guest {count} {n}")) for n in range(count)]
        db.session.commit()
        with statements() as seen:
            assert {r.outcome for r in house.scan(*attempts)} == {Outcome.ADMITTED}
        assert len(seen) == 4, seen


def test_live_counts_follow_the_door(house: House) -> None:
    house.guest("Bo")
    house.show(house.badge)
    house.show(house.badge)
    house.show("noise")
    counts = queries.counts(house.event.id)
    assert counts.expected == 2
    (main,) = counts.checkpoints
    assert (main.admitted, main.already_in, main.left, main.refused) == (1, 1, 0, 1)
    assert [(area.area, area.inside, area.entered) for area in counts.areas] == [("Main", 1, 1)]
    house.show(house.badge, direction=Direction.OUT)
    assert queries.counts(house.event.id).areas[0].inside == 0


def test_guest_is_found_by_any_spelling_and_only_in_their_event(house: House) -> None:
    other = make_event("Elsewhere", published=True)
    make_category(other)
    db.session.refresh(other)
    make_accepted(other, "Ada Elsewhere")
    assert [found.name for found in queries.find_guests(house.event.id, "ADÁ exa")] == ["Ada Example"]
    assert queries.find_guests(house.event.id, " % ") == []
    found = queries.find_guests(house.event.id, "ada")[0]
    assert (found.short_code, found.standing) == (house.badge.short_code, "expected")
