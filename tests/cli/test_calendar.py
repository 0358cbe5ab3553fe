"""`eventsapp calendar export`."""

from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from tests.calendars.readers import read
from tests.factories.events import make_public_event
from tests.factories.programme import make_item


def test_export_writes_the_public_programme(runner: Any, db_session: Session, tmp_path: Path) -> None:
    event = make_public_event({"en": "Summit", "uk": "Саміт"})
    make_item(event, "Opening")
    make_item(event, "Closed", is_public=False)
    db_session.commit()
    file = tmp_path / "summit.ics"
    assert runner("calendar", "export", event.slug, "-o", str(file), "--language", "uk").exit_code == 0
    assert {entry.title for entry in read(file.read_bytes())} == {"Саміт", "Opening"}


def test_export_of_an_unknown_event_says_so(runner: Any, db_session: Session, tmp_path: Path) -> None:
    result = runner("calendar", "export", "nowhere", "-o", str(tmp_path / "x.ics"))
    assert result.exit_code == 1
    assert result.stderr.strip() == "Error: There is no event “nowhere”."
