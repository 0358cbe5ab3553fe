"""Trying a list and taking it: one plan, all rows or none, nobody merged silently."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from eventsapp.access.identity import SYSTEM
from eventsapp.audit import service as audit
from eventsapp.audit.models import AuditEntry
from eventsapp.core.db import db, transaction
from eventsapp.core.errors import Conflict
from eventsapp.events import service as events
from eventsapp.events.models import Event
from eventsapp.lists import applying, importing, known, preparing
from eventsapp.lists.enums import Fate
from eventsapp.lists.planning import Choice
from eventsapp.lists.reading import Table
from eventsapp.lists.reports import Report, from_json
from eventsapp.people.enums import NameKind
from eventsapp.people.models import Organisation, Person
from eventsapp.people.service import NameInput
from eventsapp.rsvps.enums import GuestState, Origin
from eventsapp.rsvps.models import Guest, ReplyRecord
from tests.factories.events import make_category, make_event
from tests.factories.people import make_affiliation, make_organisation, make_person
from tests.factories.rsvps import make_accepted, make_guest
from tests.lists.spreadsheets import guessed, table_of

HEADINGS = ("Name", "Name (uk)", "Title", "Organisation", "Mail", "Category", "Language")


@pytest.fixture
def event(db_session: Any) -> Event:
    event = make_event(published=True, capacity=3)
    make_category(event, "D", "Delegate")
    make_category(event, "V", "Guest of honour")
    db.session.commit()
    return event


def take(event: Event, table: Table, now: datetime, **given: Any) -> Report:
    """Import the list; the dry run says the same beforehand."""
    choice = guessed(event, table, **given)
    db.session.commit()
    event_id = event.id
    tried = importing.dry_run(event, table, choice).to_json()
    done = importing.run(event_id, table, choice, actor=SYSTEM, now=now)
    assert done.to_json() == tried
    assert from_json(tried).to_json() == tried
    return done


def guests(event: Event) -> list[Guest]:
    return list(db.session.scalars(select(Guest).where(Guest.event_id == event.id).order_by(Guest.id)))


def test_a_list_adds_people_with_names_titles_and_mail(event: Event, now: datetime) -> None:
    table = table_of(
        HEADINGS,
        (
            "Olena Prykladenko",
            "Олена Прикладенко",
            "Interpreter",
            "City of Northport",
            "o@kyiv.example",
            "d",
            "uk",
        ),
        ("van der MUSTER", "", "", "City of Northport", "", "Guest of honour", ""),
    )
    report = take(event, table, now)
    assert dict(report.counts) == {Fate.ADDED: 2}
    assert (report.new_people, report.new_organisations) == (2, 1)
    olena, muster = guests(event)
    assert [(name.full, name.language, name.kind) for name in olena.person.names] == [
        ("Olena Prykladenko", "", NameKind.PREFERRED),
        ("Олена Прикладенко", "uk", NameKind.VARIANT),
    ]
    assert olena.affiliation is not None
    assert olena.affiliation.title == {"en": "Interpreter"}
    assert olena.affiliation.organisation is not None
    assert olena.affiliation.organisation.names == {"en": "City of Northport"}
    assert (olena.email, olena.language, olena.category.letter) == ("o@kyiv.example", "uk", "D")
    assert (olena.state, olena.origin, olena.has_seats) == (GuestState.DRAFT, Origin.IMPORTED, False)
    assert (muster.person.display_name, muster.category.letter) == ("van der MUSTER", "V")
    assert muster.affiliation is not None
    assert muster.affiliation.organisation == olena.affiliation.organisation
    assert "prykladenko" in olena.person.search_text
    assert "олена" in olena.person.search_text


def test_the_record_holds_the_import_and_every_guest(event: Event, now: datetime) -> None:
    take(event, table_of(("Name", "Mail"), ("Ada Example", "a@x.example"), ("Bo Sample", "")), now)
    actions = db.session.scalars(select(AuditEntry.action).where(AuditEntry.chain == event.id)).all()
    assert actions.count("guest.added") == 2
    assert actions.count("guests.imported") == 1
    assert audit.verify().broken == {}


def test_the_same_list_again_changes_nothing(event: Event, now: datetime) -> None:
    rows = (HEADINGS, ("Ada Example", "Ада", "Mayor", "City of X", "ada@x.example", "V", "en"))
    take(event, table_of(*rows), now)
    again = take(event, table_of(*rows), now)
    assert dict(again.counts) == {Fate.UNCHANGED: 1}
    assert len(guests(event)) == 1


def test_a_guest_known_by_name_and_mail_is_changed_where_the_list_says_so(
    event: Event, now: datetime
) -> None:
    person = make_person("Ada Example", NameInput("Ада Приклад", NameKind.NATIVE, "uk"))
    make_guest(event, person, email="ada@x.example", category=event.categories[0])
    report = take(
        event,
        table_of(
            (*HEADINGS, "Companions allowed", "Diet"),
            ("Ада Приклад", "", "Mayor", "", "ADA@x.example", "V", "", "2", "no nuts"),
        ),
        now,
    )
    (told,) = report.of(Fate.CHANGED)
    assert set(told.changed) == {"category", "companions_allowed", "diet", "title", "email"}
    (guest,) = guests(event)
    assert guest.person == person
    assert (guest.category.letter, guest.companions_allowed) == ("V", 2)
    assert guest.details is not None
    assert guest.details.diet == "no nuts"
    assert guest.affiliation is not None
    assert guest.affiliation.title == {"en": "Mayor"}


def test_empty_cells_erase_nothing(event: Event, now: datetime) -> None:
    make_guest(event, make_person("Ada Example"), email="ada@x.example", category=event.categories[1])
    report = take(event, table_of(HEADINGS, ("Ada Example", "", "", "", "ada@x.example", "", "")), now)
    assert dict(report.counts) == {Fate.UNCHANGED: 1}
    assert guests(event)[0].category.letter == "V"


@pytest.mark.parametrize("spelling", ["Shu-Chuan Lee", "SHUCHUAN  LEE", "Shu‑chuan Lee"])
def test_somebody_of_the_same_spelling_is_for_a_person_to_decide(
    event: Event, now: datetime, spelling: str
) -> None:
    person = make_person("Shu-Chuan Lee")
    table = table_of(("Name", "Mail"), (spelling, "lee@x.example"), ("Bo Sample", ""))
    report = take(event, table, now)
    (told,) = report.of(Fate.DUPLICATE)
    assert (told.row, told.people) == (2, [person.code])
    assert guests(event) == []  # all rows or none


def test_whoever_chose_to_match_gets_the_one_person_of_that_spelling(event: Event, now: datetime) -> None:
    person = make_person("Shu-Chuan Lee")
    take(event, table_of(("Name", "Mail"), ("Shuchuan Lee", "lee@x.example")), now, matches=True)
    (guest,) = guests(event)
    assert guest.person == person
    assert "Shuchuan Lee" in [name.full for name in person.names]


def test_two_people_of_one_spelling_are_never_matched(event: Event, now: datetime) -> None:
    first, second = make_person("Grygorii Malenko"), make_person("Grygorii Malenko")
    report = take(event, table_of(("Name",), ("Grygorii Malenko",)), now, matches=True)
    (told,) = report.of(Fate.DUPLICATE)
    assert set(told.people) == {first.code, second.code}


def test_another_address_speaks_against_a_match(event: Event, now: datetime) -> None:
    make_guest(event, make_person("Grygorii Malenko"), email="one@x.example")
    table = table_of(("Name", "Mail"), ("Grygorii Malenko", "other@x.example"))
    assert take(event, table, now, matches=True).counts[Fate.DUPLICATE] == 1


def test_a_shared_mailbox_is_no_proof(event: Event, now: datetime) -> None:
    make_guest(event, make_person("Ada Example"), email="office@x.example")
    table = table_of(("Name", "Mail"), ("Bo Sample", "office@x.example"))
    assert take(event, table, now, matches=True).counts[Fate.DUPLICATE] == 1


def test_what_somebody_decided_of_a_row_is_done(event: Event, now: datetime) -> None:
    person = make_person("Ada Example")
    table = table_of(("Name",), ("Ada Example",), ("ada example",), ("Ada Example",))
    decisions = {2: person.code, 3: "new", 4: "leave-out"}
    report = take(event, table, now, decisions=decisions)
    assert dict(report.counts) == {Fate.ADDED: 2, Fate.LEFT_OUT: 1}
    one, other = guests(event)
    assert one.person == person
    assert other.person != person


def test_the_same_name_twice_in_a_list_is_asked_about(event: Event, now: datetime) -> None:
    report = take(event, table_of(("Name", "Mail"), ("Ada Example", "a@x.example"), ("Ada Example", "")), now)
    assert [told.same_as for told in report.of(Fate.DUPLICATE)] == [2]
    other = take(event, table_of(("Name", "Mail"), ("Bo", "a@x.example"), ("Bo", "b@x.example")), now)
    assert dict(other.counts) == {Fate.ADDED: 2}


def test_one_person_cannot_be_two_rows(event: Event, now: datetime) -> None:
    person = make_person("Ada Example")
    table = table_of(("Name",), ("Ada Example",), ("Bo",))
    report = take(event, table, now, decisions={2: person.code, 3: person.code})
    (told,) = report.of(Fate.REFUSED)
    assert (told.row, told.params) == (3, {"row": 2})


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("Mail", "not an address"),
        ("Category", "Martian"),
        ("Language", "no language at all"),
        ("Companions allowed", "20"),
        ("Reply", "perhaps later"),
        ("Title", "x" * 201),
    ],
)
def test_one_wrong_cell_refuses_the_list_and_names_its_place(
    event: Event, now: datetime, heading: str, cell: str
) -> None:
    table = table_of(("Name", heading), ("Ada Example", ""), ("Bo Sample", cell))
    report = take(event, table, now)
    (told,) = report.of(Fate.REFUSED)
    assert (told.row, told.column) == (3, "B")
    assert told.message % told.params
    assert guests(event) == []
    assert db.session.scalar(select(func.count()).select_from(Person)) == 0


def test_replies_take_seats_or_refuse_the_list(event: Event, now: datetime) -> None:
    rows = [("Ada", "yes"), ("Bo", "так"), ("Cy", "婉拒"), ("Di", "waiting list"), ("Ed", "")]
    take(event, table_of(("Name", "Reply"), *rows), now)
    assert [guest.state for guest in guests(event)] == [
        GuestState.ACCEPTED,
        GuestState.ACCEPTED,
        GuestState.DECLINED,
        GuestState.WAITLISTED,
        GuestState.DRAFT,
    ]
    assert [guest.has_seats for guest in guests(event)] == [True, True, False, False, False]
    db.session.refresh(event)
    assert event.seats_taken == 2
    assert db.session.scalar(select(func.count()).select_from(ReplyRecord)) == 4
    more = take(event, table_of(("Name", "Reply"), ("Flo", "yes"), ("Guy", "yes")), now)
    assert more.refusals == [
        ("The list has %(wanted)s acceptances, and %(left)s seats are left.", {"wanted": 2, "left": 1})
    ]
    assert len(guests(event)) == 5


def test_the_reply_of_a_guest_on_the_list_stays(event: Event, now: datetime) -> None:
    guest = make_accepted(event, make_person("Ada"), email="a@x.example")
    report = take(event, table_of(("Name", "Mail", "Reply"), ("Ada", "a@x.example", "no")), now)
    assert dict(report.counts) == {Fate.UNCHANGED: 1}
    assert report.told[0].message
    assert guests(event)[0].state is GuestState.ACCEPTED
    assert guest.has_seats is guests(event)[0].has_seats


def test_a_title_that_is_held_already_is_chosen(event: Event, now: datetime) -> None:
    person = make_person("Ada")
    city = make_organisation("City of Northport")
    make_affiliation(person, "Poet")
    mayor = make_affiliation(person, "Mayor", city)
    table = table_of(("Name", "Title", "Organisation"), ("Ada", "mayor", "CITY of Northport"))
    take(event, table, now, matches=True)
    assert guests(event)[0].affiliation == mayor
    assert db.session.scalar(select(func.count()).select_from(Organisation)) == 1


def test_a_closed_event_takes_no_list(event: Event, now: datetime) -> None:
    choice = Choice(("name",), event.categories[0].id)
    events.close_event(event, actor=SYSTEM, now=now + timedelta(days=60))
    with pytest.raises(Conflict):
        importing.dry_run(event, table_of(("Name",), ("Ada",)), choice)


def test_what_others_did_meanwhile_is_seen(
    event: Event, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planned before, written after: without the look at the record two Adas would stand there."""
    table, event_id = table_of(("Name",), ("Ada",)), event.id
    choice = guessed(event, table)
    db.session.commit()
    prepared, tries = preparing.Prepared, []

    class Slow(prepared):  # type: ignore[valid-type, misc]
        def __init__(self, *given: Any) -> None:
            super().__init__(*given)
            tries.append(1)
            db.session.rollback()
            with transaction():
                make_person("Ada")

    monkeypatch.setattr(preparing, "Prepared", Slow)
    report = importing.run(event_id, table, choice, actor=SYSTEM, now=now)
    assert dict(report.counts) == {Fate.DUPLICATE: 1}
    assert tries == [1]
    db.session.rollback()
    monkeypatch.setattr(known, "has_moved", lambda _: False)
    again = importing.run(event_id, table_of(("Name",), ("Bo",)), choice, actor=SYSTEM, now=now)
    assert dict(again.counts) == {Fate.ADDED: 1}  # the naive way takes the list over what it never saw


