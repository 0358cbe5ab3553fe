"""What an event's items do when the event changes."""

from datetime import datetime
from typing import Any

from sqlalchemy import update

from eventsapp.core.db import content_changed, db
from eventsapp.events.models import Event
from eventsapp.events.signals import event_cancelled, event_moved
from eventsapp.programme.enums import ItemState
from eventsapp.programme.models import ProgrammeItem


def _raise(event: Event, now: datetime, *only: Any) -> None:
    db.session.execute(
        update(ProgrammeItem)
        .where(ProgrammeItem.event_id == event.id, ProgrammeItem.state != ItemState.CANCELLED, *only)
        .values(sequence=ProgrammeItem.sequence + 1, revised_at=now)
    )
    content_changed(db.session())


def _on_cancelled(_: object, *, event: Event, now: datetime, **__: object) -> None:
    """Calendars show each item of a cancelled event as cancelled, so each is a new revision."""
    _raise(event, now)


def _on_moved(_: object, *, event: Event, now: datetime, **__: object) -> None:
    """An item without a place of its own is where the event is."""
    _raise(event, now, ProgrammeItem.room_id.is_(None), ProgrammeItem.venue_id.is_(None))


def init_app(_app: object) -> None:
    """Listen to what happens to events."""
    event_cancelled.connect(_on_cancelled)
    event_moved.connect(_on_moved)
