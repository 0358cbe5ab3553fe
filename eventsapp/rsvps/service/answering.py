"""What a guest answers to the organiser's questions, and the places of choices that go with it.

Belongs inside one `transaction()`, the event and the guest being held. Places are taken by id of the
choice, after those of the event and of items. Who is asked what is decided here again, whatever the form
showed: what is not asked is neither demanded nor kept.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select

from eventsapp.core.db import db
from eventsapp.core.errors import Conflict, Invalid
from eventsapp.core.text import N_
from eventsapp.events.models import Event
from eventsapp.questions import conditions, kinds
from eventsapp.questions import queries as questions
from eventsapp.questions.asked import Asked, Option
from eventsapp.questions.full import ChoiceFull
from eventsapp.questions.models import Choice
from eventsapp.questions.uploads import NewUpload
from eventsapp.rsvps import seats
from eventsapp.rsvps.enums import GuestState
from eventsapp.rsvps.models import ChoiceSeat, Guest, GuestAnswer
from eventsapp.rsvps.service import uploading


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
    if changed or seated(guest):
        _move_places(guest, shown, wanted, changed=bool(changed))
    return bool(changed)


def refuse_full(event: Event, answers: Mapping[str, Any] | None) -> None:
    """Raise `ChoiceFull` where one of the choices in these answers has no place left."""
    if not answers:
        return
    for question, option in _wanted_places(questions.asked(event.id), answers).values():
        if option.left == 0:
            raise ChoiceFull(question, option, _with_places(question))


def seated(guest: Guest) -> bool:
    """Whether a guest holds seats, and so places of choices."""
    return guest.has_seats or guest.state is GuestState.ACCEPTED


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


def _wanted_places(shown: Iterable[Asked], values: Mapping[str, Any]) -> dict[int, tuple[Asked, Option]]:
    """The choices that those answers ask for, by id, in the one order in which places are taken."""
    found = {}
    for question in shown:
        for code in kinds.kind_of(question).chosen(values.get(question.code)):
            if option := question.option(code):
                found[option.id] = (question, option)
    return dict(sorted(found.items()))


def _move_places(guest: Guest, shown: Sequence[Asked], values: Mapping[str, Any], *, changed: bool) -> None:
    wanted = _wanted_places(shown, values)
    if not seated(guest):
        for question, option in wanted.values() if changed else ():
            if option.left == 0:
                raise ChoiceFull(question, option, _with_places(question))
        return
    held = _held(guest)
    pools = _choices(wanted.keys() ^ held.keys())
    for choice in pools:
        if choice.id in held:
            _free(held[choice.id], choice)
        elif seats.take(choice, guest.party_size):
            db.session.add(ChoiceSeat(guest_id=guest.id, choice_id=choice.id, seats=guest.party_size))
        else:
            question, option = wanted[choice.id]
            raise ChoiceFull(question, option, _with_places(question))
    if pools:
        db.session.flush()


def _with_places(question: Asked) -> list[Option]:
    """As they are at this moment: another guest may have been quicker."""
    rows = {choice.id: choice for choice in _choices(option.id for option in question.options)}
    return [option for option in question.options if option.id in rows and seats.left(rows[option.id]) != 0]


def _held(guest: Guest) -> dict[int, ChoiceSeat]:
    rows = db.session.scalars(_places(), {"guest_id": guest.id})
    return {row.choice_id: row for row in rows}


@cache
def _places() -> Select[ChoiceSeat]:
    return select(ChoiceSeat).where(ChoiceSeat.guest_id == bindparam("guest_id"))


def _choices(ids: Iterable[int]) -> Sequence[Choice]:
    wanted = sorted(ids)
    if not wanted:
        return ()
    query = select(Choice).where(Choice.id.in_(wanted)).order_by(Choice.id)
    return db.session.scalars(query, execution_options={"populate_existing": True}).all()


def _free(place: ChoiceSeat, choice: Choice) -> None:
    seats.free(choice, place.seats)
    db.session.delete(place)


def take_choices(guest: Guest, *, now: datetime) -> list[GuestAnswer]:  # noqa: ARG001 -- as its like
    """A guest has seats now: the places of what they chose before, where they are left.

    Where none is left the answer is taken back; those answers are returned, and the guest's own page asks
    again. One statement where nothing was chosen.
    """
    rows = db.session.scalars(_chosen_by(), {"guest_id": guest.id}).all()
    if not rows:
        return []
    asked = {question.id: question for question in questions.asked(guest.event_id)}
    held, lost = _held(guest), list[GuestAnswer]()
    for row in rows:
        question = asked.get(row.question_id)
        if question is not None and _take_for(guest, question, row, held):
            lost.append(row)
    db.session.flush()
    return lost


@cache
def _chosen_by() -> Select[GuestAnswer]:
    return (
        select(GuestAnswer)
        .where(
            GuestAnswer.guest_id == bindparam("guest_id"),
            GuestAnswer.question_id.in_(select(Choice.question_id)),
        )
        .order_by(GuestAnswer.question_id)
    )


def _take_for(guest: Guest, question: Asked, row: GuestAnswer, held: Mapping[int, ChoiceSeat]) -> bool:
    """Take the places of one answer; whether one of them was lost."""
    kind = kinds.kind_of(question)
    codes = kind.chosen(row.value["is"])
    wanted = {option.id: option.code for option in question.options if option.code in codes}
    kept = [wanted[id_] for id_ in wanted if id_ in held]
    for choice in _choices(wanted.keys() - held.keys()):
        if seats.take(choice, guest.party_size):
            db.session.add(ChoiceSeat(guest_id=guest.id, choice_id=choice.id, seats=guest.party_size))
            kept.append(choice.code)
    lost = [code for code in codes if code in wanted.values() and code not in kept]
    if not lost:
        return False
    left = [code for code in codes if code not in lost]
    if left:
        row.value = {"is": left}
    else:
        db.session.delete(row)
    return True


def free_choices(guest: Guest, *, now: datetime) -> None:  # noqa: ARG001 -- as its like
    """A guest has seats no longer: the places of what they chose are free; the answers stay."""
    held = _held(guest)
    for choice in _choices(held):
        _free(held[choice.id], choice)
    if held:
        db.session.flush()


def resize_choices(guest: Guest, *, now: datetime) -> None:  # noqa: ARG001 -- as its like
    """The party has another size: as many places of what was chosen.

    Raises `Conflict` where too few are left.
    """
    held = _held(guest)
    for choice in _choices(held):
        more = guest.party_size - held[choice.id].seats
        if more < 0:
            seats.free(choice, -more)
        elif more and not seats.take(choice, more):
            raise Conflict(N_("Of something this guest chose, too few places are left for more people."))
        held[choice.id].seats = guest.party_size
    db.session.flush()
