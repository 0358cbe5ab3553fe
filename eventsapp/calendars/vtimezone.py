"""Our own VTIMEZONE: yearly rules taken from the zone database and checked against it.

`icalendar` would write each change of the clock as a date in one long RDATE, which several readers
cut after the first date and Outlook ignores: half of a year's sessions then stand an hour off. All
of them read one STANDARD and one DAYLIGHT part with a yearly rule ("last Sunday of March"). Where a
zone cannot be said that way for the years in question, its times are written in UTC instead.
"""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

# The year whose rules are written, and how many years must bear a rule out before it is believed:
# long enough for "fourth Sunday" and "last Sunday" to part ways.
_REFERENCE_YEAR = 2030
_TRIAL_YEARS = range(_REFERENCE_YEAR, _REFERENCE_YEAR + 7)

# Where the written rules begin. Nothing earlier is ever written with a TZID.
_EPOCH_YEAR = 1970
_LAST_YEAR = 9990

_DAY = timedelta(days=1)
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class _Onset(NamedTuple):
    """A yearly change of the clock, at a local time counted on the clock that ends there."""

    month: int
    weekday: int  # Monday is 0
    ordinal: int  # 1 to 4, or -1 for the last
    wall: timedelta  # since local midnight
    offset_from: timedelta
    offset_to: timedelta
    name: str

    def local(self, year: int) -> datetime:
        """The naive local time of that year's change, on the clock that ends there."""
        return (
            datetime.combine(_nth_weekday(year, self.month, self.weekday, self.ordinal), datetime.min.time())
            + self.wall
        )

    def instant(self, year: int) -> datetime:
        """The same as an aware UTC instant."""
        return (self.local(year) - self.offset_from).replace(tzinfo=UTC)


class _Rules(NamedTuple):
    """What a VTIMEZONE can say of a zone: a constant offset, or two yearly onsets in date order."""

    offset: timedelta  # at the start of each year
    name: str
    onsets: tuple[_Onset, ...]


@lru_cache(maxsize=1024)
def definition(tzid: str) -> bytes | None:
    """The VTIMEZONE component of an IANA zone as iCalendar lines, each ended by CRLF.

    None where yearly rules cannot say it. Right only in the years for which `is_exact` holds.
    """
    rules = _rules(tzid)
    if rules is None:
        return None
    component = Timezone()
    component.add("TZID", tzid)
    for part in _parts(rules):
        component.add_component(part)
    lines: bytes = component.to_ical()
    return lines


def is_exact(tzid: str, first: datetime, last: datetime) -> bool:
    """Whether `definition` gives the zone database's own offsets from a year before to a year after.

    `first` and `last` are aware; a reader that looks one change of the clock back or ahead from
    them therefore still finds the truth.
    """
    years = range(first.astimezone(UTC).year - 1, last.astimezone(UTC).year + 2)
    return (
        years[0] > _EPOCH_YEAR and years[-1] < _LAST_YEAR and all(_is_exact_in(tzid, year) for year in years)
    )


def forget() -> None:
    """Forgets what was worked out, for measuring a cold start."""
    for remembered in (definition, _rules, _is_exact_in):
        remembered.cache_clear()


@lru_cache(maxsize=1024)
def _rules(tzid: str) -> _Rules | None:
    if "/" not in tzid or tzid.startswith("Etc/"):
        # "GMT", "EST" or "Singapore": clients know other rules by these names, or none.
        return None
    zone = ZoneInfo(tzid)
    new_year = datetime(_REFERENCE_YEAR, 1, 1, tzinfo=UTC).astimezone(zone)
    changes = _changes(zone, _REFERENCE_YEAR)
    if len(changes) not in (0, 2) or not (changes or _offset(new_year)):
        # More than summer time can say; or never anything but UTC, which then is the plainer word.
        return None
    onsets = [_believed_onset(zone, change) for change in changes]
    if None in onsets:
        return None
    return _Rules(_offset(new_year), new_year.tzname() or tzid, tuple(onset for onset in onsets if onset))


