"""Deleting answers when their time has come; counts stay."""

from collections import Counter
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from eventsapp.access.identity import SYSTEM
from eventsapp.audit.service import record
from eventsapp.core.db import db
from eventsapp.questions import kinds
from eventsapp.questions import queries as questions
from eventsapp.questions.models import Choice, Question
from eventsapp.rsvps import answers
from eventsapp.rsvps.models import ChoiceSeat, GuestAnswer, Proposal, Upload
from eventsapp.rsvps.service import locking


def due_at(question: Question) -> datetime | None:
    """When a question's answers are deleted; None: with the event's other personal data."""
    days = question.retention_days
    return None if days is None else question.event.ends_at + timedelta(days=days)


def forget_answers(question: Question, *, now: datetime) -> int:
    """Delete all answers to a question, files too, and keep how many there were; the number.

    Places of choices stay counted, without telling whose they were. Doing it again deletes what came since.
    """
    locking.hold_event(question.event_id)
    rows = db.session.scalars(select(GuestAnswer).where(GuestAnswer.question_id == question.id)).all()
    uploads = db.session.execute(
        delete(Upload).where(Upload.question_id == question.id).returning(Upload.id)
    ).all()
    _strike_from_proposals(question)
    if not rows:
        return len(uploads)
    asked = questions.as_asked(question)
    counted = Counter(question.tally.get("choices", {}))
    if kinds.kind_of(asked).is_counted:
        counted.update(key for row in rows for key in answers.keys_of(asked, row.value["is"]))
    question.tally = {"answers": question.tally.get("answers", 0) + len(rows), "choices": dict(counted)}
    choices = select(Choice.id).where(Choice.question_id == question.id)
    db.session.execute(delete(ChoiceSeat).where(ChoiceSeat.choice_id.in_(choices)))
    db.session.execute(delete(GuestAnswer).where(GuestAnswer.question_id == question.id))
    db.session.flush()
    record(
        "question.answers-deleted",
        "question",
        question.id,
        actor=SYSTEM,
        now=now,
        event_id=question.event_id,
        answers=len(rows),
        uploads=len(uploads),
    )
    return len(rows)


def _strike_from_proposals(question: Question) -> None:
    """Late answers and changes repeat what was answered, whether they wait or were decided."""
    for proposal in db.session.scalars(select(Proposal).where(Proposal.event_id == question.event_id)):
        told = proposal.wanted.get("answers") or {}
        if question.code in told:
            left = {code: answer for code, answer in told.items() if code != question.code}
            proposal.wanted = {**proposal.wanted, "answers": left}
    db.session.flush()
