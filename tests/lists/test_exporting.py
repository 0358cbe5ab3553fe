"""Lists out, and in again: equal, and for nobody's eyes but those who may see them."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from eventsapp.access.identity import SYSTEM
from eventsapp.core.db import db
from eventsapp.events.models import Event
from eventsapp.lists import exporting, importing, reading
from eventsapp.people.enums import NameKind
from eventsapp.people.organisations import AffiliationInput, add_affiliation
from eventsapp.people.service import NameInput
from eventsapp.rsvps.enums import Answer
from eventsapp.rsvps.models import Guest, GuestDetails
from tests.factories.events import make_category, make_event
from tests.factories.people import NOW, make_organisation, make_person
from tests.factories.rsvps import answer, make_guest, make_invited
from tests.lists.spreadsheets import guessed
from tests.support.clients import Runner

NAMES = ("=SUM(A1)", "+380 44 123", "-", "@home", "'quoted", "Łucja van der Muster", "陳示範", 'O, "Q"\tx;y')


@pytest.fixture
def event(db_session: Any) -> Event:
    event = make_event("Harbour", published=True)
    first = make_category(event, "D", "Delegate")
    second = make_category(event, "V", "Guest of honour")
    city = make_organisation("City of =Northport", short_names={"uk": "Порт"})
    for number, name in enumerate(NAMES):
        person = make_person(
            NameInput(name, language="en"),
            NameInput(f"Приклад {number}", NameKind.NATIVE, "uk"),
            NameInput(f"Variant {number}", NameKind.VARIANT),
        )
        held = add_affiliation(
            person,
            AffiliationInput(
                title={"en": f"Mayor {number}", "uk": "Мер"}, organisation=city if number % 2 else None
            ),
            actor=SYSTEM,
            now=NOW,
        )
        guest = make_guest(
            event, person, affiliation=held, language="uk", category=(first, second)[number % 2]
        )
        guest.badge_name, guest.companions_allowed = f"Badge {number}", number
        guest.details = GuestDetails(diet="- no nuts", access_needs="", note_to_host="two\nlines")
    db.session.commit()
    return event


def facts(event: Event) -> Iterator[tuple[Any, ...]]:
    """Everything of a guest list that a list can tell."""
    for guest in db.session.scalars(select(Guest).where(Guest.event_id == event.id).order_by(Guest.sort_key)):
        held, details = guest.affiliation, guest.details
        yield (
            [(name.full, name.language) for name in guest.person.names],
            (held.title, held.organisation and held.organisation.names) if held else None,
            (guest.email, guest.category.letter, guest.language, guest.companions_allowed, guest.badge_name),
            (guest.state, details and (details.diet, details.access_needs, details.note_to_host)),
        )


@pytest.mark.parametrize("suffix", exporting.FORMATS)
@pytest.mark.parametrize("reader", ["en", "zh-Hant", "uk"])
def test_a_list_that_goes_out_comes_in_equal(
    event: Event, now: datetime, tmp_path: Path, suffix: str, reader: str
) -> None:
    file = tmp_path / f"list.{suffix}"
    exporting.write(file, exporting.guest_list(event, details=True, reader=reader))
    table = reading.read(file.read_bytes())
    other = make_event("Another", published=True)
    make_category(other, "D", "Delegate")
    make_category(other, "V", "Guest of honour")
    db.session.commit()
    for given in ({"matches": True}, {"all_new": True}):
        other.capacity = None
        report = importing.run(other.id, table, guessed(other, table, **given), actor=SYSTEM, now=now)
        assert report.is_clear, report.to_json()
        assert list(facts(other)) == list(facts(event))
        if "matches" in given:
            assert len({guest.person_id for guest in db.session.scalars(select(Guest))}) == len(NAMES)
            for guest in db.session.scalars(select(Guest).where(Guest.event_id == other.id)):
                db.session.delete(guest)
            db.session.commit()


def test_the_list_itself_changes_nothing_when_it_comes_back(
    event: Event, now: datetime, tmp_path: Path
) -> None:
    file = tmp_path / "list.csv"
    exporting.write(file, exporting.guest_list(event, details=True))
    table = reading.read(file.read_bytes())
    report = importing.run(event.id, table, guessed(event, table), actor=SYSTEM, now=now)
    assert {fate.value: number for fate, number in report.counts.items()} == {"unchanged": len(NAMES)}


@pytest.mark.parametrize("suffix", exporting.FORMATS)
def test_no_cell_can_be_reckoned_with(event: Event, tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"list.{suffix}"
    made = exporting.guest_list(event, details=True)
    exporting.write(file, made)
    if suffix == "csv":
        assert file.read_bytes().startswith(b"\xef\xbb\xbf")
        assert "\n=" not in file.read_text(encoding="utf-8-sig")
        assert ",=" not in file.read_text(encoding="utf-8-sig")
    assert file.stat().st_mode & 0o077 == 0


def test_without_details_nothing_private_leaves(event: Event) -> None:
    made = exporting.guest_list(event, details=False)
    text = json.dumps([made.headings, [list(row) for row in made.rows]])
    for private in ("@example.org", "no nuts", "lines", "Mail", "Diet"):
        assert private not in text


def test_replies_are_told_in_words(event: Event) -> None:
    answer(make_invited(event, "Ada"), Answer.DECLINED)
    made = exporting.guest_list(event, details=False, reader="uk")
    place = list(made.headings).index("Відповідь")
    assert {row[place] for row in made.rows} == {"ще не запрошено", "відхилено"}


def test_commands_take_lists_in_and_out(event: Event, runner: Runner, tmp_path: Path) -> None:
    file = tmp_path / "out.xlsx"
    out = runner("guests", "export", event.slug, str(file), "--json")
    assert json.loads(out.stdout) == {"guests": len(NAMES), "file": str(file)}
    tried = runner("guests", "import", event.slug, str(file), "--dry-run", "--json")
    assert tried.exit_code == 0, tried.output
    assert json.loads(tried.stdout)["counts"] == {"unchanged": len(NAMES)}
    wrong = tmp_path / "in.csv"
    wrong.write_text("Name,Mail,Category\nAda,ada@x.example,D\nBo,not an address,D\n", encoding="utf-8")
    refused = runner("guests", "import", event.slug, str(wrong))
    assert refused.exit_code == 1
    assert "row 3, column B: This is not a mail address." in refused.stdout
    wrong.write_text("Name,Mail,Category\nAda,ada@x.example,D\n", encoding="utf-8")
    taken = runner("guests", "import", event.slug, str(wrong), "--json")
    told = json.loads(taken.stdout)
    assert (told["imported"], told["counts"]) == (True, {"added": 1})
    assert runner("guests", "import", "no-event", str(wrong)).exit_code == 1
    assert runner("guests", "export", event.slug, str(tmp_path / "list.ods")).exit_code == 1
