"""Reading what guests answered to the organiser's questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, select

from eventsapp.core.db import LanguageMap, db
from eventsapp.events.models import Event
from eventsapp.questions import kinds
from eventsapp.questions import queries as questions
from eventsapp.questions.asked import Asked
from eventsapp.questions.models import Question, QuestionVersion
from eventsapp.rsvps.enums import GuestState
from eventsapp.rsvps.models import Guest, GuestAnswer, Upload
from eventsapp.rsvps.service import answering

COMING = (GuestState.ACCEPTED, GuestState.OFFERED, GuestState.EXPECTED)


@dataclass(frozen=True)
class Told:
    """One answer of a guest; `then`: how the question was worded when it was given, if otherwise than now."""

    asked: Asked
    value: Any
    at: datetime
    then: LanguageMap | None
    upload: Upload | None


def of_guest(guest: Guest) -> list[Told]:
    """Everything a guest answered, in the order of the form; one statement where that is nothing."""
    rows = answering.standing(guest.id).rows
    if not rows:
        return []
    asked = {question.id: question for question in _with_all_options(_questions(rows.keys()))}
    then = _wordings(rows.values(), asked)
    uploads = _uploads(guest, asked.values())
    return [
        Told(question, row.value["is"], row.at, then.get(question.id), uploads.get(str(row.value["is"])))
        for question in asked.values()
        if (row := rows[question.id])
    ]


def _questions(ids: Any) -> list[Asked]:
    found = db.session.scalars(select(Question).where(Question.id.in_([*ids])).order_by(Question.position))
    return [
        Asked(
            id=row.id, code=row.code, kind=row.kind, label=row.label, limits=row.limits, version=row.version
        )
        for row in found
    ]


def _with_all_options(asked: Sequence[Asked]) -> list[Asked]:
    options = questions.every_option(question.id for question in asked)
    return [replace(question, options=options.get(question.id, ())) for question in asked]


def _wordings(rows: Any, asked: Mapping[int, Asked]) -> dict[int, LanguageMap]:
    """The earlier wordings that those answers were given to."""
    old = [(row.question_id, row.version) for row in rows if row.version != asked[row.question_id].version]
    if not old:
        return {}
    query = select(QuestionVersion).where(QuestionVersion.question_id.in_([id_ for id_, _ in old]))
    kept = {(row.question_id, row.version): row.asked["label"] for row in db.session.scalars(query)}
    return {
        question_id: kept[question_id, version]
        for question_id, version in old
        if (question_id, version) in kept and kept[question_id, version] != asked[question_id].label
    }


def _uploads(guest: Guest, asked: Any) -> dict[str, Upload]:
    if not any(kinds.kind_of(question).takes_upload for question in asked):
        return {}
    rows = db.session.scalars(select(Upload).where(Upload.guest_id == guest.id))
    return {row.code: row for row in rows}


def missing(guest: Guest, event: Event) -> list[Asked]:
    """Required questions that a guest who comes has not answered."""
    asked = questions.asked(event.id)
    if not asked or guest.state not in COMING:
        return []
    told = answering.standing(guest.id).by_code(asked)
    shown = answering.visible(asked, guest.category_id, told)
    return [question for question in shown if question.required and question.code not in told]


@dataclass(frozen=True)
class Counted:
    """How many answered a question, and of those that can be counted how many chose what."""

    asked: Asked
    answers: int
    coming: int
    choices: Mapping[str, tuple[int, int]]  # as the kind writes the choice: (all, of guests who come)
    tally: Mapping[str, Any]  # what was counted when the answers were deleted


def counts(event: Event) -> list[Counted]:
    """The answers to every question of an event, counted (a constant number of statements)."""
    everything = questions.questions(event)
    asked = _with_all_options([questions.as_asked(question) for question in everything])
    totals = _totals(event)
    chosen = _chosen(event, [one for one in asked if kinds.kind_of(one).is_counted])
    return [
        Counted(one, *totals.get(one.id, (0, 0)), chosen.get(one.id, {}), question.tally)
        for one, question in zip(asked, everything, strict=True)
        if question.retired_at is None or one.id in totals or question.tally
    ]


_comes = func.sum(case((Guest.state.in_(COMING), 1), else_=0))


def _totals(event: Event) -> dict[int, tuple[int, int]]:
    query = (
        select(GuestAnswer.question_id, func.count(), _comes)
        .join(GuestAnswer.guest)
        .where(Guest.event_id == event.id)
        .group_by(GuestAnswer.question_id)
    )
    return {question_id: (number, coming) for question_id, number, coming in db.session.execute(query)}


def _chosen(event: Event, asked: Sequence[Asked]) -> dict[int, dict[str, tuple[int, int]]]:
    by_id = {question.id: question for question in asked}
    query = (
        select(GuestAnswer.question_id, GuestAnswer.value, func.count(), _comes)
        .join(GuestAnswer.guest)
        .where(Guest.event_id == event.id, GuestAnswer.question_id.in_(by_id))
        .group_by(GuestAnswer.question_id, GuestAnswer.value)
    )
    found: dict[int, dict[str, tuple[int, int]]] = {}
    for question_id, value, number, coming in db.session.execute(query):
        counted = found.setdefault(question_id, {})
        for key in keys_of(by_id[question_id], value["is"]):
            before = counted.get(key, (0, 0))
            counted[key] = (before[0] + number, before[1] + coming)
    return found


def keys_of(asked: Asked, value: Any) -> list[str]:
    """Under what a value is counted: the choices' codes, or the value as it is typed."""
    kind = kinds.kind_of(asked)
    return kind.chosen(value) if kind.has_choices else [str(kind.typed(value))]
