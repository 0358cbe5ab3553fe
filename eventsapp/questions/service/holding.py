"""One editor of a form at a time: the event's row is the door, as it is for everything about its guests."""

from sqlalchemy import select

from eventsapp.core.db import db
from eventsapp.events.models import Event
from eventsapp.events.service import must_be_open
from eventsapp.questions.models import Question, Section


def hold(event: Event, *rows: Question | Section) -> None:
    """Lock an event that is open, and read anew what is about to change."""
    db.session.scalar(select(Event.id).where(Event.id == event.id).with_for_update(key_share=True))
    must_be_open(event)
    for row in rows:
        db.session.refresh(row)
