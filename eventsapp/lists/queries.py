"""Reading imports. Everything starts from the event."""

from collections.abc import Sequence

from sqlalchemy import select

from eventsapp.core.db import db
from eventsapp.events.models import Event
from eventsapp.lists.models import GuestImport

LAST = 20


def imports(event: Event) -> Sequence[GuestImport]:
    """An event's last imports, the latest first; their files stay where they are."""
    query = select(GuestImport).where(GuestImport.event_id == event.id)
    return db.session.scalars(query.order_by(GuestImport.id.desc()).limit(LAST)).all()


def import_of(event: Event, code: str) -> GuestImport | None:
    """The event's import with that code."""
    return db.session.scalar(
        select(GuestImport).where(GuestImport.event_id == event.id, GuestImport.code == code)
    )
