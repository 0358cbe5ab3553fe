"""How long answers are kept: a job a question, due when its days after the event are over.

The job looks again when it is due: an event that was moved, or days that were changed, put it off. It may
run twice; the second time there is nothing left.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from eventsapp.core import clock
from eventsapp.core.db import db, transaction
from eventsapp.events import signals as events
from eventsapp.events.models import Event
from eventsapp.jobs import handlers
from eventsapp.jobs.service import enqueue
from eventsapp.questions import use
from eventsapp.questions.models import Question
from eventsapp.questions.service import signals
from eventsapp.rsvps.models import GuestAnswer
from eventsapp.rsvps.service import forgetting

FORGET = "rsvps.forget-answers"


def forget(question_id: int) -> None:
    """Delete the answers to a question if it is time, else come back when it is."""
    with transaction() as session:
        question = session.get(Question, question_id)
        due_at = forgetting.due_at(question) if question else None
        if question is None or due_at is None:
            return
        now = clock.now()
        if now < due_at:
            enqueue(FORGET, now=now, due_at=due_at, question_id=question_id)
        else:
            forgetting.forget_answers(question, now=now)


def _plan(question: Question, now: datetime) -> None:
    due_at = forgetting.due_at(question)
    if due_at is not None:
        enqueue(FORGET, now=now, due_at=max(due_at, now), question_id=question.id)


def _on_kept(_: object, *, question: Question, now: datetime) -> None:
    _plan(question, now)


def _on_moved(_: object, *, event: Event, now: datetime, **__: Any) -> None:
    kept = select(Question).where(Question.event_id == event.id, Question.retention_days.is_not(None))
    for question in db.session.scalars(kept):
        _plan(question, now)


def _answers(question_id: int) -> int:
    query = select(func.count()).select_from(GuestAnswer).where(GuestAnswer.question_id == question_id)
    return db.session.scalar(query) or 0


def init_app(_app: object) -> None:
    """Answer for the job, and tell the questions' wing what was answered."""
    handlers.register(FORGET, forget)
    signals.question_kept.connect(_on_kept)
    events.event_moved.connect(_on_moved)
    use.counts(_answers)
