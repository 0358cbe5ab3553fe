import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eventsapp.calendars.entry import Entry, Organizer, Status, UnwritableEntry
from eventsapp.calendars.ical import Header, assemble, calendar, event_bytes, zones_of
from eventsapp.calendars.values import lines, one_line
from tests.calendars.readers import Seen, content_lines, read
from tests.calendars.yardstick import programme

ATHENS = ZoneInfo("Europe/Athens")
KYIV = ZoneInfo("Europe/Kyiv")
TAIPEI = ZoneInfo("Asia/Taipei")
CAIRO = ZoneInfo("Africa/Cairo")
CHANGED = datetime(2026, 9, 1, 12, 30, 15, 999_999, tzinfo=UTC)

# Whatever a keyboard, a spreadsheet or an attacker can put into a title, lone surrogates included.
any_text = st.text(st.characters(), max_size=120) | st.text(
    st.sampled_from('\\nN;,:"^\r\n é字🇺🇦\u2028'), max_size=60
)


def entry(**changes: Any) -> Entry:
    given_ = {
        "uid": "5b0c3a52-7f0e-4c47-9d7c-2f1f7a1f0001@eventsapp",
        "start": datetime(2026, 10, 24, 9, 30, tzinfo=KYIV),
        "end": datetime(2026, 10, 24, 11, 0, tzinfo=KYIV),
        "summary": "Signing of the memorandum",
        "last_modified": CHANGED,
        **changes,
    }
    return Entry(**given_)


def properties(data: bytes) -> dict[str, str]:
    """The lines of the only VEVENT by property name, parameters kept in the value."""
    rows = content_lines(data)
    inside = rows[rows.index("BEGIN:VEVENT") + 1 : rows.index("END:VEVENT")]
    pairs = [re.split(r"(?=[;:])", row, maxsplit=1) for row in inside]
    assert len({name for name, _ in pairs}) == len(pairs)
    return dict(pairs)  # type: ignore[arg-type]


def test_entry_is_read_alike_by_all_readers() -> None:
    data = calendar(
        [
            entry(
                location="Marble Hall, 36 Khreshchatyk; second floor",
                description="Doors: 09:00\nStart: 09:30",
            )
        ]
    )
    assert read(data) == [
        Seen(
            "5b0c3a52-7f0e-4c47-9d7c-2f1f7a1f0001@eventsapp",
            datetime(2026, 10, 24, 6, 30, tzinfo=UTC),
            datetime(2026, 10, 24, 8, 0, tzinfo=UTC),
            "Signing of the memorandum",
            "Marble Hall, 36 Khreshchatyk; second floor",
            "Doors: 09:00\nStart: 09:30",
        )
    ]


def test_entry_writes_every_property_as_the_standard_wants_it() -> None:
    written = properties(
        calendar(
            [
                entry(
                    location="Hall",
                    description="Text",
                    geo=(0.00001, -120.5),
                    url="https://example.org/події/a b",
                    status=Status.TENTATIVE,
                    sequence=3,
                    created=datetime(2026, 1, 2, 3, 4, 5, tzinfo=TAIPEI),
                    transparent=True,
                    categories=("Energy, water", "Cities"),
                    related_to="parent@eventsapp",
                    organizer=Organizer(
                        name='Office; "Protocol"', email="protocol@example.org", sent_by="aide@example.org"
                    ),
                    language="zh-Hant",
                )
            ]
        )
    )
    assert written == {
        "UID": ":5b0c3a52-7f0e-4c47-9d7c-2f1f7a1f0001@eventsapp",
        "DTSTAMP": ":20260901T123015Z",
        "LAST-MODIFIED": ":20260901T123015Z",
        "CREATED": ":20260101T190405Z",
        "DTSTART": ";TZID=Europe/Kyiv:20261024T093000",
        "DTEND": ";TZID=Europe/Kyiv:20261024T110000",
        "SEQUENCE": ":3",
        "STATUS": ":TENTATIVE",
        "TRANSP": ":TRANSPARENT",
        "SUMMARY": ";LANGUAGE=zh-Hant:Signing of the memorandum",
        "LOCATION": ";LANGUAGE=zh-Hant:Hall",
        "DESCRIPTION": ";LANGUAGE=zh-Hant:Text",
        "CATEGORIES": r":Energy\, water,Cities",
        "GEO": ":0.00001;-120.5",
        "URL": ":https://example.org/%D0%BF%D0%BE%D0%B4%D1%96%D1%97/a%20b",
        "RELATED-TO": ":parent@eventsapp",
        "ORGANIZER": ';CN="Office; ’Protocol’";SENT-BY="mailto:aide@example.org":mailto:protocol@example.org',
    }


def test_entry_without_extras_writes_only_what_must_be_there() -> None:
    assert list(properties(calendar([entry()]))) == [
        "UID",
        "DTSTAMP",
        "LAST-MODIFIED",
        "DTSTART",
        "DTEND",
        "SEQUENCE",
        "STATUS",
        "SUMMARY",
    ]


