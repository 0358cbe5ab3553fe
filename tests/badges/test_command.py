"""`eventsapp badges …`."""

import json
import stat
from pathlib import Path

import pypdfium2
import pytest
from sqlalchemy import func, select

from eventsapp.access.identity import SYSTEM
from eventsapp.badges import service
from eventsapp.badges.code import read
from eventsapp.badges.keys import BadgeKeys
from eventsapp.badges.models import Badge, BadgePrint
from eventsapp.badges.pdf import SHEETS
from eventsapp.core.db import db
from eventsapp.events.models import Event
from tests.factories.events import make_event
from tests.factories.people import NOW
from tests.factories.rsvps import make_accepted
from tests.support.clients import Runner
from tests.support.databases import Database

pytestmark = pytest.mark.usefixtures("db_session")


@pytest.fixture
def event() -> Event:
    """A summit with three guests."""
    event = make_event(published=True)
    for name in ("Ada Example", "李四川", "محمد المثالي"):
        make_accepted(event, name)
    return event


@pytest.mark.parametrize("sheet", list(SHEETS))
def test_print_writes_a_pdf_of_each_sheet(event: Event, runner: Runner, tmp_path: Path, sheet: str) -> None:
    file = tmp_path / "badges.pdf"
    result = runner("badges", "print", event.slug, "-o", str(file), "--sheet", sheet, "--json")
    assert result.exit_code == 0, result.stderr
    assert json.loads(result.stdout) == {"badges": 3, "file": str(file)}
    assert len(pypdfium2.PdfDocument(file)) == (1 if sheet.startswith("a4") else 3)
    assert set(db.session.scalars(select(BadgePrint.sheet))) == {sheet}


def test_only_new_prints_what_is_new_or_reissued(event: Event, runner: Runner, tmp_path: Path) -> None:
    command = ("badges", "print", event.slug, "-o", str(tmp_path / "badges.pdf"), "--only", "new", "--json")
    assert json.loads(runner(*command).stdout)["badges"] == 3
    again = runner(*command)
    assert again.exit_code == 1
    assert again.stderr.strip() == "Error: Every badge was printed already, and none has changed since."
    badge = db.session.scalars(select(Badge).limit(1)).one()
    service.reissue(badge, actor=SYSTEM, now=NOW)
    assert json.loads(runner(*command).stdout)["badges"] == 1


def test_codes_are_those_that_doors_read(
    event: Event, runner: Runner, database: Database, tmp_path: Path
) -> None:
    file = tmp_path / "codes.txt"
    assert runner("badges", "codes", event.slug, "-o", str(file)).exit_code == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    keys = BadgeKeys(database.settings.instance).public_keys()
    lines = file.read_text(encoding="ascii").splitlines()
    numbers = set(db.session.scalars(select(Badge.number)))
    assert {read(line, keys).badge for line in lines} == numbers


@pytest.mark.parametrize("verb", ["print", "codes"])
def test_unknown_event_is_one_sentence(event: Event, runner: Runner, tmp_path: Path, verb: str) -> None:
    result = runner("badges", verb, "nowhere", "-o", str(tmp_path / "x"))
    assert (result.exit_code, result.stderr.strip()) == (1, "Error: There is no event “nowhere”.")
    assert not (tmp_path / "x").exists()


def test_event_without_badges_writes_nothing(runner: Runner, tmp_path: Path) -> None:
    event = make_event(published=True)
    result = runner("badges", "print", event.slug, "-o", str(tmp_path / "x"))
    assert (result.exit_code, result.stdout) == (1, "")
    assert "nobody has accepted" in result.stderr
    assert db.session.scalar(select(func.count()).select_from(BadgePrint)) == 0


def test_place_that_cannot_be_written_notes_no_print(event: Event, runner: Runner, tmp_path: Path) -> None:
    result = runner("badges", "print", event.slug, "-o", str(tmp_path / "missing" / "x.pdf"))
    assert result.exit_code != 0
    assert db.session.scalar(select(func.count()).select_from(BadgePrint)) == 0
