"""Demonstration data that was moved in time: what is shown, and when it truly was."""

from dataclasses import dataclass
from datetime import date, timedelta

from eventsapp.events.models import Event


@dataclass(frozen=True)
class Replayed:
    """The first day of an event as it is shown, and its true date."""

    shown_as: date
    true_date: date


def note(event: Event) -> Replayed | None:
    """What readers of an event must be told about its dates; None for an event that was not moved."""
    if not event.shifted_days:
        return None
    shown = event.starts_local.date()
    return Replayed(shown, shown - timedelta(days=event.shifted_days))
