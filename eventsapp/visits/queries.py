"""Reading visits, delegations and what the itineraries are made of."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.strategy_options import _AbstractLoad

from eventsapp.core.db import db
from eventsapp.events.enums import EventState
from eventsapp.events.models import Event
from eventsapp.people.models import Affiliation
from eventsapp.places.models import Room
from eventsapp.programme.models import Participation, ProgrammeItem
from eventsapp.visits.enums import MemberFunction
from eventsapp.visits.models import Delegation, Member, Visit

# Who comes as a guest of the host; those who serve and guard a delegation are not named in public.
PUBLIC_FUNCTIONS = frozenset({MemberFunction.PRINCIPAL, MemberFunction.OFFICIAL, MemberFunction.ADVISER})


def visit_of(event: Event) -> Visit | None:
    """What an event has as a visit, with its four bodies; None where nobody has said it yet."""
    return db.session.scalar(
        select(Visit)
        .where(Visit.event_id == event.id)
        .options(
            joinedload(Visit.inviting),
            joinedload(Visit.host),
            joinedload(Visit.programme_owner),
            joinedload(Visit.payer),
        )
    )


def delegations(event: Event) -> Sequence[Delegation]:
    """An event's delegations in their order, with members, their names and titles."""
    return db.session.scalars(
        select(Delegation)
        .where(Delegation.event_id == event.id)
        .order_by(Delegation.position, Delegation.id)
        .options(*_whole())
    ).all()


def delegations_alone(event: Event) -> list[Delegation]:
    """An event's delegations in their order, without their members."""
    return list(
        db.session.scalars(
            select(Delegation)
            .where(Delegation.event_id == event.id)
            .order_by(Delegation.position, Delegation.id)
        )
    )


def delegation_of(event: Event, code: str) -> Delegation | None:
    """An event's delegation by its public code, with its members."""
    return db.session.scalar(
        select(Delegation).where(Delegation.event_id == event.id, Delegation.code == code).options(*_whole())
    )


def _whole() -> tuple[_AbstractLoad, ...]:
    members = selectinload(Delegation.members)
    return (
        joinedload(Delegation.organisation),
        joinedload(Delegation.liaison),
        members.joinedload(Member.person),
        members.joinedload(Member.affiliation).joinedload(Affiliation.organisation),
    )


def memberships(person_id: int) -> Sequence[Member]:
    """A person's places in delegations, with event and title."""
    return db.session.scalars(
        select(Member)
        .where(Member.person_id == person_id)
        .order_by(Member.id)
        .options(joinedload(Member.delegation).joinedload(Delegation.event), joinedload(Member.affiliation))
    ).all()


def next_position(event: Event) -> int:
    """The place after an event's last delegation."""
    highest = db.session.scalar(select(func.max(Delegation.position)).where(Delegation.event_id == event.id))
    return 0 if highest is None else highest + 1


def itinerary_items(event: Event) -> Sequence[ProgrammeItem]:
    """The items of an event and of the events inside it that are neither draft nor cancelled, by time.

    With place, groups and who takes part: a signing inside a visit is part of everybody's itinerary.
    """
    inside = select(Event.id).where(
        Event.parent_id == event.id, Event.state.not_in((EventState.DRAFT, EventState.CANCELLED))
    )
    parts = selectinload(ProgrammeItem.participations)
    return db.session.scalars(
        select(ProgrammeItem)
        .where(or_(ProgrammeItem.event_id == event.id, ProgrammeItem.event_id.in_(inside)))
        .order_by(ProgrammeItem.starts_at, ProgrammeItem.ends_at, ProgrammeItem.id)
        .options(
            joinedload(ProgrammeItem.event),
            joinedload(ProgrammeItem.room).joinedload(Room.venue),
            joinedload(ProgrammeItem.venue),
            selectinload(ProgrammeItem.groups),
            parts.joinedload(Participation.person),
        )
    ).all()


def for_public_page(event: Event) -> dict[str, Any] | None:
    """What the public page of a visit shows: its bodies, and who comes; None for nothing."""
    visit = visit_of(event)
    known = [(delegation, public_members(delegation)) for delegation in delegations(event)]
    if visit is None and not known:
        return None
    return {"visit": visit, "delegations": known}


def public_members(delegation: Delegation) -> list[Member]:
    """The members that the public may know of, in order of precedence."""
    return [member for member in delegation.members if member.is_head or member.function in PUBLIC_FUNCTIONS]
