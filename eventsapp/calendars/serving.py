"""Entries to bytes, with the work for each entry done once."""

from collections.abc import Iterable
from datetime import timedelta
from functools import lru_cache

from eventsapp.calendars import ical
from eventsapp.calendars.brevity import fitted, room_in_feed
from eventsapp.calendars.entry import Entry, in_order

REFRESH = timedelta(hours=6)
_KEPT = 8192  # entries of about a kilobyte


@lru_cache(maxsize=_KEPT)
def _block(entry: Entry) -> tuple[bytes, tuple[str, ...]]:
    return ical.event_bytes(entry), ical.zones_of(entry)


def feed(entries: Iterable[Entry], *, zone: str, name: str, source: str, language: str) -> bytes:
    """A calendar to subscribe to; long ones have shorter descriptions, so that clients still take them.

    `zone` is defined in an empty one: a calendar may not be without any component (RFC 5545,
    section 3.6), and a feed can run empty.
    """
    ordered = in_order(entries)
    room = room_in_feed(len(ordered))
    blocks = [_block(fitted(entry, room)) for entry in ordered]
    zones = {used for _, found in blocks for used in found} if blocks else {zone}
    header = ical.Header(name=name, refresh=REFRESH, source=source, language=language)
    return ical.assemble((block for block, _ in blocks), zones, header)


def single(entry: Entry) -> bytes:
    """One appointment to add to a diary."""
    block, zones = _block(entry)
    return ical.assemble([block], zones)
