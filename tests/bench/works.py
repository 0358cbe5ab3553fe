"""Work that needs no server: badges into a PDF, a calendar beside the bare library."""

from collections.abc import Sequence
from pathlib import Path

from eventsapp.calendars import vtimezone
from eventsapp.calendars.ical import calendar
from tests.bench.site import Site
from tests.calendars.yardstick import bare, programme

ITEMS = 500


def badges(site: Site) -> Sequence[str]:
    """The command that prints the summit's badges as A6 leaves."""
    file = Path(site.environment["EVENTSAPP_INSTANCE"]) / "badges.pdf"
    return "badges", "print", site.sample["slug"], "--sheet", "a6", "--json", "-o", str(file)


def cold_calendar() -> object:
    """500 entries, and nothing known from before: what a feed costs that is asked for the first time."""
    vtimezone.forget()
    return calendar(_ENTRIES)


def bare_calendar() -> object:
    """The same by `icalendar` alone, as its manual shows."""
    return bare(_ENTRIES)


_ENTRIES = programme(ITEMS)
