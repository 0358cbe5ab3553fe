"""The demonstration's form: in three languages, with answers, places taken and counts that agree."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from eventsapp.demo.load import TRUE_TUESDAY, load
from eventsapp.demo.occasions import SUMMIT
from eventsapp.events.models import Event
from eventsapp.questions import queries
from eventsapp.questions.models import Choice, Question
from eventsapp.rsvps import answers
from tests.factories.people import NOW


@pytest.fixture
def summit(db_session: Session) -> Event:
    load(TRUE_TUESDAY, password_hash="", now=NOW)
    return db_session.scalars(select(Event).where(Event.slug == SUMMIT)).one()


def test_summit_asks_in_three_languages_and_is_answered(db_session: Session, summit: Event) -> None:
    asked = queries.asked(summit.id)
    assert len(asked) == 8
    for question in asked:
        assert set(question.label) == {"en", "zh-Hant", "uk"}
        assert all(set(option.label) == {"en", "zh-Hant", "uk"} for option in question.options)
    assert {question.kind for question in asked} >= {"text", "yes-no", "one-of", "photo", "phone"}
    counted = {one.asked.label["en"]: one for one in answers.counts(summit)}
    assert counted["To which hotel?"].answers == 4
    full = db_session.scalars(
        select(Choice).join(Choice.question).where(Question.event_id == summit.id, Choice.capacity == 2)
    ).one()
    assert full.seats_taken == 2
