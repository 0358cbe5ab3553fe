"""What the calendar builder is told: one entry, already in its reader's language.

An entry that cannot be written truthfully cannot be made: wrong times, zones and addresses are
refused here, so that everything behind this room may trust what it is given.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from eventsapp.calendars.values import web_address
from eventsapp.core.errors import Invalid
from eventsapp.core.text import N_

_UID = re.compile(r"[A-Za-z0-9@._:+-]{1,255}")
_LANGUAGE = re.compile(r"[A-Za-z0-9]{1,8}(-[A-Za-z0-9]{1,8})*")
_MAILBOX = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+")
_YEARS = range(1900, 9001)
_LARGEST_SEQUENCE = 2**31 - 1


class UnwritableEntry(Invalid):
    """The entry would tell a calendar something untrue or unreadable."""

    code = "unwritable_entry"


class Status(StrEnum):
    """How firm an entry is, in iCalendar's own words."""

    TENTATIVE = "TENTATIVE"
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Organizer:
    """The mailbox that invites; `sent_by` is the mailbox of whoever acts for it."""

    name: str
    email: str
    sent_by: str | None = None

    def __post_init__(self) -> None:
        for mailbox in (self.email, self.sent_by):
            if mailbox is not None and not _MAILBOX.fullmatch(mailbox):
                raise UnwritableEntry(N_("The organiser's address is not an e-mail address."), field="email")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing to put into a diary.

    `start` and `end` are aware datetimes whose tzinfo is a ZoneInfo or UTC; or, for a frame of
    whole days, dates, of which `end` is the last day itself (24 to 26 October ends on the 26th).
    Without `end` a timed entry is a moment and a frame is one day. `last_modified` and `created`
    are aware. `uid` never changes and holds no personal data; `sequence` rises with every change of
    time, place or status. `geo` is latitude and longitude in degrees. `summary` is written as
    given: for a cancelled entry the caller puts the word for it in front, in the reader's language.

    Raises UnwritableEntry for a time without a zone, in an unnamed zone, or in the hour that the
    clock skips; for an end before the start; for an address, position, language, uid or sequence
    that is not one.
    """

    uid: str
    start: datetime | date
    summary: str
    last_modified: datetime
    end: datetime | date | None = None
    sequence: int = 0
    status: Status = Status.CONFIRMED
    description: str | None = None
    location: str | None = None
    geo: tuple[float, float] | None = None
    url: str | None = None
    created: datetime | None = None
    transparent: bool = False
    categories: tuple[str, ...] = ()
    related_to: str | None = None
    organizer: Organizer | None = None
    language: str | None = None

    def __post_init__(self) -> None:
        _check_names(self)
        _check_times(self)
        if self.geo is not None and not (-90 <= self.geo[0] <= 90 and -180 <= self.geo[1] <= 180):
            raise UnwritableEntry(N_("This position is not on the globe."), field="geo")
        if self.url is not None and web_address(self.url) is None:
            raise UnwritableEntry(N_("A calendar entry can only point to a web address."), field="url")

    @property
    def all_day(self) -> bool:
        """Whether this is a frame of whole days."""
        return not isinstance(self.start, datetime)


def _check_names(entry: Entry) -> None:
    for uid in (entry.uid, entry.related_to):
        if uid is not None and not _UID.fullmatch(uid):
            raise UnwritableEntry(N_("A calendar entry needs a plain identifier."), field="uid")
    if entry.language is not None and not _LANGUAGE.fullmatch(entry.language):
        raise UnwritableEntry(N_("This is not a language tag."), field="language")
    if not 0 <= entry.sequence <= _LARGEST_SEQUENCE:
        raise UnwritableEntry(N_("The number of a revision is zero or more."), field="sequence")


def _check_times(entry: Entry) -> None:
    end = entry.start if entry.end is None else entry.end
    if isinstance(end, datetime) != isinstance(entry.start, datetime):
        raise UnwritableEntry(N_("Start and end must both be times or both be days."), field="end")
    stamps = [entry.last_modified, *([entry.created] if entry.created is not None else [])]
    for moment in (entry.start, end, *stamps):
        if moment.year not in _YEARS:
            raise UnwritableEntry(N_("This year is outside every calendar."), field="start")
    for moment in (entry.start, end):
        if isinstance(moment, datetime):
            _check_clock(moment)
    if any(stamp.tzinfo is None for stamp in stamps):
        raise UnwritableEntry(N_("A revision's time needs a time zone."), field="last_modified")
    if _instant(end) < _instant(entry.start):
        raise UnwritableEntry(N_("An entry cannot end before it begins."), field="end")


def _check_clock(time: datetime) -> None:
    if time.tzinfo is not UTC and not (isinstance(time.tzinfo, ZoneInfo) and time.tzinfo.key):
        raise UnwritableEntry(N_("A calendar entry needs a named time zone."), field="start")
    if time.astimezone(UTC).astimezone(time.tzinfo).replace(tzinfo=None) != time.replace(tzinfo=None):
        raise UnwritableEntry(
            N_("%(time)s does not exist in %(zone)s: the clock is put forward over it."),
            field="start",
            time=f"{time:%Y-%m-%d %H:%M}",
            zone=str(time.tzinfo),
        )


def _instant(moment: datetime | date) -> datetime:
    """The moment in UTC; a day counts from its midnight there."""
    if isinstance(moment, datetime):
        return moment.astimezone(UTC)
    return datetime(moment.year, moment.month, moment.day, tzinfo=UTC)


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """The entries as every file lists them: by start, whole days first, then by uid."""
    return sorted(entries, key=lambda entry: (_instant(entry.start), not entry.all_day, entry.uid))
