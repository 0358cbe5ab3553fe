"""Reading an event's form. Everything starts from the event."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Row, Select, bindparam, select
from sqlalchemy.orm import joinedload, selectinload

from eventsapp.core.db import db
from eventsapp.events.models import Event
from eventsapp.questions.asked import Asked, Heading, Option
from eventsapp.questions.models import Choice, Question, QuestionVersion, Section, question_categories


def asked(event_id: int) -> tuple[Asked, ...]:
    """What is asked at an event now, in order; one statement where nothing is, three else."""
    rows = db.session.execute(_asked(), {"event_id": event_id}).all()
    if not rows:
        return ()
    ids = [row.id for row in rows]
    options, categories = _options(ids), _categories(ids)
    return tuple(_as_asked(row, options.get(row.id, ()), categories.get(row.id, frozenset())) for row in rows)


@cache
def _asked() -> Select[Any]:
    """Made once: composing it costs as much as asking it. Questions without a section come first."""
    question, section = Question.__table__, Section.__table__
    return (
        select(
            question,
            section.c.code.label("section_code"),
            section.c.title.label("section_title"),
            section.c.intro.label("section_intro"),
        )
        .select_from(question.outerjoin(section, question.c.section_id == section.c.id))
        .where(question.c.event_id == bindparam("event_id"), question.c.retired_at.is_(None))
        .order_by(
            section.c.position.is_not(None),
            section.c.position,
            section.c.id,
            question.c.position,
            question.c.id,
        )
    )


def _options(question_ids: Sequence[int]) -> Mapping[int, tuple[Option, ...]]:
    choice = Choice.__table__
    query = (
        select(choice)
        .where(choice.c.question_id.in_(question_ids), choice.c.retired_at.is_(None))
        .order_by(choice.c.position, choice.c.id)
    )
    found: dict[int, tuple[Option, ...]] = {}
    for row in db.session.execute(query):
        left = None if row.capacity is None else row.capacity - row.seats_taken
        option = Option(row.id, row.code, row.label, left)
        found[row.question_id] = (*found.get(row.question_id, ()), option)
    return found


def _categories(question_ids: Sequence[int]) -> Mapping[int, frozenset[int]]:
    query = select(question_categories).where(question_categories.c.question_id.in_(question_ids))
    found: dict[int, frozenset[int]] = {}
    for question_id, category_id in db.session.execute(query):
        found[question_id] = found.get(question_id, frozenset()) | {category_id}
    return found


def _as_asked(row: Row[Any], options: tuple[Option, ...], categories: frozenset[int]) -> Asked:
    section = Heading(row.section_code, row.section_title, row.section_intro) if row.section_id else None
    return Asked(
        id=row.id,
        code=row.code,
        kind=row.kind,
        label=row.label,
        help=row.help,
        required=row.required,
        needs_approval=row.needs_approval,
        condition=row.condition,
        limits=row.limits,
        version=row.version,
        section=section,
        categories=categories,
        options=options,
    )


def as_asked(question: Question) -> Asked:
    """A question of an editor's, as it would be asked."""
    options = tuple(
        Option(
            choice.id,
            choice.code,
            choice.label,
            None if choice.capacity is None else choice.capacity - choice.seats_taken,
        )
        for choice in question.choices
        if choice.retired_at is None
    )
    section = question.section
    return Asked(
        id=question.id,
        code=question.code,
        kind=question.kind,
        label=question.label,
        help=question.help,
        required=question.required,
        needs_approval=question.needs_approval,
        condition=question.condition,
        limits=question.limits,
        version=question.version,
        section=Heading(section.code, section.title, section.intro) if section else None,
        categories=frozenset(category.id for category in question.categories),
        options=options,
    )


def every_option(question_ids: Iterable[int]) -> Mapping[int, tuple[Option, ...]]:
    """All choices that there were, retired ones too: for reading old answers."""
    found: dict[int, tuple[Option, ...]] = {}
    query = select(Choice).where(Choice.question_id.in_([*question_ids])).order_by(Choice.position, Choice.id)
    for choice in db.session.scalars(query):
        option = Option(choice.id, choice.code, choice.label)
        found[choice.question_id] = (*found.get(choice.question_id, ()), option)
    return found


def sections(event: Event) -> list[Section]:
    """An event's sections in order."""
    query = select(Section).where(Section.event_id == event.id).order_by(Section.position, Section.id)
    return [*db.session.scalars(query)]


def questions(event: Event) -> list[Question]:
    """All of an event's questions in the order of the form, retired ones among them."""
    query = (
        select(Question)
        .where(Question.event_id == event.id)
        .outerjoin(Question.section)
        .order_by(Section.position.is_not(None), Section.position, Section.id, Question.position, Question.id)
        .options(
            joinedload(Question.section),
            selectinload(Question.choices),
            selectinload(Question.categories),
        )
    )
    return [*db.session.scalars(query)]


def question_of(event: Event, code: str) -> Question | None:
    """The event's question with that code."""
    query = (
        select(Question)
        .where(Question.event_id == event.id, Question.code == code)
        .options(
            joinedload(Question.section),
            selectinload(Question.choices),
            selectinload(Question.categories),
        )
    )
    return db.session.scalar(query)


def section_of(event: Event, code: str) -> Section | None:
    """The event's section with that code."""
    return db.session.scalar(select(Section).where(Section.event_id == event.id, Section.code == code))


def versions(question: Question) -> list[QuestionVersion]:
    """How a question stood at each of its versions, the first first."""
    query = select(QuestionVersion).where(QuestionVersion.question_id == question.id)
    return [*db.session.scalars(query.order_by(QuestionVersion.version))]
