"""A programme of any size, and the same file made with bare `icalendar`: what the builder is held to."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar

from eventsapp.calendars.entry import Entry, Status

_ROOMS = ("Αίθουσα Τριάντη, Μέγαρο Μουσικής", "市政府大樓二樓會議室", "Велика зала, Хрещатик 36")
_TITLES = (
    "Δήμοι και ενεργειακή μετάβαση: από τη στρατηγική στην πράξη",
    "城市外交與韌性:從締約到執行",
    "Відновлення міст: партнерства, що діють",
)
_TEXT = "Είκοσι λεπτά εισαγωγή, τριάντα λεπτά συζήτηση· διερμηνεία σε τρεις γλώσσες."


def programme(size: int, *, paragraphs: int = 3) -> list[Entry]:
    """`size` sessions over four days in Athens, each with `paragraphs` sentences of description."""
    zone = ZoneInfo("Europe/Athens")
    first = datetime(2026, 10, 24, 6, tzinfo=UTC)
    return [
        _session(number, first + timedelta(minutes=number * 11 % 5_000), zone, paragraphs)
        for number in range(size)
    ]


def without_descriptions(entries: Sequence[Entry]) -> list[Entry]:
    """The same entries as short as a long feed keeps them."""
    return [replace(entry, description=None) for entry in entries]


def bare(entries: Sequence[Entry]) -> bytes:
    """The same properties through `icalendar` as its manual shows, zones included."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//bare//bare//EN")
    calendar.add("version", "2.0")
    for entry in entries:
        calendar.add_component(_bare_event(entry))
    calendar.add_missing_timezones()
    data: bytes = calendar.to_ical()
    return data


def _session(number: int, start: datetime, zone: ZoneInfo, paragraphs: int) -> Entry:
    local = start.astimezone(zone)
    return Entry(
        uid=f"8f1d2c3b-0000-4000-8000-{number:012d}@eventsapp",
        start=local,
        end=(start + timedelta(minutes=50)).astimezone(zone),
        summary=f"{_TITLES[number % 3]} {number}",
        description="\n".join([_TEXT] * paragraphs),
        location=_ROOMS[number % 3],
        geo=(37.97945, 23.75308),
        url=f"https://events.example.org/events/athens-2026/items/{number:06d}",
        status=Status.CONFIRMED,
        sequence=number % 4,
        last_modified=datetime(2026, 9, 1, 12, number % 60, tzinfo=UTC),
        created=datetime(2026, 3, 1, 12, number % 60, tzinfo=UTC),
        categories=("Ενέργεια", "Πόλεις"),
        language="el",
    )


def _bare_event(entry: Entry) -> icalendar.Event:
    language = {"LANGUAGE": entry.language} if entry.language else None
    event = icalendar.Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.last_modified)
    event.add("last-modified", entry.last_modified)
    event.add("created", entry.created)
    event.add("dtstart", entry.start)
    event.add("dtend", entry.end)
    event.add("sequence", entry.sequence)
    event.add("status", entry.status)
    event.add("summary", entry.summary, parameters=language)
    event.add("location", entry.location, parameters=language)
    if entry.description:
        event.add("description", entry.description, parameters=language)
    event.add("categories", list(entry.categories))
    event.add("geo", entry.geo)
    event.add("url", entry.url)
    return event
