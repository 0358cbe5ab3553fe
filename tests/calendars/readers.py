"""Readers written by others, each giving the same plain record, and a strict look at the lines."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

import icalendar
import vobject
from ical.calendar_stream import IcsCalendarStream

_LINE = re.compile(rb"[A-Z][A-Z0-9-]*(;[A-Z-]+=(\"[^\"]*\"|[^\";:,]+))*:.*", re.DOTALL)


class Seen(NamedTuple):
    """An event as a reader understood it; times in UTC, or plain dates."""

    uid: str
    start: datetime | date
    end: datetime | date | None
    title: str
    place: str
    description: str


def by_icalendar(data: bytes) -> list[Seen]:
    calendar = icalendar.Calendar.from_ical(data)
    assert not any(component.errors for component in calendar.walk())
    return [
        Seen(
            str(event["UID"]),
            _utc(event["DTSTART"].dt),
            _utc(event["DTEND"].dt) if "DTEND" in event else None,
            str(event.get("SUMMARY", "")),
            str(event.get("LOCATION", "")),
            str(event.get("DESCRIPTION", "")),
        )
        for event in calendar.events
    ]


def by_vobject(data: bytes) -> list[Seen]:
    """vobject, which reads times by the file's own zone definitions."""
    calendar = vobject.readOne(data.decode())
    return [
        Seen(
            event.uid.value,
            _utc(event.dtstart.value),
            _utc(event.dtend.value) if hasattr(event, "dtend") else None,
            _vobject_text(event, "summary"),
            _vobject_text(event, "location"),
            _vobject_text(event, "description"),
        )
        for event in calendar.contents.get("vevent", [])
    ]


def by_ical(data: bytes) -> list[Seen]:
    calendar = IcsCalendarStream.calendar_from_ics(data.decode())
    return [
        Seen(
            event.uid or "",
            _utc(event.dtstart),
            _utc(event.dtend) if event.dtend is not None else None,
            event.summary or "",
            event.location or "",
            event.description or "",
        )
        for event in calendar.events
    ]


READERS: tuple[Callable[[bytes], list[Seen]], ...] = (by_icalendar, by_vobject, by_ical)


def read(data: bytes) -> list[Seen]:
    """What all readers agree on; fails where they differ or a line breaks RFC 5545."""
    check_lines(data)
    first, *others = [reader(data) for reader in READERS]
    for other in others:
        assert other == first
    return first


def content_lines(data: bytes) -> list[str]:
    """The unfolded lines, as text."""
    return data.replace(b"\r\n ", b"").decode().removesuffix("\r\n").split("\r\n")


def check_lines(data: bytes) -> None:
    """CRLF everywhere, at most 75 octets, whole characters, no controls, and every TZID defined once."""
    assert data.endswith(b"\r\n")
    physical = data[:-2].split(b"\r\n")
    assert max(map(len, physical)) <= 75
    for line in physical:
        assert not re.search(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]", line.decode())
    logical = data.replace(b"\r\n ", b"")[:-2].split(b"\r\n")
    assert all(_LINE.fullmatch(line) for line in logical)
    used = set(re.findall(r"^DT(?:START|END);TZID=([^:]+):", "\n".join(content_lines(data)), re.MULTILINE))
    defined = [line.removeprefix("TZID:") for line in content_lines(data) if line.startswith("TZID:")]
    assert sorted(defined) == sorted(used)


def _utc(moment: datetime | date) -> datetime | date:
    if not isinstance(moment, datetime):
        return moment
    assert moment.tzinfo is not None, "no time may float"
    return moment.astimezone(UTC)


def _vobject_text(event: Any, name: str) -> str:
    return str(getattr(event, name).value) if hasattr(event, name) else ""
