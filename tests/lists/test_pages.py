"""The pages about lists: upload, columns, report, decisions, import, result; and the list out."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from eventsapp.access.permissions import Role
from eventsapp.core.db import db
from eventsapp.events.models import Event
from eventsapp.jobs import worker
from eventsapp.lists import jobs
from eventsapp.lists.enums import ImportState
from eventsapp.lists.models import GuestImport
from eventsapp.rsvps.models import Guest
from tests.factories.events import make_category, make_event
from tests.factories.people import make_person
from tests.factories.rsvps import make_guest
from tests.lists.spreadsheets import csv_of, upload, xlsx_of
from tests.support.clients import Client
from tests.support.clocks import Clock

Staff = Callable[..., Client]


@pytest.fixture
def event(db_session: Any) -> Event:
    event = make_event("Harbour", published=True)
    make_category(event, "D", "Delegate")
    db.session.commit()
    return event


def columns_sent(client: Client, path: str, **given: Any) -> Any:
    """The form with the columns, sent as it comes."""
    page = client.get(f"{path}/columns").text
    sent = {}
    for select_ in re.findall(r"<select.*?</select>", page, re.DOTALL):
        name = re.search(r'name="([^"]+)"', select_)
        chosen = re.search(r'<option selected value="([^"]*)"', select_)
        if name:
            sent[name[1]] = chosen[1] if chosen else ""
    sent.pop("encoding", None)
    sent.pop("sheet", None)
    return client.post(f"{path}/columns", data={**sent, **given})


def only(event: Event) -> GuestImport:
    return db.session.scalars(select(GuestImport).where(GuestImport.event_id == event.id)).one()


def work() -> None:
    """What the worker would do."""
    found = db.session.scalars(select(GuestImport.id)).one()
    jobs.carry_out(found)
    db.session.rollback()


def test_a_list_goes_in_step_by_step(event: Event, staff: Staff) -> None:
    client = staff(role=Role.REGISTRAR, event=event)
    sent = upload(
        client, event, csv_of(("ПІБ", "Пошта"), ("Олена", "o@x.example"), ("Остап", ""), encoding="cp1251")
    )
    assert sent.status_code == 303
    path = sent.location
    assert client.get(path).location.endswith("/columns")
    page = client.get(f"{path}/columns").text
    assert "Олена" in page
    assert "CP1251" in page
    assert columns_sent(client, path).status_code == 303
    report = client.get(path).text
    assert "What would be done" in report
    assert db.session.scalars(select(Guest)).all() == []
    assert client.post(f"{path}/start").status_code == 303
    assert 'http-equiv="refresh"' in client.get(path).text
    assert client.post(f"{path}/start").status_code == 303  # a second click does nothing
    work()
    assert "The list is imported" in client.get(path).text
    assert {guest.person.display_name for guest in db.session.scalars(select(Guest))} == {"Олена", "Остап"}
    found = only(event)
    assert (found.state, found.content, found.rows_done) == (ImportState.DONE, None, 2)
    assert "Олена" not in str(found.report) + str(found.mapping)


def test_the_worker_does_what_was_queued(event: Event, staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "AT_ONCE", 0)
    client = staff(role=Role.REGISTRAR, event=event)
    path = upload(client, event, csv_of(("Name",), ("Ada",))).location
    columns_sent(client, path)
    assert only(event).state is ImportState.QUEUED
    while worker.run_due_jobs():
        pass
    assert "What would be done" in client.get(path).text
    client.post(f"{path}/start")
    while worker.run_due_jobs():
        pass
    db.session.rollback()
    assert only(event).state is ImportState.DONE
    jobs.carry_out(only(event).id)  # once more, as after a crash
    db.session.rollback()
    assert len(db.session.scalars(select(Guest)).all()) == 1


def test_possible_duplicates_are_decided_by_a_person(event: Event, staff: Staff) -> None:
    person = make_person("Shu-Chuan Lee")
    client = staff(role=Role.REGISTRAR, event=event)
    path = upload(
        client, event, csv_of(("Name",), ("Shuchuan Lee",), ("SHU CHUAN LEE",), ("Shu-chuan Lee",))
    ).location
    columns_sent(client, path)
    page = client.get(path).text
    assert "Shu-Chuan Lee" in page
    assert (
        client.post(f"{path}/start", follow_redirects=True).text.count("cannot be imported as it stands") == 1
    )
    client.post(f"{path}/decide", data={"row-2": person.code, "row-3": "leave-out", "row-4": "martian"})
    assert "Please choose one of these" in client.get(path).text
    client.post(f"{path}/decide", data={"row-2": person.code, "row-3": "leave-out"})
    client.post(f"{path}/decide", data={"rest": "new"})
    client.post(f"{path}/start")
    work()
    people = [guest.person_id for guest in db.session.scalars(select(Guest).order_by(Guest.id))]
    assert len(people) == 2
    assert person.id in people


def test_another_encoding_and_another_sheet_can_be_chosen(event: Event, staff: Staff) -> None:
    client = staff(role=Role.REGISTRAR, event=event)
    path = upload(client, event, csv_of(("Name",), ("Ганна",), encoding="cp1251")).location
    client.post(f"{path}/read", data={"encoding": "cp1252"})
    assert "Ãàííà" in client.get(f"{path}/columns").text
    assert (
        client.post(f"{path}/read", data={"encoding": "utf-8"}, follow_redirects=True).text.count("Row 2")
        == 1
    )
    path = upload(client, event, xlsx_of(("Name",), ("Ada",), sheets=("One", "Two")), "book.xlsx").location
    refused = client.post(f"{path}/read", data={"sheet": "Two"}, follow_redirects=True)
    assert "no rows below its headings" in refused.text


@pytest.mark.parametrize("content", [b"", b"Name\n", b"Name,x\nA\x00da,\n", b"%PDF-1.4"])
def test_what_is_no_list_comes_back_with_a_sentence(event: Event, staff: Staff, content: bytes) -> None:
    client = staff(role=Role.REGISTRAR, event=event)
    answer = upload(client, event, content)
    assert answer.status_code == 422
    assert "field-error" in answer.text
    assert db.session.scalars(select(GuestImport)).all() == []


def test_a_file_beyond_the_limit_is_refused(event: Event, staff: Staff) -> None:
    client = staff(role=Role.REGISTRAR, event=event)
    assert (
        upload(client, event, b"Name\n" + b"Ada\n" * 1_500_000).status_code == 422
    )  # 6 MB: let in, too many rows
    assert upload(client, event, b"x" * (21 * 1024 * 1024)).status_code == 413


def test_columns_that_make_no_sense_are_refused(event: Event, staff: Staff) -> None:
    client = staff(role=Role.REGISTRAR, event=event)
    path = upload(client, event, csv_of(("Name", "Mail"), ("Ada", ""))).location
    assert columns_sent(client, path, **{"columns-0": "email"}).status_code == 422
    assert columns_sent(client, path, **{"columns-0": "martian"}).status_code == 422


def test_lists_of_another_event_are_not_there(event: Event, staff: Staff) -> None:
    other = make_event("Other", published=True)
    path = upload(staff(role=Role.REGISTRAR, event=event), event, csv_of(("Name",), ("Ada",))).location
    code = path.rpartition("/")[2]
    client = staff(role=Role.REGISTRAR, event=other)
    assert client.get(path).status_code == 404
    assert client.get(f"/organise/events/{other.slug}/import/{code}").status_code == 404
    for deed in ("read", "decide", "start", "discard", "columns"):
        assert client.post(f"/organise/events/{other.slug}/import/{code}/{deed}").status_code == 404


def test_who_may_not_change_the_list_cannot_upload(event: Event, staff: Staff) -> None:
    client = staff(role=Role.VIEWER, event=event)
    assert 'type="file"' not in client.get(f"/organise/events/{event.slug}/import").text
    assert upload(client, event, csv_of(("Name",), ("Ada",))).status_code == 403


def test_an_upload_is_forgotten(event: Event, staff: Staff) -> None:
    client = staff(role=Role.REGISTRAR, event=event)
    path = upload(client, event, csv_of(("Name",), ("Ada",))).location
    assert client.post(f"{path}/discard").status_code == 303
    assert db.session.scalars(select(GuestImport)).all() == []


@pytest.mark.parametrize(("role", "sees"), [(Role.REGISTRAR, True), (Role.VIEWER, False)])
def test_the_list_out_holds_what_the_reader_may_see(
    event: Event, staff: Staff, role: Role, sees: bool
) -> None:
    make_guest(event, "Ada Example", email="ada@secret.example")
    client = staff(role=role, event=event)
    for kind in ("csv", "xlsx"):
        answer = client.post(f"/organise/events/{event.slug}/import/export", data={"format": kind})
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"].startswith("attachment")
    text = client.post(f"/organise/events/{event.slug}/import/export", data={"format": "csv"}).data.decode(
        "utf-8-sig"
    )
    assert "Ada Example" in text
    assert ("ada@secret.example" in text) is sees
    assert client.get(f"/organise/events/{event.slug}/import/export").status_code in (403, 404)
    record = staff(administrator=True).get(f"/organise/events/{event.slug}/record").text
    assert "Guest list taken away" in record


def test_an_upload_that_nobody_ends_goes_after_fourteen_days(
    event: Event, staff: Staff, clock: Clock
) -> None:
    client = staff(role=Role.REGISTRAR, event=event)
    upload(client, event, csv_of(("Name",), ("Ada",)))
    for days, left in ((13, 1), (2, 0)):
        clock.now += timedelta(days=days)
        while worker.run_due_jobs():
            pass
        db.session.rollback()
        assert len(db.session.scalars(select(GuestImport)).all()) == left


def test_a_refused_import_keeps_no_file(event: Event, staff: Staff) -> None:
    client = staff(role=Role.REGISTRAR, event=event)
    path = upload(client, event, csv_of(("Name",), ("Ada",))).location
    columns_sent(client, path)
    client.post(f"{path}/start")
    client_admin = staff(administrator=True)
    client_admin.post(f"/organise/events/{event.slug}/cancel", data={"reason-en": "x"})
    work()
    found = only(event)
    if found.event.cancelled_at:
        assert (found.state, found.content) == (ImportState.REFUSED, None)
        assert "not imported" in client.get(path).text
