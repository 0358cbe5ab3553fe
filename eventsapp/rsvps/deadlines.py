"""Until when answers are taken."""

from datetime import datetime

from eventsapp.events.models import Event


def closes_at(event: Event) -> datetime:
    """Until when guests answer and change by themselves: the reply-by date, else the beginning."""
    return event.reply_by_at or event.starts_at


def takes_late(event: Event, now: datetime) -> bool:
    """Whether a guest's answer is late, and the host may still agree to it: until the event begins."""
    return is_past(event, now) and now < event.starts_at


def is_past(event: Event, now: datetime) -> bool:
    """Whether guests can no longer answer by themselves."""
    return now > closes_at(event)
