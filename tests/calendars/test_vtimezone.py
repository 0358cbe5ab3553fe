import io
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from dateutil.tz import tzical

from eventsapp.calendars import vtimezone
from eventsapp.calendars.entry import Entry
from eventsapp.calendars.ical import calendar
from tests.calendars.readers import by_vobject, content_lines, read

# Every kind of rule: both hemispheres, half hours, none, and those that yearly rules cannot say.
ZONES = [
    "Africa/Cairo",
    "Africa/Casablanca",
    "Africa/Johannesburg",
    "Africa/Lagos",
    "Africa/Nairobi",
    "America/Anchorage",
    "America/Argentina/Buenos_Aires",
    "America/Asuncion",
    "America/Bogota",
    "America/Chicago",
    "America/Denver",
    "America/Halifax",
    "America/Havana",
    "America/Los_Angeles",
    "America/Mexico_City",
    "America/New_York",
    "America/Nuuk",
    "America/Santiago",
    "America/Sao_Paulo",
    "America/St_Johns",
    "Asia/Amman",
    "Asia/Beirut",
    "Asia/Dubai",
    "Asia/Gaza",
    "Asia/Jerusalem",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Asia/Taipei",
    "Asia/Tehran",
    "Asia/Tokyo",
    "Atlantic/Azores",
    "Australia/Adelaide",
    "Australia/Lord_Howe",
    "Australia/Sydney",
    "Europe/Athens",
    "Europe/Dublin",
    "Europe/Istanbul",
    "Europe/Kyiv",
    "Europe/London",
    "Pacific/Auckland",
]


def changes_of_the_clock(zone: ZoneInfo, year: int) -> list[datetime]:
    """The quarter hours (UTC) of a year at which the zone's offset is a new one."""
    days = [datetime(year, 1, 1, tzinfo=UTC) + timedelta(days=count) for count in range(367)]
    return [change for day in steps(zone, days) for change in steps(zone, quarters_before(day))]


def quarters_before(day: datetime) -> list[datetime]:
    return [day - timedelta(minutes=15) * count for count in range(96, -1, -1)]


def steps(zone: ZoneInfo, moments: list[datetime]) -> list[datetime]:
    """Those of the moments that have another offset than the one before."""
    return [
        b for a, b in pairwise(moments) if a.astimezone(zone).utcoffset() != b.astimezone(zone).utcoffset()
    ]


def test_zone_with_summer_time_is_one_pair_of_yearly_rules() -> None:
    definition = vtimezone.definition("Europe/Kyiv")
    assert definition is not None
    assert content_lines(definition) == [
        "BEGIN:VTIMEZONE",
        "TZID:Europe/Kyiv",
        "BEGIN:STANDARD",
        "DTSTART:19701025T040000",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
        "TZNAME:EET",
        "TZOFFSETFROM:+0300",
        "TZOFFSETTO:+0200",
        "END:STANDARD",
        "BEGIN:DAYLIGHT",
        "DTSTART:19700329T030000",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
        "TZNAME:EEST",
        "TZOFFSETFROM:+0200",
        "TZOFFSETTO:+0300",
        "END:DAYLIGHT",
        "END:VTIMEZONE",
    ]


def test_zone_without_summer_time_is_one_part() -> None:
    definition = vtimezone.definition("Asia/Taipei")
    assert definition is not None
    assert content_lines(definition) == [
        "BEGIN:VTIMEZONE",
        "TZID:Asia/Taipei",
        "BEGIN:STANDARD",
        "DTSTART:19700101T000000",
        "TZNAME:CST",
        "TZOFFSETFROM:+0800",
        "TZOFFSETTO:+0800",
        "END:STANDARD",
        "END:VTIMEZONE",
    ]