def test_frame_of_days_ends_the_day_after_its_last() -> None:
    data = calendar([entry(start=date(2026, 10, 24), end=date(2026, 10, 26), transparent=True)])
    assert properties(data)["DTSTART"] == ";VALUE=DATE:20261024"
    assert properties(data)["DTEND"] == ";VALUE=DATE:20261027"
    (seen,) = read(data)
    assert (seen.start, seen.end) == (date(2026, 10, 24), date(2026, 10, 27))


def test_frame_of_one_day_needs_no_end() -> None:
    assert (
        properties(calendar([entry(start=date(2026, 12, 31), end=None)]))["DTEND"] == ";VALUE=DATE:20270101"
    )


@pytest.mark.parametrize("end", [None, datetime(2026, 10, 24, 14, 30, tzinfo=TAIPEI)])
def test_moment_has_no_end(end: datetime | None) -> None:
    data = calendar([entry(end=end)])
    assert "DTEND" not in properties(data)
    assert read(data)[0].start == datetime(2026, 10, 24, 6, 30, tzinfo=UTC)


def test_end_in_another_zone_keeps_its_own_clock() -> None:
    flight = entry(
        start=datetime(2026, 10, 24, 22, 0, tzinfo=TAIPEI), end=datetime(2026, 10, 25, 6, 0, tzinfo=ATHENS)
    )
    assert zones_of(flight) == ("Asia/Taipei", "Europe/Athens")
    (seen,) = read(calendar([flight]))
    assert (seen.start, seen.end) == (
        datetime(2026, 10, 24, 14, 0, tzinfo=UTC),
        datetime(2026, 10, 25, 4, 0, tzinfo=UTC),
    )


def test_cancelled_entry_frees_the_diary_and_keeps_its_title() -> None:
    written = properties(
        calendar([entry(status=Status.CANCELLED, summary="CANCELLED – Signing", sequence=1)])
    )
    assert written["STATUS"] == ":CANCELLED"
    assert written["TRANSP"] == ":TRANSPARENT"
    assert written["SUMMARY"] == ":CANCELLED – Signing"
    assert written["SEQUENCE"] == ":1"


@pytest.mark.parametrize("fold", [0, 1])
def test_hour_that_comes_twice_is_written_in_utc(fold: int) -> None:
    twice = entry(
        start=datetime(2026, 10, 25, 3, 30, fold=fold, tzinfo=KYIV),
        end=datetime(2026, 10, 25, 5, 0, tzinfo=KYIV),
    )
    data = calendar([twice])
    assert zones_of(twice) == ()
    assert b"TZID" not in data
    assert read(data)[0].start == datetime(2026, 10, 25, fold, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "zone", ["Africa/Cairo", "GMT", "EST5EDT", "Singapore", "Etc/GMT+5", "UTC", "Etc/UTC"]
)
def test_zone_that_readers_could_mistake_is_written_in_utc(zone: str) -> None:
    start = datetime(2026, 7, 1, 9, 0, tzinfo=ZoneInfo(zone))
    data = calendar([entry(start=start, end=start + timedelta(hours=1))])
    assert b"TZID" not in data
    assert read(data)[0].start == start.astimezone(UTC)


def test_zone_whose_rules_changed_keeps_old_entries_in_utc() -> None:
    asuncion = ZoneInfo("America/Asuncion")  # no more summer time since October 2024
    old = entry(uid="old", start=datetime(2023, 7, 1, 9, 0, tzinfo=asuncion), end=None)
    new = entry(uid="new", start=datetime(2026, 7, 1, 9, 0, tzinfo=asuncion), end=None)
    assert (zones_of(old), zones_of(new)) == ((), ("America/Asuncion",))
    assert [seen.start for seen in read(calendar([new, old]))] == [
        datetime(2023, 7, 1, 13, 0, tzinfo=UTC),
        datetime(2026, 7, 1, 12, 0, tzinfo=UTC),
    ]


def test_entries_stand_in_order_of_start_then_uid() -> None:
    shuffled = [
        entry(uid="c", start=datetime(2026, 10, 24, 9, 0, tzinfo=TAIPEI), end=None),
        entry(uid="b", start=datetime(2026, 10, 24, 9, 0, tzinfo=TAIPEI), end=None),
        entry(uid="d", start=datetime(2026, 10, 24, 9, 0, tzinfo=KYIV), end=None),
        entry(uid="z", start=date(2026, 10, 24), end=None),
    ]
    data = calendar(shuffled)
    assert [seen.uid for seen in read(data)] == ["z", "b", "c", "d"]
    assert calendar(reversed(shuffled)) == data
    assert data.index(b"TZID:Asia/Taipei") < data.index(b"TZID:Europe/Kyiv")


def test_two_entries_with_one_uid_are_refused() -> None:
    with pytest.raises(UnwritableEntry):
        calendar([entry(), entry(summary="Another")])


