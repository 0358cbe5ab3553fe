"""Questions that are no longer asked."""

from datetime import datetime

from eventsapp.access.identity import Actor
from eventsapp.audit.service import record
from eventsapp.core.db import db
from eventsapp.core.errors import Conflict
from eventsapp.core.text import N_
from eventsapp.questions import queries, use
from eventsapp.questions.models import Question
from eventsapp.questions.service.holding import hold
from eventsapp.questions.service.wiring import asks_about, must_run_in_order


def remove_question(question: Question, *, actor: Actor, now: datetime) -> bool:
    """Ask no more. An answered question is retired and its answers stay (False); another is struck (True).

    Refused (`Conflict`) while another question's condition asks about it.
    """
    event = question.event
    hold(event, question)
    if asks_about(question, queries.questions(event)):
        raise Conflict(N_("Another question is asked depending on this one; change its condition first."))
    question_id, struck = question.id, not use.answered(question)
    if struck:
        db.session.delete(question)
    else:
        question.retired_at = now
    db.session.flush()
    action = "question.removed" if struck else "question.retired"
    record(action, "question", question_id, actor=actor, now=now, event_id=event.id)
    return struck


def bring_back(question: Question, *, actor: Actor, now: datetime) -> Question:
    """Ask a retired question again."""
    hold(question.event, question)
    question.retired_at = None
    db.session.flush()
    must_run_in_order(queries.questions(question.event))
    record("question.asked-again", "question", question.id, actor=actor, now=now, event_id=question.event_id)
    return question