@pytest.mark.parametrize(
    "zone", ["Africa/Cairo", "Africa/Casablanca", "Asia/Jerusalem", "America/Santiago", "GMT"]
)
def test_zone_that_yearly_rules_cannot_say_has_no_definition(zone: str) -> None:
    assert vtimezone.definition(zone) is None
    assert not vtimezone.is_exact(zone, datetime(2026, 7, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("zone", "year", "exact"),
    [
        ("Europe/Kyiv", 2023, True),
        ("Europe/Kyiv", 1990, False),  # Soviet summer time had other days
        ("America/New_York", 2026, True),
        ("America/New_York", 2006, False),  # other weeks until 2007
        ("America/Asuncion", 2023, False),
        ("America/Asuncion", 2027, True),
        ("Asia/Taipei", 1971, False),  # too near the year in which the definition begins
        ("Asia/Taipei", 1985, True),
        ("Asia/Taipei", 9990, False),
    ],
)
def test_definition_is_trusted_only_in_years_it_is_right(zone: str, year: int, exact: bool) -> None:
    middle = datetime(year, 6, 15, tzinfo=UTC)
    assert vtimezone.is_exact(zone, middle, middle) is exact


@pytest.mark.parametrize("zone", ZONES)
def test_both_changes_of_the_clock_are_read_as_the_same_instants(zone: str) -> None:
    """Every hour from six before to six after each change, by vobject from the file's own definition."""
    tz = ZoneInfo(zone)
    moments = {datetime(year, month, 15, 12, tzinfo=UTC) for year in (2026, 2027) for month in (1, 7)}
    for year in (2026, 2027):
        for change in changes_of_the_clock(tz, year):
            moments |= {change + timedelta(hours=hour) for hour in range(-6, 7)}
    entries = [
        Entry(uid=f"{moment:%Y%m%d%H%M}", start=moment.astimezone(tz), summary="x", last_modified=moment)
        for moment in moments
    ]
    assert {seen.start for seen in read(calendar(entries))} == moments


def test_most_zones_keep_their_own_clock() -> None:
    zones = [name for name in available_timezones() if "/" in name and not name.startswith("Etc/")]
    assert sum(vtimezone.definition(name) is not None for name in zones) / len(zones) > 0.9
    assert all(
        vtimezone.definition(name)
        for name in ("Europe/Athens", "Europe/Kyiv", "Asia/Taipei", "America/New_York", "Australia/Sydney")
    )


@pytest.mark.slow
@pytest.mark.parametrize("letter", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
def test_every_zone_is_exact_or_in_utc_from_2025_to_2036(letter: str) -> None:
    """dateutil, which reads the definition alone, gives the zone database's offsets."""
    for name in sorted(name for name in available_timezones() if name.startswith(letter)):
        definition = vtimezone.definition(name)
        if definition is None:
            continue
        written = tzical(io.StringIO(definition.decode())).get(name)
        assert written is not None
        zone = ZoneInfo(name)
        for year in range(2025, 2037):
            middle = datetime(year, 7, 1, tzinfo=UTC)
            if vtimezone.is_exact(name, middle, middle):
                assert_same_clock(written, zone, year)


def assert_same_clock(written: tzinfo, zone: ZoneInfo, year: int) -> None:
    moments = [datetime(year, month, 15, tzinfo=UTC) for month in range(1, 13)]
    for change in changes_of_the_clock(zone, year):
        moments += [change + timedelta(hours=hours) for hours in (-25, -3, 3, 25)]
    for moment in moments:
        wall = moment.astimezone(zone)
        assert wall.replace(tzinfo=written).utcoffset() == wall.utcoffset(), (zone, wall)


def test_vobject_reads_a_year_of_noons_right() -> None:
    athens = ZoneInfo("Europe/Athens")
    noons = [
        datetime(year, month, 15, 12, tzinfo=athens) for year in range(2025, 2030) for month in range(1, 13)
    ]
    data = calendar(Entry(uid=f"{noon:%Y%m}", start=noon, summary="x", last_modified=noon) for noon in noons)
    assert [seen.start for seen in by_vobject(data)] == [noon.astimezone(UTC) for noon in noons]
