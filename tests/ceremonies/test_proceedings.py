"""The order of proceedings, by the minute."""

import itertools
from datetime import datetime

import pytest

from eventsapp.access.identity import SYSTEM
from eventsapp.ceremonies import queries, service
from eventsapp.ceremonies.service import StepInput
from eventsapp.ceremonies.usual import PLAIN_SIGNING
from eventsapp.core.errors import Conflict, Invalid
from eventsapp.events import service as events
from eventsapp.events.models import Event
from tests.factories.ceremonies import make_signing, make_step

pytestmark = pytest.mark.usefixtures("db_session")


def order(event: Event) -> list[tuple[str, int]]:
    return [(step.text["en"], step.offset_minutes) for step in queries.proceedings(event)]


def test_steps_follow_one_another_by_the_minute() -> None:
    event = make_signing()
    make_step(event, "Signing", 20)
    make_step(event, "Room check", -60)
    make_step(event, "Welcome", 0)
    assert order(event) == [("Room check", -60), ("Welcome", 0), ("Signing", 20)]


def test_moved_step_shares_the_time_with_its_neighbour(now: datetime) -> None:
    event = make_signing()
    make_step(event, "Welcome", 2, 2)
    host = make_step(event, "Host", 4, 8)
    make_step(event, "Guest", 12, 8)
    service.move_step(event, host, later=False, actor=SYSTEM, now=now)
    assert order(event) == [("Host", 2), ("Welcome", 10), ("Guest", 12)]
    service.move_step(event, host, later=True, actor=SYSTEM, now=now)
    assert order(event) == [("Welcome", 2), ("Host", 4), ("Guest", 12)]


@pytest.mark.parametrize(
    ("first", "second"), [((0, 2), (0, 0)), ((0, 10), (2, 0)), ((0, 0), (0, 0)), ((0, 0), (5, 0))]
)
def test_moved_step_changes_places_whatever_the_minutes(
    first: tuple[int, int], second: tuple[int, int], now: datetime
) -> None:
    event = make_signing()
    make_step(event, "One", *first)
    two = make_step(event, "Two", *second)
    service.move_step(event, two, later=False, actor=SYSTEM, now=now)
    assert [text for text, _ in order(event)] == ["Two", "One"]


def test_step_at_the_end_stays_where_it_is(now: datetime) -> None:
    event = make_signing()
    make_step(event, "Welcome", 0)
    last = make_step(event, "Farewell", 40)
    service.move_step(event, last, later=True, actor=SYSTEM, now=now)
    assert order(event) == [("Welcome", 0), ("Farewell", 40)]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (StepInput(text={}, offset_minutes=0), "text"),
        (StepInput(text={"en": "x"}, offset_minutes=1441), "offset_minutes"),
        (StepInput(text={"en": "x"}, offset_minutes=0, duration_minutes=-1), "duration_minutes"),
    ],
)
def test_step_that_cannot_be_right_is_refused_at_its_field(
    given: StepInput, field: str, now: datetime
) -> None:
    with pytest.raises(Invalid) as refused:
        service.add_step(make_signing(), given, actor=SYSTEM, now=now)
    assert refused.value.field == field


def test_plain_signing_fills_the_usual_steps_once(now: datetime) -> None:
    event = make_signing()
    service.use_plain_signing(event, actor=SYSTEM, now=now)
    assert len(order(event)) == len(PLAIN_SIGNING)
    with pytest.raises(Conflict):
        service.use_plain_signing(event, actor=SYSTEM, now=now)


def test_usual_steps_stand_in_order_in_three_languages_and_do_not_overlap() -> None:
    for step, following in itertools.pairwise(PLAIN_SIGNING):
        assert step.offset + step.minutes <= following.offset
    for step in PLAIN_SIGNING:
        assert set(step.text) == set(step.who) == {"en", "zh-Hant", "uk"}


def test_order_of_a_cancelled_event_stays_as_it_is(now: datetime) -> None:
    event = make_signing()
    step = make_step(event)
    events.cancel_event(event, {}, actor=SYSTEM, now=now)
    with pytest.raises(Conflict):
        service.delete_step(event, step, actor=SYSTEM, now=now)
    with pytest.raises(Conflict):
        make_step(event)
