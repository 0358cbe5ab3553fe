"""Reading visits, delegations and itineraries."""

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from eventsapp.core.db import db
from eventsapp.events.models import Event
from eventsapp.visits.models import Delegation, Visit


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


def delegations_alone(event: Event) -> list[Delegation]:
    """An event's delegations in their order, without their members."""
    return list(
        db.session.scalars(
            select(Delegation)
            .where(Delegation.event_id == event.id)
            .order_by(Delegation.position, Delegation.id)
        )
    )


def next_position(event: Event) -> int:
    """The place after an event's last delegation."""
    highest = db.session.scalar(select(func.max(Delegation.position)).where(Delegation.event_id == event.id))
    return 0 if highest is None else highest + 1
