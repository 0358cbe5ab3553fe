from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from eventsapp.calendars.entry import Entry, Organizer, UnwritableEntry, in_order
from eventsapp.core.errors import Invalid

KYIV = ZoneInfo("Europe/Kyiv")
MORNING = datetime(2026, 10, 24, 9, 0, tzinfo=KYIV)
CHANGED = datetime(2026, 9, 1, tzinfo=UTC)
SKIPPED = datetime(2026, 3, 29, 3, 30, tzinfo=KYIV)
TWICE = datetime(2026, 10, 25, 3, 30, tzinfo=KYIV)


def entry(**changes: Any) -> Entry:
    return Entry(
        **{"uid": "a@eventsapp", "start": MORNING, "summary": "Talk", "last_modified": CHANGED, **changes}
    )


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("start", {"start": MORNING.replace(tzinfo=None)}),
        ("start", {"start": MORNING.replace(tzinfo=timezone(timedelta(hours=3)))}),
        ("start", {"start": SKIPPED}),
        ("start", {"start": SKIPPED.replace(fold=1)}),
        ("start", {"start": MORNING - timedelta(days=365), "end": SKIPPED}),
        ("start", {"start": date(1, 1, 1)}),
        ("start", {"start": date(9999, 12, 31)}),
        ("end", {"end": MORNING - timedelta(minutes=1)}),
        ("end", {"start": TWICE.replace(fold=1), "end": TWICE}),
        ("end", {"end": date(2026, 10, 24)}),
        ("end", {"start": date(2026, 10, 24), "end": MORNING}),
        ("end", {"start": date(2026, 10, 24), "end": date(2026, 10, 23)}),
        ("last_modified", {"last_modified": CHANGED.replace(tzinfo=None)}),
        ("last_modified", {"created": CHANGED.replace(tzinfo=None)}),
        ("uid", {"uid": ""}),
        ("uid", {"uid": "a\r\nMETHOD:CANCEL"}),
        ("uid", {"uid": "a\n"}),
        ("uid", {"related_to": "a b"}),
        ("url", {"url": "javascript:alert(1)"}),
        ("url", {"url": "/events/summit"}),
        ("url", {"url": "https://[broken"}),
        ("geo", {"geo": (90.1, 0.0)}),
        ("geo", {"geo": (0.0, -180.1)}),
        ("geo", {"geo": (float("nan"), 0.0)}),
        ("sequence", {"sequence": -1}),
        ("sequence", {"sequence": 2**31}),
        ("language", {"language": "en:X"}),
        ("language", {"language": "en\n"}),
    ],
)
def test_entry_that_cannot_be_told_truthfully_is_refused(field: str, changes: dict[str, Any]) -> None:
    with pytest.raises(UnwritableEntry) as refusal:
        entry(**changes)
    assert refusal.value.field == field
    assert isinstance(refusal.value, Invalid)


def test_skipped_hour_is_named_in_the_refusal() -> None:
    with pytest.raises(UnwritableEntry, match=r"2026-03-29 03:30 does not exist in Europe/Kyiv"):
        entry(start=SKIPPED)


@pytest.mark.parametrize(
    "email", ["", "no-at-sign", "a@b@c", "a b@example.org", "x@example.org\r\nMETHOD:CANCEL"]
)
def test_organizer_needs_a_mailbox(email: str) -> None:
    with pytest.raises(UnwritableEntry):
        Organizer(name="Office", email=email)
    with pytest.raises(UnwritableEntry):
        Organizer(name="Office", email="office@example.org", sent_by=email)


def test_end_is_compared_by_instant_not_by_the_clock_on_the_wall() -> None:
    """03:45 comes before the second 03:30 of the night on which the clock is put back."""
    entry(start=TWICE.replace(minute=45), end=TWICE.replace(fold=1))


def test_entries_are_sorted_by_instant() -> None:
    taipei = ZoneInfo("Asia/Taipei")
    east = entry(uid="2", start=datetime(2026, 10, 24, 14, 0, tzinfo=taipei))
    west = entry(uid="1", start=MORNING)
    frame = entry(uid="3", start=date(2026, 10, 24))
    assert in_order([west, east, frame]) == [frame, west, east]


def test_frame_of_days_stands_before_what_begins_at_its_midnight() -> None:
    midnight = entry(uid="1", start=datetime(2026, 10, 24, tzinfo=UTC))
    frame = entry(uid="2", start=date(2026, 10, 24))
    assert in_order([midnight, frame]) == [frame, midnight]
