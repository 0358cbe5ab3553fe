"""Keeping a feed below what the common calendars take.

Google stops near one megabyte, and some readers give up on two. So the longer a programme, the
less each entry says; the entry's address leads to the rest.
"""

from dataclasses import replace

from eventsapp.calendars.entry import Entry
from eventsapp.calendars.values import lines

LIMIT = 1_000_000
"""Octets that a feed should stay below."""

# What an entry takes beside its description, and the least room worth a sentence.
_FRAME = 640
_WORTHWHILE = 64
_MOST = 4096


def room_in_feed(entries: int) -> int:
    """How many octets each description may take in a feed of so many entries; 0 for none at all.

    Rounded down to a power of two, so that one entry more seldom changes all the others.
    """
    free = LIMIT // max(entries, 1) - _FRAME
    if free < _WORTHWHILE:
        return 0
    return min(1 << (free.bit_length() - 1), _MOST)


def fitted(entry: Entry, room: int) -> Entry:
    """The entry with its description cut to `room` octets; at 0 only what, when, where and the address."""
    if room == 0:
        return replace(entry, description=None, created=None, categories=(), geo=None)
    if entry.description is None:
        return entry
    return replace(entry, description=_cut(lines(entry.description), room))


def _cut(text: str, room: int) -> str:
    """The text in at most `room` octets of UTF-8, ending after a whole word where there is one."""
    if len(text.encode()) <= room:
        return text
    kept = text.encode()[: room - len("…".encode())].decode(errors="ignore")
    head, _, rest = kept.rpartition(" ")
    return (head if head and len(rest) < 30 else kept).rstrip() + "…"
