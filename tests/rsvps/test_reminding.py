"""Reminders: to the silent alone, once a rung, whatever becomes of the worker."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from eventsapp.access.identity import SYSTEM
from eventsapp.core.db import db, transaction
from eventsapp.core.tokens import Purpose
from eventsapp.core.zones import to_local
from eventsapp.events.models import Event
from eventsapp.jobs.worker import run_due_jobs
from eventsapp.mail.models import Mail
from eventsapp.rsvps import jobs, links, service, terms
from eventsapp.rsvps.enums import Answer, Recorded
from eventsapp.rsvps.models import Guest, ReplyRecord
from eventsapp.rsvps.service import TermsInput, reminding
from tests.factories.events import make_event
from tests.factories.people import NOW
from tests.factories.rsvps import answer, make_guest, make_invited
from tests.support.clients import Client
from tests.support.clocks import Clock
from tests.support.databases import Database

pytestmark = pytest.mark.usefixtures("db_session")

Staff = Callable[..., Client]
REPLY_BY = NOW.replace(tzinfo=None, hour=18) + timedelta(days=20)


def gala(days: list[int]) -> Event:
    """A published event with reminders so many days before its reply-by date, in twenty days."""
    starts = REPLY_BY + timedelta(days=10)
    event = make_event(
        published=True, reply_by_local=REPLY_BY, starts_local=starts, ends_local=starts + timedelta(hours=3)
    )
    service.set_terms(event, TermsInput(remind_days=days), actor=SYSTEM, now=NOW)
    db.session.commit()
    return event


def reminded() -> list[int | None]:
    """Ids of the guests to whom a reminder is queued, in order."""
    query = select(Mail.guest_id).where(Mail.template == "reminder").order_by(Mail.id)
    return list(db.session.scalars(query))


def at(event: Event, clock: Clock, *, days_before: int, hour: int = 9, minute: int = 1) -> datetime:
    """Put the clock to that morning, by the event's zone."""
    local = to_local(clock.now, event.timezone)
    wanted = (REPLY_BY - timedelta(days=days_before)).replace(hour=hour, minute=minute)
    clock.forward(seconds=(wanted - local).total_seconds())
    return clock.now


def work_days(event: Event, clock: Clock, days: range) -> None:
    """Let the worker look each morning, so many days before the reply-by date."""
    for day in days:
        at(event, clock, days_before=day)
        run_due_jobs()
        db.session.add(event)


def test_each_rung_reminds_the_silent_once(clock: Clock) -> None:
    event = gala([14, 7, 2])
    silent, answered = make_invited(event, "Silent"), make_invited(event, "Answered")
    answer(answered, Answer.TENTATIVE)
    silent_id = silent.id
    db.session.commit()
    work_days(event, clock, range(20, 7, -1))
    assert reminded() == [silent_id]
    work_days(event, clock, range(7, -1, -1))
    assert reminded() == [silent_id] * 3
    assert db.session.get_one(Guest, silent_id).reminders_sent == 3
    said = db.session.scalars(select(ReplyRecord.answer).where(ReplyRecord.guest_id == silent_id))
    assert list(said) == [Recorded.REMINDED.value] * 3


def test_nobody_is_reminded_without_need(clock: Clock) -> None:
    event = gala([7])
    make_invited(event, "No Address", email="")
    make_guest(event, "Not Invited")
    bounced, off = make_invited(event, "Bounced"), make_invited(event, "Wants None")
    bounced.bounced_at, off.reminders_off = NOW, True
    db.session.commit()
    at(event, clock, days_before=7)
    late = make_invited(event, "Invited This Morning")
    late.invited_at = clock.now
    db.session.commit()
    run_due_jobs()
    assert reminded() == []
    assert set(db.session.scalars(select(Guest.reminders_sent))) == {0}


def test_a_job_that_runs_twice_or_days_late_reminds_once(clock: Clock) -> None:
    event = gala([14, 7])
    guest_id, event_id = make_invited(event).id, event.id
    db.session.commit()
    due = terms.of(event.id).remind_at
    assert due is not None
    at(event, clock, days_before=6)  # no worker ran since before the first rung
    for _ in range(3):
        jobs.remind_silent(event_id, due.isoformat())
    run_due_jobs()
    assert reminded() == [guest_id]


def test_nobody_is_reminded_after_the_reply_by_date_or_of_an_event_called_off(clock: Clock) -> None:
    event = gala([14])
    make_invited(event)
    db.session.commit()
    at(event, clock, days_before=-1)
    with transaction():
        assert reminding.remind_due(event.id, limit=10, now=clock.now) == 0
    at(event, clock, days_before=-11)
    event_id = event.id
    run_due_jobs()
    assert terms.of(event_id).remind_at is None, "nobody looks any more once the event has begun"


def test_a_hundred_are_reminded_in_portions_and_a_death_between_them_repeats_none(clock: Clock) -> None:
    event = gala([7])
    ids = sorted(make_invited(event, f"Guest {number}").id for number in range(5))
    db.session.commit()
    at(event, clock, days_before=7)
    with transaction():
        assert reminding.remind_due(event.id, limit=2, now=clock.now) == 2
    run_due_jobs()
    assert set(reminded()) == set(ids)


def test_organiser_reminds_the_silent_at_once_and_not_twice_a_day(staff: Staff, clock: Clock) -> None:
    event = gala([])
    guest = make_invited(event)
    db.session.commit()
    clock.forward(days=2)
    browser, desk = staff(), f"/organise/events/{event.slug}/replies/"
    assert "One can be reminded now." in browser.get(desk).text
    browser.post(desk + "remind")
    browser.post(desk + "remind")
    assert reminded() == [guest.id]


def test_reminders_are_ended_by_a_button_and_not_by_opening_the_link(
    client: FlaskClient, database: Database
) -> None:
    guest = make_invited(gala([7]))
    db.session.commit()
    path = links.path(database.settings, guest, Purpose.REMINDERS)
    assert "No more reminders" in client.get(path).text
    switched = []
    for method, given in (("GET", {}), ("POST", {}), ("POST", {"on": "1"})):
        client.open(path, method=method, data=given)
        switched.append(guest.reminders_off)
    assert switched == [False, True, False]
    wrong = path.replace("/reminders/", "/i/")
    assert client.get(wrong).status_code == 404
