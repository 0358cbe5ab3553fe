"""The order of proceedings of a ceremony: steps by the minute, counted from its beginning."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from eventsapp.access.identity import Actor
from eventsapp.audit import service as audit
from eventsapp.ceremonies import queries
from eventsapp.ceremonies.models import Proceeding
from eventsapp.ceremonies.usual import PLAIN_SIGNING
from eventsapp.core.db import db
from eventsapp.core.errors import Conflict, Invalid
from eventsapp.core.maps import clean_map
from eventsapp.core.provenance import Source
from eventsapp.core.text import N_
from eventsapp.events.models import Event
from eventsapp.events.service import must_be_open

FARTHEST = 24 * 60  # minutes before or after the beginning
LONGEST = 12 * 60


@dataclass(frozen=True, kw_only=True)
class StepInput:
    """A step as entered; `offset_minutes` from the beginning, negative before it."""

    text: Mapping[str, str]
    offset_minutes: int
    duration_minutes: int = 0
    who: Mapping[str, str] = field(default_factory=dict)


def add_step(
    event: Event,
    given: StepInput,
    *,
    source: Source = Source.ENTERED,
    source_reference: str = "",
    actor: Actor,
    now: datetime,
) -> Proceeding:
    """One more step, after those that begin at the same minute."""
    must_be_open(event)
    step = Proceeding(
        event_id=event.id,
        position=_last_position(event) + 1,
        source=source,
        source_reference=source_reference,
    )
    _fill(step, given)
    db.session.add(step)
    return _stored("proceeding.added", step, actor, now)


def edit_step(event: Event, step: Proceeding, given: StepInput, *, actor: Actor, now: datetime) -> Proceeding:
    """Change a step."""
    must_be_open(event)
    _fill(step, given)
    return _stored("proceeding.edited", step, actor, now)


def move_step(event: Event, step: Proceeding, *, later: bool, actor: Actor, now: datetime) -> Proceeding:
    """Let a step change places with its neighbour.

    The two share the time they had together: whichever now comes first begins where the pair began, the
    other one ends where the pair ended. At either end nothing changes.
    """
    must_be_open(event)
    steps = list(queries.proceedings(event))
    at = steps.index(step)
    other = steps[at + 1 : at + 2] if later else steps[max(0, at - 1) : at]
    if other:
        first, second = (step, other[0]) if later else (other[0], step)
        _swap(first, second)
    return _stored("proceeding.moved", step, actor, now)


def _swap(first: Proceeding, second: Proceeding) -> None:
    begin = first.offset_minutes
    positions = sorted((first.position, second.position))
    end = max(first.offset_minutes + first.duration_minutes, second.offset_minutes + second.duration_minutes)
    if first.offset_minutes != second.offset_minutes:  # else they begin together, one after the other
        second.offset_minutes = begin
        first.offset_minutes = max(begin, end - first.duration_minutes)
    second.position, first.position = positions


def delete_step(event: Event, step: Proceeding, *, actor: Actor, now: datetime) -> None:
    """Strike a step; the others stay where they are."""
    must_be_open(event)
    _record("proceeding.deleted", step, actor, now)
    db.session.delete(step)
    db.session.flush()


def use_plain_signing(event: Event, *, actor: Actor, now: datetime) -> Sequence[Proceeding]:
    """The usual steps of a plain signing, to begin with; only where there are none yet (`Conflict`)."""
    if queries.proceedings(event):
        raise Conflict(N_("This ceremony has an order of proceedings already."))
    return [
        add_step(
            event,
            StepInput(
                text=step.text, offset_minutes=step.offset, duration_minutes=step.minutes, who=step.who
            ),
            actor=actor,
            now=now,
        )
        for step in PLAIN_SIGNING
    ]


def _last_position(event: Event) -> int:
    return max((step.position for step in queries.proceedings(event)), default=-1)


def _fill(step: Proceeding, given: StepInput) -> None:
    if not -FARTHEST <= given.offset_minutes <= FARTHEST:
        raise Invalid(N_("Please stay within a day of the beginning."), field="offset_minutes")
    if not 0 <= given.duration_minutes <= LONGEST:
        raise Invalid(N_("A step lasts from 0 to %(most)s minutes."), field="duration_minutes", most=LONGEST)
    step.text = clean_map(given.text, field="text", limit=500, required=True)
    step.who = clean_map(given.who, field="who")
    step.offset_minutes = given.offset_minutes
    step.duration_minutes = given.duration_minutes


def _stored(action: str, step: Proceeding, actor: Actor, now: datetime) -> Proceeding:
    db.session.flush()
    _record(action, step, actor, now)
    return step


def _record(action: str, step: Proceeding, actor: Actor, now: datetime) -> None:
    audit.record(action, "proceeding", step.id, actor=actor, now=now, event_id=step.event_id)
