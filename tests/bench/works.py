"""Work that needs no server: badges into a PDF, a calendar beside the bare library."""

from collections.abc import Sequence
from pathlib import Path

from eventsapp.calendars import vtimezone
from eventsapp.calendars.ical import calendar
from tests.bench.site import Site
from tests.calendars.yardstick import bare, programme

ITEMS = 500
LISTED = 50_000


def badges(site: Site) -> Sequence[str]:
    """The command that prints the summit's badges as A6 leaves."""
    file = Path(site.environment["EVENTSAPP_INSTANCE"]) / "badges.pdf"
    return "badges", "print", site.sample["slug"], "--sheet", "a6", "--json", "-o", str(file)


def guest_list(site: Site) -> Sequence[str]:
    """The command that imports a list of 50,000 guests whom nobody knows yet."""
    file = Path(site.environment["EVENTSAPP_INSTANCE"]) / "guests.csv"
    head = "Name,Name (uk),Title,Organisation,Mail,Category,Language,Diet\n"
    file.write_text(head + "".join(map(_listed, range(LISTED))), encoding="utf-8")
    return "guests", "import", site.sample["slug"], str(file), "--json"


def _listed(number: int) -> str:
    """A row; the names are made of syllables, and no two are the same."""
    left, name = number, ""
    for _ in range(5):
        left, syllable = divmod(left, 16)
        name += "badefogikulomaneposaruteviwozy"[2 * syllable % 30 :][:2]
    uk, city, diet = (
        f"Приклад {number}",
        f"City of Sampleport {number % 300}",
        "vegetarian" if number % 9 else "",
    )
    return f"{name} {number},{uk},Delegate,{city},list-{number}@harbour.example,D,en,{diet}\n"


def cold_calendar() -> object:
    """500 entries, and nothing known from before: what a feed costs that is asked for the first time."""
    vtimezone.forget()
    return calendar(_ENTRIES)


def bare_calendar() -> object:
    """The same by `icalendar` alone, as its manual shows."""
    return bare(_ENTRIES)


_ENTRIES = programme(ITEMS)
