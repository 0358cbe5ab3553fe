"""The places of choices that guests hold: taken, freed and moved with their answers and their seats.

Belongs inside one `transaction()`, the event being held. Always by id of the choice, after the seats of
the event, its categories and its items.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select

from eventsapp.core.db import db
from eventsapp.core.errors import Conflict
from eventsapp.core.text import N_
from eventsapp.events.models import Event
from eventsapp.questions import kinds
from eventsapp.questions import queries as questions
from eventsapp.questions.asked import Asked, Option
from eventsapp.questions.full import ChoiceFull
from eventsapp.questions.models import Choice
from eventsapp.rsvps import seats
from eventsapp.rsvps.models import ChoiceSeat, Guest, GuestAnswer


def refuse_full(event: Event, answers: Mapping[str, Any] | None) -> None:
    """Raise `ChoiceFull` where one of the choices in these answers has no place left."""
    if not answers:
        return
    for question, option in wanted_places(questions.asked(event.id), answers).values():
        if option.left == 0:
            raise ChoiceFull(question, option, _with_places(question))


def wanted_places(shown: Iterable[Asked], values: Mapping[str, Any]) -> dict[int, tuple[Asked, Option]]:
    """The choices that those answers ask for, by id, in the one order in which places are taken."""
    found = {}
    for question in shown:
        for code in kinds.kind_of(question).chosen(values.get(question.code)):
            if option := question.option(code):
                found[option.id] = (question, option)
    return dict(sorted(found.items()))


def move_places(guest: Guest, shown: Sequence[Asked], values: Mapping[str, Any], *, changed: bool) -> None:
    """Take and free places so that a guest holds those of these answers. Raises `ChoiceFull`.

    Who has no seat holds none; to them a full choice is refused when their answers have `changed`.
    """
    wanted = wanted_places(shown, values)
    if not guest.has_seats:
        for question, option in wanted.values() if changed else ():
            if option.left == 0:
                raise ChoiceFull(question, option, _with_places(question))
        return
    held = _held(guest)
    pools = _choices(wanted.keys() ^ held.keys())
    for choice in pools:
        if choice.id in held:
            if choice.question.retired_at is None:  # those of a question that is asked no more stay
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
