"""Writing and changing questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from eventsapp.access.identity import Actor
from eventsapp.audit.service import record
from eventsapp.core.db import db, violated
from eventsapp.core.errors import Conflict, Invalid
from eventsapp.core.maps import clean_map
from eventsapp.core.provenance import Source
from eventsapp.core.text import N_
from eventsapp.events.models import Category, Event
from eventsapp.questions import kinds, queries, use
from eventsapp.questions.models import Choice, Question, QuestionVersion, Section
from eventsapp.questions.service import signals
from eventsapp.questions.service.holding import hold
from eventsapp.questions.service.wiring import must_leave_conditions_right, must_run_in_order, wired

MOST_QUESTIONS = 100
MOST_CHOICES = 60
MOST_DAYS = 3650


@dataclass(frozen=True, kw_only=True)
class ChoiceInput:
    """One answer to choose; `code` names one that there is already."""

    label: Mapping[str, str]
    capacity: int | None = None
    code: str = ""


@dataclass(frozen=True, kw_only=True)
class QuestionInput:
    """A question as entered. `choices` are all of them, in order: what is left out is retired or struck."""

    kind: str
    label: Mapping[str, str]
    help: Mapping[str, str] = field(default_factory=dict)
    section: Section | None = None
    categories: Sequence[Category] = ()
    required: bool = False
    needs_approval: bool = False
    limits: Mapping[str, Any] = field(default_factory=dict)  # as typed, by the kind's keys
    choices: Sequence[ChoiceInput] = ()
    condition: Mapping[str, Any] = field(default_factory=dict)
    retention_days: int | None = None


def create_question(
    event: Event, given: QuestionInput, *, source: Source = Source.ENTERED, actor: Actor, now: datetime
) -> Question:
    """A question after the others of its section."""
    hold(event)
    others = queries.questions(event)
    if len(others) >= MOST_QUESTIONS:
        raise Conflict(
            N_("A form has at most %(most)s questions, counting those retired."), most=MOST_QUESTIONS
        )
    question = Question(event=event, source=source, kind=kinds.known(given.kind).key, version=0)
    question.position = max((other.position for other in others), default=-1) + 1
    db.session.add(question)
    return _stored(question, given, "question.created", actor, now)


def edit_question(question: Question, given: QuestionInput, *, actor: Actor, now: datetime) -> Question:
    """Change a question. What kind it is, stays once there is an answer (`Conflict`)."""
    hold(question.event, question)
    if given.kind != question.kind and use.answered(question):
        raise Conflict(N_("This question was answered; ask another way with a new question."), field="kind")
    question.kind = kinds.known(given.kind).key
    return _stored(question, given, "question.edited", actor, now)


def _stored(question: Question, given: QuestionInput, action: str, actor: Actor, now: datetime) -> Question:
    with db.session.no_autoflush:
        _fill(question, given, now)
    _flush()
    everything = queries.questions(question.event)
    must_run_in_order(everything)
    must_leave_conditions_right(question, everything)
    keep_version(question, now)
    record(
        action,
        "question",
        question.id,
        actor=actor,
        now=now,
        event_id=question.event_id,
        version=question.version,
    )
    signals.question_kept.send(question=question, now=now)
    return question


def _flush() -> None:
    try:
        db.session.flush()
    except IntegrityError as error:
        if violated(error, "ck_choice_seats"):
            raise Conflict(N_("More places are taken by now; please reload."), field="choices") from error
        raise


def _fill(question: Question, given: QuestionInput, now: datetime) -> None:
    kind = kinds.known(given.kind)
    question.label = clean_map(given.label, field="label", required=True, limit=300)
    question.help = clean_map(given.help, field="help", limit=1000, multiline=True)
    question.section = given.section
    question.required = given.required
    question.needs_approval = given.needs_approval
    question.limits = _limits(kind, given.limits)
    question.retention_days = _days(given.retention_days)
    if question.categories != list(given.categories):
        question.categories = list(given.categories)
    _fill_choices(question, given.choices if kind.has_choices else (), now)
    if kind.has_choices and not any(choice.retired_at is None for choice in question.choices):
        raise Invalid(N_("Please write the answers to choose from."), field="choices")
    question.condition = wired(question, given.condition)


def _limits(kind: kinds.Kind, given: Mapping[str, Any]) -> dict[str, Any]:
    made = {}
    for limit in kind.limits:
        typed = given.get(limit.key)
        if typed not in (None, ""):
            try:
                made[limit.key] = limit.read(str(typed))
            except Invalid as error:
                error.field = f"limit_{limit.key}"
                raise
    if {"least", "most"} <= made.keys() and made["least"] > made["most"]:
        raise Invalid(N_("The least is more than the most."), field="limit_least")
    return made


def _days(days: int | None) -> int | None:
    if days is not None and not 0 <= days <= MOST_DAYS:
        raise Invalid(
            N_("Please give a whole number from %(least)s to %(most)s."),
            field="retention_days",
            least=0,
            most=MOST_DAYS,
        )
    return days


def _fill_choices(question: Question, given: Sequence[ChoiceInput], now: datetime) -> None:
    if len(given) > MOST_CHOICES:
        raise Invalid(
            N_("A question has at most %(most)s answers to choose from."), field="choices", most=MOST_CHOICES
        )
    known = {choice.code: choice for choice in question.choices}
    kept: set[str] = set()
    for position, wanted in enumerate(given):
        choice = known.get(wanted.code)
        if choice is None:
            choice = Choice(seats_taken=0)
            question.choices.append(choice)
        else:
            kept.add(choice.code)
        _fill_choice(choice, wanted, position)
    answered = bool(question.id) and use.answered(question) > 0
    for code, choice in known.items():
        if code not in kept and answered:
            choice.retired_at = choice.retired_at or now
        elif code not in kept:
            question.choices.remove(choice)


def _fill_choice(choice: Choice, wanted: ChoiceInput, position: int) -> None:
    if wanted.capacity is not None and wanted.capacity < (choice.seats_taken or 0):
        raise Conflict(
            N_("%(taken)s places of a choice are taken; its limit cannot be lower."),
            field="choices",
            taken=choice.seats_taken,
        )
    if wanted.capacity is not None and not 0 <= wanted.capacity <= 100_000:
        raise Invalid(
            N_("Please give a whole number from %(least)s to %(most)s."),
            field="choices",
            least=0,
            most=100_000,
        )
    choice.label = clean_map(wanted.label, field="choices", required=True)
    choice.capacity = wanted.capacity
    choice.position = position
    choice.retired_at = None


def keep_version(question: Question, now: datetime) -> None:
    """Raise the version where what is asked has changed, and keep how it stands now."""
    asked = _as_kept(question)
    last = db.session.scalar(
        select(QuestionVersion).where(
            QuestionVersion.question_id == question.id, QuestionVersion.version == question.version
        )
    )
    if last is None or last.asked != asked:
        question.version += 1
        db.session.add(
            QuestionVersion(question_id=question.id, version=question.version, asked=asked, at=now)
        )
        db.session.flush()


def _as_kept(question: Question) -> dict[str, Any]:
    return {
        "kind": question.kind,
        "label": question.label,
        "help": question.help,
        "limits": question.limits,
        "choices": [
            {"code": choice.code, "label": choice.label}
            for choice in sorted(question.choices, key=lambda each: each.position)
            if choice.retired_at is None
        ],
    }
