"""What became pointless is withdrawn before it leaves; what waits can be held back."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from eventsapp.access.identity import SYSTEM
from eventsapp.core.db import transaction
from eventsapp.events.models import Event
from eventsapp.mail import service as mails
from eventsapp.mail.enums import MailState
from eventsapp.mail.models import Mail
from eventsapp.mail.sending import send_due
from eventsapp.rsvps import messages, service
from eventsapp.rsvps.enums import Answer
from eventsapp.rsvps.models import Guest
from tests.factories.events import make_event
from tests.factories.rsvps import answer, make_guest, make_invited
from tests.support.clocks import Clock


@pytest.fixture
def reminded(db_session: scoped_session[Any], clock: Clock) -> list[Guest]:
    """Two guests whose invitation has left and whose reminder waits."""
    with transaction():
        event = make_event("One", published=True)
        for name in ("Ada", "Ben"):
            make_invited(event, name)
        event_id = event.id
    send_due()
    event = db_session.get_one(Event, event_id)
    guests = list(db_session.scalars(select(Guest).order_by(Guest.id)))
    with transaction():
        messages.reminders(event, guests, actor=SYSTEM, now=clock.now)
    return guests


def fates(session: scoped_session[Any], template: str) -> list[MailState]:
    session.rollback()
    return list(session.scalars(select(Mail.state).where(Mail.template == template).order_by(Mail.id)))


@pytest.mark.parametrize("said", [Answer.ACCEPTED, Answer.DECLINED])
def test_reminder_of_who_answered_meanwhile_does_not_leave(
    app: Flask, db_session: scoped_session[Any], clock: Clock, reminded: list[Guest], said: Answer
) -> None:
    with transaction():
        answer(reminded[0], said, now=clock.now)
    while send_due():
        pass
    assert fates(db_session, "reminder") == [MailState.CANCELLED, MailState.SENT]
    assert fates(db_session, "confirmation") == [MailState.SENT]
    assert len(list(app.extensions["settings"].outbox.iterdir())) == 4


def test_batch_of_needless_messages_is_no_end_of_the_work(
    db_session: scoped_session[Any], clock: Clock, reminded: list[Guest]
) -> None:
    with transaction():
        for guest in reminded:
            service.switch_reminders(guest, off=True, actor=SYSTEM, now=clock.now)
    assert send_due() == 2
    assert fates(db_session, "reminder") == [MailState.CANCELLED] * 2


def test_reminder_to_an_address_that_takes_no_mail_does_not_leave(
    db_session: scoped_session[Any], clock: Clock, reminded: list[Guest]
) -> None:
    with transaction():
        reminded[1].bounced_at = clock.now
    while send_due():
        pass
    assert fates(db_session, "reminder") == [MailState.SENT, MailState.CANCELLED]


def test_invitation_that_was_taken_back_does_not_leave(db_session: scoped_session[Any], clock: Clock) -> None:
    with transaction():
        guest = make_guest(make_event("One", published=True), "Ada")
        service.invite(guest, actor=SYSTEM, now=clock.now)
        service.withdraw(guest, notify=False, actor=SYSTEM, now=clock.now)
    send_due()
    assert fates(db_session, "invitation") == [MailState.CANCELLED]


def test_message_is_held_back_and_sent_after_all(
    db_session: scoped_session[Any], clock: Clock, reminded: list[Guest]
) -> None:
    first = db_session.scalars(select(Mail).where(Mail.template == "reminder").order_by(Mail.id)).first()
    assert first is not None
    with transaction():
        assert mails.hold_back(first, now=clock.now)
    while send_due():
        pass
    assert fates(db_session, "reminder") == [MailState.CANCELLED, MailState.SENT]
    first = db_session.scalars(select(Mail).where(Mail.state == MailState.CANCELLED)).one()
    with transaction():
        mails.try_again(first, now=clock.now)
    send_due()
    assert fates(db_session, "reminder") == [MailState.SENT] * 2
    gone = db_session.scalars(select(Mail).where(Mail.template == "reminder")).first()
    assert gone is not None
    with transaction():
        assert not mails.hold_back(gone, now=clock.now)


def test_message_that_is_leaving_is_not_held_back(
    db_session: scoped_session[Any], clock: Clock, reminded: list[Guest]
) -> None:
    first = db_session.scalars(select(Mail).where(Mail.template == "reminder").order_by(Mail.id)).first()
    assert first is not None
    with transaction():
        first.leased_until = clock.now + timedelta(minutes=1)
    with transaction():
        assert not mails.hold_back(first, now=clock.now)