def test_what_others_do_elsewhere_disturbs_nobody(
    event: Event, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    table, event_id = table_of(("Name", "Mail"), ("Ada", "ada@x.example")), event.id
    choice = guessed(event, table)
    db.session.commit()
    prepared, tries = preparing.Prepared, []

    class Slow(prepared):  # type: ignore[valid-type, misc]
        def __init__(self, *given: Any) -> None:
            super().__init__(*given)
            tries.append(1)
            db.session.rollback()
            with transaction():
                make_affiliation(make_person("Somebody Else"))
                make_guest(db.session.get_one(Event, event_id), "Another Guest")

    monkeypatch.setattr(preparing, "Prepared", Slow)
    report = importing.run(event_id, table, choice, actor=SYSTEM, now=now)
    assert (dict(report.counts), tries) == ({Fate.ADDED: 1}, [1])
    db.session.rollback()


def test_a_refused_write_leaves_nothing(event: Event, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("killed")

    table, event_id = table_of(("Name", "Organisation"), ("Ada", "City of X")), event.id
    choice = guessed(event, table)
    db.session.commit()
    monkeypatch.setattr(applying, "_end", broken)
    with pytest.raises(RuntimeError):
        importing.run(event_id, table, choice, actor=SYSTEM, now=now)
    assert guests(event) == []
    assert db.session.scalar(select(func.count()).select_from(Person)) == 0
    assert db.session.scalar(select(func.count()).select_from(Organisation)) == 0
