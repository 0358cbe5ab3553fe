"""A clock that stands until it is told to move."""

from datetime import UTC, datetime, timedelta, tzinfo

import pytest

from eventsapp.core import clock


class Clock:
    """What `clock.now()` answers everywhere, threads included, for one test."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def forward(self, **parts: float) -> datetime:
        """Move on by `days=`, `hours=`, `minutes=` …; returns the new instant."""
        self.now += timedelta(**parts)
        return self.now


def stop(monkeypatch: pytest.MonkeyPatch, now: datetime) -> Clock:
    """Stop the program's clock at that instant."""
    stopped = Clock(now)

    class Standing(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return stopped.now.astimezone(tz or UTC)

    # The name inside the module, so that references to `clock.now` taken at import obey too.
    monkeypatch.setattr(clock, "datetime", Standing)
    return stopped
