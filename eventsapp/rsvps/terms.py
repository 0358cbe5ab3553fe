"""The terms on which an event takes answers, read."""

from eventsapp.core.db import db
from eventsapp.rsvps.enums import ReplyMode
from eventsapp.rsvps.models import ReplyTerms


def of(event_id: int) -> ReplyTerms:
    """An event's terms; where none were set, the usual ones, as a row that is not stored."""
    return db.session.get(ReplyTerms, event_id) or usual(event_id)


def usual(event_id: int) -> ReplyTerms:
    """An answer is asked for, no seat is held, nobody is reminded, nothing waits for approval."""
    return ReplyTerms(
        event_id=event_id,
        mode=ReplyMode.REPLY,
        holds_seats=False,
        offer_hours=None,
        remind_days=[],
        wants_approval=False,
        approves_list=False,
        remind_at=None,
        holds_released_at=None,
    )
