"""Reading instruments, commitments and the order of proceedings."""

from collections.abc import Sequence

from sqlalchemy import select

from eventsapp.ceremonies.models import Proceeding
from eventsapp.core.db import db
from eventsapp.events.models import Event


def proceedings(event: Event) -> Sequence[Proceeding]:
    """The steps of an event's order of proceedings, as they follow one another."""
    return db.session.scalars(
        select(Proceeding)
        .where(Proceeding.event_id == event.id)
        .order_by(Proceeding.offset_minutes, Proceeding.position, Proceeding.id)
    ).all()
