"""The builder against bare `icalendar` writing the same properties."""

from time import process_time

from eventsapp.calendars import vtimezone
from eventsapp.calendars.ical import calendar
from tests.calendars.yardstick import bare, programme


def test_cold_calendar_costs_little_more_than_the_bare_library() -> None:
    entries = programme(500)
    ratios = []
    for _ in range(3):
        start = process_time()
        vtimezone.forget()
        calendar(entries)
        middle = process_time()
        bare(entries)
        ratios.append((middle - start) / (process_time() - middle))
    assert min(ratios) < 1.3
