"""Loads the demonstration, once; `replay` moves it afterwards."""

from datetime import date, datetime, timedelta

from eventsapp.demo import directory, guests, occasions
from eventsapp.demo.occasions import Occasions

TRUE_TUESDAY = date(2023, 3, 28)


def load(tuesday: date, *, now: datetime) -> Occasions:
    """All of the demonstration with the visit's Tuesday on that day. Nothing of it may be there yet."""
    shift = timedelta(days=(tuesday - TRUE_TUESDAY).days)
    known = directory.write(now)
    made = occasions.write(known, shift, now)
    guests.write(known, made, now)
    return made
