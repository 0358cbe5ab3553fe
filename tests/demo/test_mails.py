"""The demonstration shows own words and an address that takes no mail."""

from datetime import date, datetime
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from eventsapp.core.db import transaction
from eventsapp.demo import load, mails
from eventsapp.demo.occasions import SUMMIT
from eventsapp.events import queries as events
from eventsapp.mail import kinds, texts
from eventsapp.mail.enums import MailState
from eventsapp.mail.models import Mail
from eventsapp.rsvps.models import Guest


def test_own_words_can_be_sent_in_three_languages(app: Flask) -> None:
    kind = kinds.kind_of(app.jinja_env, mails.KIND)
    assert set(mails.WORDS) == {"en", "zh-Hant", "uk"}
    for subject, body in mails.WORDS.values():
        texts.checked(kind, subject, body)


def test_summit_writes_in_its_own_words_and_one_address_is_lost(
    db_session: scoped_session[Any], now: datetime
) -> None:
    with transaction():
        load.load(date(2026, 5, 12), password_hash="x", now=now)
    event = events.by_slug(SUMMIT)
    assert event is not None
    assert len(texts.manner_of(event.id).words) == 3
    (lost,) = db_session.scalars(select(Mail).where(Mail.state == MailState.BOUNCED))
    guest = db_session.get_one(Guest, lost.guest_id)
    assert (guest.event_id, guest.bounced_at, lost.bounce_reason) == (event.id, now, "5.1.1")
