"""Two thousand invitations: few statements, nobody twice, nobody lost, the record whole."""

import time
from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.orm import scoped_session

from eventsapp.access.identity import SYSTEM
from eventsapp.audit.models import AuditEntry
from eventsapp.audit.service import first_broken
from eventsapp.core.codes import public_code
from eventsapp.core.db import db, transaction
from eventsapp.core.errors import Conflict
from eventsapp.events.models import Event
from eventsapp.jobs.service import enqueue
from eventsapp.jobs.worker import run_due_jobs
from eventsapp.mail.enums import MailState
from eventsapp.mail.models import Mail
from eventsapp.people.models import Person
from eventsapp.rsvps import jobs, service
from eventsapp.rsvps.enums import GuestState
from eventsapp.rsvps.models import Guest
from tests.factories.events import make_category, make_event
from tests.factories.rsvps import make_guest
from tests.support.clocks import Clock

LANGUAGES = ("en", "zh-Hant", "uk")
SECONDS = 5


def crowd(event: Event, many: int) -> None:
    """So many drafts on an event's list, written past the services."""
    category = make_category(event)
    people = [{"code": public_code(12), "display_name": f"Guest {n}"} for n in range(many)]
    db.session.execute(insert(Person), people)
    ids: Sequence[int] = db.session.scalars(select(Person.id).order_by(Person.id)).all()
    db.session.execute(
        insert(Guest),
        [
            {
                "event_id": event.id,
                "person_id": person_id,
                "category_id": category.id,
                "email": f"g{person_id}@example.org" if person_id % 50 else "",
                "language": LANGUAGES[person_id % 3],
            }
            for person_id in ids
        ],
    )


def count(*where: Any) -> int:
    return db.session.scalar(select(func.count()).where(*where)) or 0


def work_off() -> None:
    while run_due_jobs():
        pass


@pytest.mark.slow
def test_two_thousand_invitations_are_queued_in_five_seconds(
    db_session: scoped_session[Any], clock: Clock
) -> None:
    with transaction():
        event = make_event(published=True)
        crowd(event, 2000)
        chain = event.id
    before = count(AuditEntry.chain == chain)
    with transaction():
        enqueue(jobs.INVITE_ALL, now=clock.now, event_id=chain)
    began = time.monotonic()
    work_off()
    took = time.monotonic() - began
    assert count(Guest.state == GuestState.INVITED, Guest.invited_at == clock.now) == 2000
    assert count(Mail.state == MailState.QUEUED) == count(Guest.email != "") == 1960
    assert count(AuditEntry.chain == chain) == before + 2000
    assert first_broken(chain) is None
    assert took <= SECONDS, f"{took:.1f} s"


def test_whoever_was_invited_before_gets_nothing_again(db_session: scoped_session[Any], clock: Clock) -> None:
    with transaction():
        event = make_event(published=True)
        guests = [make_guest(event, f"Guest {n}") for n in range(3)]
        service.invite(guests[1], actor=SYSTEM, now=clock.now)
    with transaction():
        assert service.invite_many(event, guests, actor=SYSTEM, now=clock.now) == 2
        assert service.invite_many(event, guests, actor=SYSTEM, now=clock.now) == 0
    assert count(Mail.template == "invitation") == 3
    assert [guest.state for guest in guests] == [GuestState.INVITED] * 3


def test_one_and_many_write_the_same(db_session: scoped_session[Any], clock: Clock) -> None:
    with transaction():
        event = make_event(published=True)
        one, many = make_guest(event, "One"), make_guest(event, "Two")
        service.invite(one, actor=SYSTEM, now=clock.now)
        service.invite_many(event, [many], actor=SYSTEM, now=clock.now)
    mails = db_session.scalars(select(Mail).order_by(Mail.id)).all()
    for name in ("template", "language", "event_id", "state", "due_at", "created_at", "sent_by_id"):
        assert getattr(mails[0], name) == getattr(mails[1], name)
    assert mails[0].context | {"code": ""} == mails[1].context | {"code": ""}
    assert [mail.guest_id for mail in mails] == [one.id, many.id]
    entries = db_session.scalars(select(AuditEntry).where(AuditEntry.action == "guest.invited")).all()
    assert [entry.subject_id for entry in entries] == [one.id, many.id]
    assert first_broken(event.id) is None


def test_a_death_between_portions_loses_nobody(
    db_session: scoped_session[Any], clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction():
        event = make_event(published=True)
        crowd(event, 30)
        chain = event.id
    with transaction():
        enqueue(jobs.INVITE_ALL, now=clock.now, event_id=chain)
    monkeypatch.setattr(jobs, "INVITED_AT_ONCE", 10)
    really, calls = service.invite_many, []

    def dies_in_the_second(*given: Any, **named: Any) -> int:
        calls.append(1)
        done = really(*given, **named)
        if len(calls) == 2:
            raise RuntimeError("the lights go out")
        return done

    monkeypatch.setattr(service, "invite_many", dies_in_the_second)
    run_due_jobs()
    assert count(Guest.state == GuestState.INVITED) == 10
    clock.forward(minutes=1)
    work_off()
    assert count(Guest.state == GuestState.INVITED) == 30
    assert count(Mail.id > 0) == count(Guest.email != "")
    assert first_broken(chain) is None


def test_a_draft_event_invites_nobody(db_session: scoped_session[Any], clock: Clock) -> None:
    with transaction():
        event = make_event()
        guest = make_guest(event)
    with pytest.raises(Conflict), transaction():
        service.invite_many(event, [guest], actor=SYSTEM, now=clock.now)