def test_feed_tells_its_name_and_rhythm() -> None:
    data = calendar(
        [entry(uid="a"), entry(uid="b")],
        name="Summit, Athens; 2026",
        description="All sessions",
        refresh=timedelta(hours=6),
        source="https://events.example.org/calendar/abc.ics",
        language="en",
    )
    assert content_lines(data)[:10] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//eventsapp//eventsapp//EN",
        r"NAME;LANGUAGE=en:Summit\, Athens\; 2026",
        r"X-WR-CALNAME:Summit\, Athens\; 2026",
        "DESCRIPTION;LANGUAGE=en:All sessions",
        "X-WR-CALDESC:All sessions",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
        "SOURCE;VALUE=URI:https://events.example.org/calendar/abc.ics",
    ]
    assert len(read(data)) == 2
    assert b"METHOD" not in data


def test_file_of_one_entry_has_no_calendar_name() -> None:
    assert b"NAME:" not in calendar([entry()], name="Summit").replace(b"TZNAME:", b"")
    assert b"NAME:Summit" in calendar([entry()], name="Summit", refresh=timedelta(hours=6))
    assert b"NAME:Summit" in calendar([entry(uid="a"), entry(uid="b")], name="Summit")


def test_feed_without_entries_is_still_a_calendar() -> None:
    data = calendar([], name="Nothing yet", refresh=timedelta(hours=6))
    assert content_lines(data)[0] == "BEGIN:VCALENDAR"
    assert content_lines(data)[-1] == "END:VCALENDAR"


def test_joined_blocks_equal_the_whole() -> None:
    entries = programme(30)
    zones = [zone for item in entries for zone in zones_of(item)]
    ordered = sorted(entries, key=lambda item: (item.start, item.uid))
    header = Header(name="Summit", refresh=timedelta(hours=6))
    joined = assemble(map(event_bytes, ordered), zones, header)
    assert joined == calendar(entries, name="Summit", refresh=timedelta(hours=6))


def test_same_entry_gives_the_same_bytes_whenever_it_is_written() -> None:
    assert calendar([entry()]) == calendar([replace(entry())])


@pytest.mark.parametrize(
    "hostile",
    [
        "Talk\r\nBEGIN:VALARM\r\nTRIGGER:-PT1H\r\nEND:VALARM",
        "Talk\nMETHOD:CANCEL",
        "Talk\rATTENDEE:mailto:x@example.org",
        "Talk;BEGIN:VALARM",
        'Talk";X="1:2,3',
        "Talk\u2028BEGIN:VALARM\u2029END:VALARM\x85END:VEVENT",
        "Talk\x00\x07\x0b\x0c\x1b\x7f",
        "Talk\ud800\udfff",
        r"C:\New\names \\N \; \,",
        "Talk\ufeff\u202eklaT",
        "https://example.org/?a=1,2;b=3",
        "x" * 300,
        "字" * 100 + "🇺🇦" * 30,
        "a\\" * 90,
    ],
)
def test_hostile_name_stays_a_name(hostile: str) -> None:
    calm = {"summary": "s", "location": "l", "description": "d", "categories": ("c",), "language": "en"}
    organizer = Organizer(name=hostile, email="o@example.org")
    data = calendar(
        [
            entry(
                summary=hostile,
                location=hostile,
                description=hostile,
                categories=(hostile,),
                organizer=organizer,
                language="en",
            )
        ],
        name=hostile,
        description=hostile,
        refresh=timedelta(hours=1),
    )
    expected = calendar(
        [entry(**calm, organizer=replace(organizer, name="o"))],
        name="n",
        description="d",
        refresh=timedelta(hours=1),
    )
    assert [row.split(":")[0].split(";")[0] for row in content_lines(data)] == [
        row.split(":")[0].split(";")[0] for row in content_lines(expected)
    ]
    (seen,) = read(data)
    assert (seen.title, seen.place, seen.description) == (
        one_line(hostile),
        one_line(hostile),
        lines(hostile),
    )


@settings(deadline=None)
@given(title=any_text, place=any_text, text=any_text, name=any_text)
def test_any_text_comes_back_as_it_was(title: str, place: str, text: str, name: str) -> None:
    data = calendar(
        [entry(summary=title, location=place, description=text, categories=(name, title))],
        name=name,
        refresh=timedelta(hours=6),
    )
    (seen,) = read(data)
    assert (seen.title, seen.place, seen.description) == (one_line(title), one_line(place), lines(text))


@settings(deadline=None)
@given(
    start=st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)),
    zone=st.sampled_from(
        ["Europe/Kyiv", "Asia/Taipei", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo"]
    )
    | st.timezone_keys(allow_prefix=False),
    minutes=st.integers(1, 5_000),
)
def test_any_instant_in_any_zone_is_read_as_itself(start: datetime, zone: str, minutes: int) -> None:
    begin = start.replace(microsecond=0, tzinfo=UTC).astimezone(ZoneInfo(zone))
    end = (begin.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(ZoneInfo(zone))
    (seen,) = read(calendar([entry(start=begin, end=end)]))
    assert (seen.start, seen.end) == (begin.astimezone(UTC), end.astimezone(UTC))
