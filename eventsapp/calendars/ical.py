"""The one builder of iCalendar bytes: entries in, bytes out, the same bytes on every machine.

`calendar` does it all. A cache keeps `event_bytes` and `zones_of` of each entry instead and joins
them with `assemble`. Files and feeds carry no METHOD and no guests: whoever has the link would read
their addresses. DTSTAMP is the last change, not the time of the download, so that an unchanged feed
is an unchanged file.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vDate, vDatetime, vDuration, vInt, vUri

from eventsapp.calendars import vtimezone
from eventsapp.calendars.entry import Entry, Organizer, Status, UnwritableEntry, in_order
from eventsapp.calendars.values import Position, Text, TextList, lines, one_line, web_address
from eventsapp.core.text import N_

_PRODUCT = "-//eventsapp//eventsapp//EN"
_END = b"END:VCALENDAR\r\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What a feed says of itself. A file of one entry, or one to import once, needs none of it.

    `refresh` is how often subscribers should ask again, `source` the https address they ask at,
    `language` that of `name` and `description`.
    """

    name: str | None = None
    description: str | None = None
    refresh: timedelta | None = None
    source: str | None = None
    language: str | None = None


def calendar(
    entries: Iterable[Entry],
    *,
    name: str | None = None,
    description: str | None = None,
    refresh: timedelta | None = None,
    source: str | None = None,
    language: str | None = None,
) -> bytes:
    """A whole iCalendar file (UTF-8, CRLF) of the entries, in the order of their start.

    The name is left out of a file of one entry, unless `refresh` says that it is a feed: Outlook
    would open a new calendar for that single appointment. Raises UnwritableEntry if two entries
    share a uid.
    """
    ordered = in_order(entries)
    if len({entry.uid for entry in ordered}) < len(ordered):
        raise UnwritableEntry(N_("Two calendar entries have the same identifier."), field="uid")
    if len(ordered) == 1 and refresh is None:
        name = description = None
    header = Header(name=name, description=description, refresh=refresh, source=source, language=language)
    zones = {zone for entry in ordered for zone in zones_of(entry)}
    return assemble(map(event_bytes, ordered), zones, header)


def assemble(event_blocks: Iterable[bytes], zones: Iterable[str], header: Header | None = None) -> bytes:
    """Joins ready VEVENT blocks, in the order given, with the definitions of the zones they use."""
    definitions = [vtimezone.definition(zone) for zone in sorted(set(zones))]
    return b"".join([_opening(header or Header()), *filter(None, definitions), *event_blocks, _END])


def zones_of(entry: Entry) -> tuple[str, ...]:
    """The zones that `event_bytes` names, sorted: `assemble` must be told of them."""
    written = {
        time.tzinfo.key
        for time in _times(entry)
        if isinstance(time, datetime) and isinstance(time.tzinfo, ZoneInfo)
    }
    return tuple(sorted(written))


def event_bytes(entry: Entry) -> bytes:
    """The entry's VEVENT lines, each ended by CRLF. They depend on the entry alone."""
    event = Event()
    stamp = entry.last_modified.astimezone(UTC)
    event["UID"] = Text(entry.uid)
    event["DTSTAMP"] = vDatetime(stamp)
    event["LAST-MODIFIED"] = vDatetime(stamp)
    if entry.created is not None:
        event["CREATED"] = vDatetime(entry.created.astimezone(UTC))
    for name, time in zip(("DTSTART", "DTEND"), _times(entry), strict=True):
        if time is not None:
            event[name] = _time_value(time)
    event["SEQUENCE"] = vInt(entry.sequence)
    event["STATUS"] = Text(entry.status)
    if entry.transparent or entry.status is Status.CANCELLED:
        event["TRANSP"] = Text("TRANSPARENT")
    _add_texts(event, entry)
    _add_links(event, entry)
    block: bytes = event.to_ical(sorted=False)
    return block


def _opening(header: Header) -> bytes:
    """The file's first lines, up to where the components follow."""
    opening = Calendar()
    opening["VERSION"] = Text("2.0")
    opening["PRODID"] = Text(_PRODUCT)
    language = {"LANGUAGE": header.language} if header.language else None
    if header.name:
        opening["NAME"] = Text(one_line(header.name), params=language)
        opening["X-WR-CALNAME"] = Text(one_line(header.name))
    if header.description:
        opening["DESCRIPTION"] = Text(lines(header.description), params=language)
        opening["X-WR-CALDESC"] = Text(lines(header.description))
    if header.refresh is not None:
        opening["REFRESH-INTERVAL"] = vDuration(header.refresh, params={"VALUE": "DURATION"})
        opening["X-PUBLISHED-TTL"] = vDuration(header.refresh)
    if header.source and (source := web_address(header.source)):
        opening["SOURCE"] = vUri(source, params={"VALUE": "URI"})
    file: bytes = opening.to_ical(sorted=False)
    return file.removesuffix(_END)


def _add_texts(event: Event, entry: Entry) -> None:
    language = {"LANGUAGE": entry.language} if entry.language else None
    texts = (
        ("SUMMARY", one_line(entry.summary)),
        ("LOCATION", one_line(entry.location or "")),
        ("DESCRIPTION", lines(entry.description or "")),
    )
    for name, text in texts:
        if text:
            event[name] = Text(text, params=language)
    categories = tuple(filter(None, map(one_line, entry.categories)))
    if categories:
        event["CATEGORIES"] = TextList(categories)


def _add_links(event: Event, entry: Entry) -> None:
    if entry.geo is not None:
        event["GEO"] = Position(*entry.geo)
    if entry.url is not None and (url := web_address(entry.url)):
        event["URL"] = vUri(url)
    if entry.related_to is not None:
        event["RELATED-TO"] = Text(entry.related_to)
    if entry.organizer is not None:
        event["ORGANIZER"] = _address(entry.organizer)


def _address(organizer: Organizer) -> vCalAddress:
    # Old clients show the parameter escape of a straight quotation mark as it is written.
    name = one_line(organizer.name).replace('"', "’")
    return vCalAddress.new(organizer.email, cn=name or None, sent_by=organizer.sent_by)


def _time_value(time: datetime | date) -> vDatetime | vDate:
    if isinstance(time, datetime):
        return vDatetime(time)
    return vDate(time, params={"VALUE": "DATE"})


def _times(entry: Entry) -> tuple[datetime | date, datetime | date | None]:
    """Start and end as written: the venue's clock where every reader will understand it, else UTC.

    A frame's end is the day after its last, and an end equal to the start is left out, as iCalendar
    wants both.
    """
    start, end = entry.start, entry.end
    if not isinstance(start, datetime):
        return start, (end or start) + timedelta(days=1)
    if not isinstance(end, datetime) or end.astimezone(UTC) == start.astimezone(UTC):
        return (start if _is_tellable(start) else start.astimezone(UTC)), None
    if _is_tellable(start) and _is_tellable(end):
        return start, end
    return start.astimezone(UTC), end.astimezone(UTC)


def _is_tellable(time: datetime) -> bool:
    """Whether its local time names one instant, and its zone has a definition that is right then."""
    zone = time.tzinfo
    if not isinstance(zone, ZoneInfo) or time.replace(fold=0).utcoffset() != time.replace(fold=1).utcoffset():
        return False
    return vtimezone.is_exact(zone.key, time, time)
