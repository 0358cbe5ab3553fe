"""The order of sections, and of questions within them. It is no change of what is asked."""

from datetime import datetime

from eventsapp.access.identity import Actor
from eventsapp.audit.service import record
from eventsapp.core import order
from eventsapp.core.db import db
from eventsapp.questions import queries
from eventsapp.questions.models import Question, Section
from eventsapp.questions.service.holding import hold
from eventsapp.questions.service.wiring import must_run_in_order


def move_section(section: Section, by: int, *, actor: Actor, now: datetime) -> None:
    """Put a section so many places later (negative: earlier). Raises `Conflict` where a condition forbids."""
    hold(section.event, section)
    order.move(queries.sections(section.event), section, by)
    _settle(section, "section", actor, now)


def move_question(question: Question, by: int, *, actor: Actor, now: datetime) -> None:
    """Put a question so many places later within its section. Raises `Conflict` where a condition forbids."""
    hold(question.event, question)
    beside = [
        other
        for other in queries.questions(question.event)
        if other.section_id == question.section_id and other.retired_at is None
    ]
    order.move(beside, question, by)
    _settle(question, "question", actor, now)


def _settle(moved: Section | Question, kind: str, actor: Actor, now: datetime) -> None:
    db.session.flush()
    must_run_in_order(queries.questions(moved.event))
    record(f"{kind}.moved", kind, moved.id, actor=actor, now=now, event_id=moved.event_id)