@lru_cache(maxsize=8192)
def _is_exact_in(tzid: str, year: int) -> bool:
    """Compares the rules with the zone database through a UTC year: twice a day, both sides of each onset."""
    rules = _rules(tzid)
    if rules is None:
        return False
    zone = ZoneInfo(tzid)
    new_year = datetime(year, 1, 1, tzinfo=UTC)
    steps = [(new_year, rules.offset), *((onset.instant(year), onset.offset_to) for onset in rules.onsets)]
    ends = [start for start, _ in steps[1:]] + [datetime(year + 1, 1, 1, tzinfo=UTC)]
    return all(
        _is_constant(zone, start, end, offset) for (start, offset), end in zip(steps, ends, strict=True)
    )


def _is_constant(zone: ZoneInfo, start: datetime, end: datetime, offset: timedelta) -> bool:
    """Whether the zone has this offset from one UTC instant to just before another, twice a day."""
    half_days = (end - start) // (_DAY / 2)
    probes = [start + count * _DAY / 2 for count in range(half_days + 1)]
    last = end - timedelta(seconds=1)
    return all(_offset(min(probe, last).astimezone(zone)) == offset for probe in [*probes, last])


def _changes(zone: ZoneInfo, year: int) -> list[datetime]:
    """The UTC instants within a year at which the zone's offset changes."""
    start = datetime(year, 1, 1, tzinfo=UTC)
    days = [start + day * _DAY for day in range(367)]
    return [
        _first_after(zone, before, after)
        for before, after in pairwise(days)
        if _offset(before.astimezone(zone)) != _offset(after.astimezone(zone))
    ]


def _first_after(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The first second between two instants that has the later one's offset."""
    new = _offset(after.astimezone(zone))
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        before, after = (before, middle) if _offset(middle.astimezone(zone)) == new else (middle, after)
    return after


def _believed_onset(zone: ZoneInfo, change: datetime) -> _Onset | None:
    """The one rule that the change and those of the trial years follow; None where there is none."""
    offset_from = _offset((change - timedelta(seconds=1)).astimezone(zone))
    after = change.astimezone(zone)
    local = (change + offset_from).replace(tzinfo=None)
    wall = timedelta(hours=local.hour, minutes=local.minute, seconds=local.second)
    for ordinal in ((local.day - 1) // 7 + 1, -1):
        onset = _Onset(
            local.month,
            local.weekday(),
            ordinal,
            wall,
            offset_from,
            _offset(after),
            after.tzname() or str(zone),
        )
        if ordinal < 5 and all(_changes_at(zone, onset, year) for year in _TRIAL_YEARS):
            return onset
    return None


def _changes_at(zone: ZoneInfo, onset: _Onset, year: int) -> bool:
    instant = onset.instant(year)
    before = _offset((instant - timedelta(seconds=1)).astimezone(zone))
    return (before, _offset(instant.astimezone(zone))) == (onset.offset_from, onset.offset_to)


def _parts(rules: _Rules) -> list[TimezoneStandard | TimezoneDaylight]:
    if not rules.onsets:
        standard = TimezoneStandard()
        standard.add("DTSTART", datetime(_EPOCH_YEAR, 1, 1))  # noqa: DTZ001 -- an onset is local time
        standard.add("TZOFFSETFROM", rules.offset)
        standard.add("TZOFFSETTO", rules.offset)
        standard.add("TZNAME", rules.name)
        return [standard]
    return [_part(onset) for onset in sorted(rules.onsets, key=lambda onset: onset.offset_to)]


def _part(onset: _Onset) -> TimezoneStandard | TimezoneDaylight:
    part = TimezoneDaylight() if onset.offset_to > onset.offset_from else TimezoneStandard()
    part.add("DTSTART", onset.local(_EPOCH_YEAR))
    part.add(
        "RRULE",
        vRecur(FREQ="YEARLY", BYMONTH=onset.month, BYDAY=f"{onset.ordinal}{_WEEKDAYS[onset.weekday]}"),
    )
    part.add("TZOFFSETFROM", onset.offset_from)
    part.add("TZOFFSETTO", onset.offset_to)
    part.add("TZNAME", onset.name)
    return part


def _nth_weekday(year: int, month: int, weekday: int, ordinal: int) -> date:
    if ordinal > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (ordinal - 1))
    last = date(year + month // 12, month % 12 + 1, 1) - _DAY
    return last - timedelta(days=(last.weekday() - weekday) % 7)


def _offset(local: datetime) -> timedelta:
    return local.utcoffset() or timedelta(0)
