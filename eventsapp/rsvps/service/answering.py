"""What a guest answers to the organiser's questions; the places of choices that go with it: `placing.py`.

Belongs inside one `transaction()`, the event and the guest being held. Who is asked what is decided here
again, whatever the form showed: what is not asked is neither demanded nor kept.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select

from eventsapp.core.db import db
from eventsapp.core.errors import Invalid
from eventsapp.core.text import N_
from eventsapp.events.models import Event
from eventsapp.questions import conditions, kinds
from eventsapp.questions import queries as questions
from eventsapp.questions.asked import Asked
from eventsapp.questions.uploads import NewUpload
from eventsapp.rsvps.models import Guest, GuestAnswer
from eventsapp.rsvps.service import placing, uploading
from eventsapp.rsvps.service.placing import free_choices, refuse_full, resize_choices, take_choices

__all__ = [
    "Standing",
    "changes",
    "differs",
    "free_choices",
    "hold_uploads",
    "refuse_full",
    "resize_choices",
    "standing",
    "store",
    "take_choices",
    "visible",
]


@dataclass(frozen=True)
class Standing:
    """What a guest answered before, by question id."""

    values: Mapping[int, Any]
    rows: Mapping[int, GuestAnswer]

    def by_code(self, asked: Iterable[Asked]) -> dict[str, Any]:
        """The same by question code, of the questions given."""
        return {question.code: self.values[question.id] for question in asked if question.id in self.values}


def standing(guest_id: int) -> Standing:
    """A guest's stored answers (one statement)."""
    rows = {row.question_id: row for row in db.session.scalars(_answers(), {"guest_id": guest_id})}
    return Standing({question_id: row.value["is"] for question_id, row in rows.items()}, rows)


@cache
def _answers() -> Select[GuestAnswer]:
    return select(GuestAnswer).where(GuestAnswer.guest_id == bindparam("guest_id"))


def visible(asked: Sequence[Asked], category_id: int, answers: Mapping[str, Any]) -> list[Asked]:
    """The questions that a guest of that category with those answers is asked, in order."""
    shown, known = [], dict[str, Any]()
    for question in asked:
        if question.is_for(category_id) and conditions.holds(question.condition, known):
            shown.append(question)
            if (answer := answers.get(question.code)) is not None:
                known[question.code] = answer
    return shown


def store(guest: Guest, event: Event, answers: Mapping[str, Any], *, now: datetime) -> bool:
    """Keep what was answered; whether anything is different now.

    `answers`: question code → value as the form cleaned it; None: taken back; left out: as it was. Raises
    `ChoiceFull` where a place is wanted that is not left, and then nothing of the reply is kept.
    """
    asked = questions.asked(event.id)
    before = standing(guest.id)
    wanted = {**before.by_code(asked), **answers}
    shown = visible(asked, guest.category_id, wanted)
    changed = _drop(before, {question.id for question in asked} - {question.id for question in shown})
    for question in shown:
        if question.code in answers:
            value = _settled(guest, question, answers[question.code], now)
            wanted[question.code] = value
            changed |= {question.id} if _keep(guest, question, value, before, now) else set()
    if changed:
        db.session.flush()
        uploading.drop_unused(guest, [question for question in asked if question.id in changed])
    if changed or guest.has_seats:
        placing.move_places(guest, shown, wanted, changed=bool(changed))
    return bool(changed)


def changes(guest: Guest, event: Event, answers: Mapping[str, Any]) -> list[str]:
    """The codes of questions whose stored answer these would change, among those that need approval."""
    asked = questions.asked(event.id)
    before = standing(guest.id).by_code(asked)
    return [
        question.code
        for question in asked
        if question.needs_approval
        and question.code in before
        and question.code in answers
        and answers[question.code] != before[question.code]
    ]


def differs(guest: Guest, event: Event, answers: Mapping[str, Any]) -> bool:
    """Whether these would change anything of what a guest answered."""
    asked = questions.asked(event.id)
    before = standing(guest.id).by_code(asked)
    told = (question.code for question in asked if question.code in answers)
    return any(answers[code] != before.get(code) for code in told)


def hold_uploads(
    guest: Guest, event: Event, answers: Mapping[str, Any] | None, *, now: datetime
) -> dict[str, Any] | None:
    """The answers with every new file kept and named by its code, so that they can be written as JSON."""
    if not answers or not any(isinstance(value, NewUpload) for value in answers.values()):
        return None if answers is None else dict(answers)
    asked = {question.code: question for question in questions.asked(event.id)}
    return {
        code: _settled(guest, asked[code], value, now) if code in asked else value
        for code, value in answers.items()
    }


def _settled(guest: Guest, question: Asked, value: Any, now: datetime) -> Any:
    """A value as it is stored: a new file becomes a row, and the row's code the value."""
    if isinstance(value, NewUpload):
        return uploading.keep(guest, question.id, value, now=now).code
    if value is not None and kinds.kind_of(question).takes_upload:
        if not uploading.is_theirs(guest, question.id, value):
            raise Invalid(N_("Please choose the file once more."), field=question.field)
        return value
    return value


def _drop(before: Standing, hidden: set[int]) -> set[int]:
    """Delete answers to what this guest is not asked, whose questions' ids; those to retired ones stay."""
    rows = [row for row in before.rows.values() if row.question_id in hidden]
    for row in rows:
        db.session.delete(row)
    return {row.question_id for row in rows}


def _keep(guest: Guest, question: Asked, value: Any, before: Standing, now: datetime) -> bool:
    row = before.rows.get(question.id)
    if value is None:
        if row is not None:
            db.session.delete(row)
        return row is not None
    if row is None:
        row = GuestAnswer(guest_id=guest.id, question_id=question.id)
        db.session.add(row)
    elif row.value["is"] == value:
        return False
    row.value, row.version, row.at = {"is": value}, question.version, now
    return True
