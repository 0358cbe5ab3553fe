"""Reading events."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventsapp.core.db import db
from eventsapp.events.models import Event


def by_slug(slug: str) -> Event | None:
    """The event at that address, with its venue, host and parent; None if there is none."""
    return db.session.scalar(
        select(Event)
        .where(Event.slug == slug)
        .options(joinedload(Event.venue), joinedload(Event.host), joinedload(Event.parent))
    )


def lineage(event: Event) -> tuple[int, ...]:
    """The ids of the event and of the events it stands inside: where a role for it may be held."""
    ids: list[int] = []
    step: Event | None = event
    while step is not None and step.id not in ids:
        ids.append(step.id)
        step = step.parent
    return tuple(ids)
