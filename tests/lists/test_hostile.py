"""Malformed files: one clear sentence, quickly, and nothing stored (R12, for imports)."""

import io
import random
import time
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from eventsapp.access.identity import SYSTEM
from eventsapp.access.permissions import Role
from eventsapp.core import clock
from eventsapp.core.db import db
from eventsapp.core.errors import DomainError, Invalid
from eventsapp.lists import columns, importing, reading, workbooks
from eventsapp.lists.models import GuestImport
from eventsapp.lists.planning import Choice
from eventsapp.lists.reports import Report
from eventsapp.people.models import Person
from eventsapp.rsvps.models import Guest
from tests.factories.events import make_category, make_event
from tests.lists.spreadsheets import csv_of, upload, xlsx_of
from tests.support.clients import Client
from tests.support.databases import SQLITE, Database

PATIENCE = 5.0  # seconds
BOOK = xlsx_of(("Name", "Mail"), *((f"Ada {number}", f"a{number}@x.example") for number in range(30)))
LIST = csv_of(("Name", "Mail", "Category"), *((f"Олена {n}", f"a{n}@x.example", "D") for n in range(30)))


# Ways to write a cell in the last corner of a sheet that a search for cells may look past.
FAR = (
    "<a-b:c xmlns:a-b='x' {at}/>",
    "<c x='" + "y" * 400 + "' {at}/>",
    "<c x='>' {at}/>",
    "<c x='<' {at}/>",
    "<c x=' r=\"A1\"' {at}/>",
    "<c y:r='A1' {at}/>",
    "<c " + "x='y' " * 100 + "{at}/>",
)
REFERENCES = ("0", " 0 ", "+0", "&#48;", "<![CDATA[0]]>", "0<!-- -->")


def by_hand() -> Iterator[bytes]:
    """Files that somebody thought of."""
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        for bad in ("\x00", "\ud800", "\udfff", "\x1b", "\u202e", "\x85", "\ufffe", "\u2028"):
            yield f"Name\nAda\nB{bad}o\n".encode(encoding, "surrogatepass")
    for tail in (b'"', b'"\n"', b'"a"b', b'\n"Ada', b"\n,,,,,,,,", b"\nAda,x,y,z,w", b"\n" + b"," * 30_000):
        yield b"Name,Mail" + tail
    for lead in (
        b"",
        b"\n",
        b"\x00" * 50,
        b"\xff\xfe",
        b"\xfe\xff",
        b"\xef\xbb\xbf",
        b"PK\x03\x04",
        b"sep=,\n",
    ):
        yield lead
        yield lead + b"Name"
        yield lead + bytes(range(256)) * 4
    yield b"Name\n" + b"A" * 3_000_000
    yield b'Name\n"' + b"A\n" * 1_000_000
    yield b"Name\n" + b'"' * 1_000_000
    yield b"Name\n" + b"\xff" * 1_000_000
    yield b"Name\n" + b"x\n" * 60_001
    yield ("Name\n" + "\U0001f600" * 300).encode()
    for cell in (
        "<c r='XFD1048576'/>",
        "<c r='A1' t='s'><v>99999999999999999999</v></c>",
        "<c " * 200_000,
        "<row" * 300_000,
        *(far.format(at="r='XFD1048576'") for far in FAR),
    ):
        yield workbook({"xl/worksheets/sheet1.xml": f"<worksheet><sheetData><row r='1'>{cell}"})
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    yield workbook(
        {"xl/worksheets/sheet1.xml": f'<!DOCTYPE x [<!ENTITY a0 "ha">{laughs}]><worksheet>&a11;</worksheet>'}
    )
    for part in (
        "xl/workbook.xml",
        "[Content_Types].xml",
        "xl/worksheets/sheet1.xml",
        "xl/_rels/workbook.xml.rels",
    ):
        for text in ("", "<", "<a>" * 50_000, "\x00" * 1_000, "<!DOCTYPE x SYSTEM 'file:///etc/passwd'><x/>"):
            yield workbook({part: text})
        yield workbook({part: None})


def workbook(changed: dict[str, str | None]) -> bytes:
    """A workbook with some of its parts replaced, or taken out."""
    source, made = zipfile.ZipFile(io.BytesIO(BOOK)), io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            text = changed.get(name, source.read(name).decode())
            if text is not None:
                archive.writestr(name, text)
    return made.getvalue()


@pytest.mark.parametrize("way", FAR)
def test_cell_in_the_last_corner_is_refused_however_it_is_written(way: str) -> None:
    cell = way.format(at="r='XFD1048576' t='inlineStr'").replace("/>", "><is><t>x</t></is></c>")
    cell = cell.replace("</c>", "</a-b:c>") if "a-b" in cell else cell
    sheet = f"<worksheet><sheetData><row r='1'>{cell}</row></sheetData></worksheet>"
    with pytest.raises(Invalid):
        workbooks.sheets(workbook({"xl/worksheets/sheet1.xml": sheet}))


@pytest.mark.parametrize("reference", REFERENCES)
def test_text_that_many_cells_share_is_counted_for_each(reference: str) -> None:
    cells = "".join(f"<row r='{n}'><c r='A{n}' t='s'><v>{reference}</v></c></row>" for n in range(1, 5001))
    changed = {"xl/worksheets/sheet1.xml": f"<worksheet><sheetData>{cells}</sheetData></worksheet>"}
    for length, taken in ((20_000, True), (22_000, False)):
        texts = f"<sst><si><t>{'a' * length}</t></si></sst>"
        content = workbook({**changed, "xl/sharedStrings.xml": texts})
        if taken:
            assert workbooks.sheets(content) == ("Guests",)
            continue
        with pytest.raises(Invalid):
            workbooks.sheets(content)


def test_texts_without_number_are_refused() -> None:
    texts = "<sst>" + "<si/>" * (workbooks.MOST_CELLS + 1)
    with pytest.raises(Invalid):
        workbooks.sheets(workbook({"xl/sharedStrings.xml": texts}))


def damaged(count: int) -> Iterator[bytes]:
    """Lists and workbooks with bytes changed, cut off, doubled or moved."""
    chance = random.Random(8)  # noqa: S311 -- the same damage each time
    for number in range(count):
        content = bytearray(BOOK if number % 3 else LIST)
        for _ in range(chance.choice((1, 3, 20))):
            at = chance.randrange(len(content))
            match chance.randrange(4):
                case 0:
                    content[at] = chance.randrange(256)
                case 1:
                    del content[at : at + chance.choice((1, 50, 1_000))]
                case 2:
                    content[at:at] = content[: chance.choice((1, 50, 500))]
                case _:
                    content[at : at + 4] = chance.randbytes(4)
            if not content:
                break
        yield bytes(content)


def told(content: bytes) -> Report | None:
    """What an import of the file would do; None for a refusal, which must be one sentence."""
    begun = time.perf_counter()
    try:
        table = reading.read(content)
        event = make_event("Hostile", published=True)
        category = make_category(event)
        meanings = columns.guess(table.heading.cells)
        if not any(meaning.startswith("name") for meaning in meanings):
            meanings[0] = "name"
        choice = Choice(columns.checked(meanings, len(meanings)), category.id)
        report = importing.dry_run(event, table, choice)
    except DomainError as refusal:
        sentence = str(refusal)
    else:
        sentence = ""
    finally:
        assert time.perf_counter() - begun < PATIENCE
        db.session.rollback()
    if sentence:
        assert sentence.endswith(".") and "%(" not in sentence  # noqa: PT018
        return None
    return report


@pytest.fixture(scope="module")
def sqlite(databases: Callable[[str], Database]) -> Iterator[None]:
    database = databases(SQLITE)
    database.empty()
    with database.app.app_context():
        yield


def test_files_that_somebody_thought_of(sqlite: None) -> None:
    files = [*by_hand()]
    assert len(files) > 80
    for content in files:
        report = told(content)
        if report is not None and not report.is_clear:
            assert all(line.row for line in report.told)


def test_five_hundred_damaged_files(sqlite: None) -> None:
    refused = sum(told(content) is None for content in damaged(500))
    assert refused > 100  # a changed letter in a name is a name all the same


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=2_000))
def test_any_bytes(sqlite: None, content: bytes) -> None:
    told(content)
    told(b"Name,Mail\n" + content)


_CELL = st.text(alphabet=st.characters(exclude_categories=()), max_size=30)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(_CELL, min_size=1, max_size=4), min_size=1, max_size=6))
def test_any_text(sqlite: None, rows: list[list[str]]) -> None:
    text = "Name,Mail,Title,Reply\n" + "\n".join(",".join(row) for row in rows)
    told(text.encode("utf-8", "surrogatepass"))


def test_nothing_is_stored_and_every_refusal_is_a_page(
    app: Any, db_session: Any, staff: Callable[..., Client]
) -> None:
    event = make_event("Harbour", published=True)
    make_category(event)
    db.session.commit()
    client = staff(role=Role.REGISTRAR, event=event)
    for content in (*list(by_hand())[:60], *damaged(40)):
        answer = upload(client, event, content)
        assert answer.status_code in (303, 422)
        if answer.status_code == 303:
            assert client.get(answer.location, follow_redirects=True).status_code == 200
        else:
            assert "field-error" in answer.text or "error-summary" in answer.text
    assert db.session.scalar(select(func.count()).select_from(Guest)) == 0
    assert db.session.scalar(select(func.count()).select_from(Person)) == 0


def test_one_bad_row_in_many_stores_none(app: Any, db_session: Any) -> None:
    event = make_event("Harbour", published=True)
    category = make_category(event)
    db.session.commit()
    rows = [(f"Ada {number}", f"a{number}@x.example") for number in range(500)]
    rows[400] = ("Ada 400", "no address")
    table = reading.read(csv_of(("Name", "Mail"), *rows))
    choice = Choice(("name", "email"), category.id)
    report = importing.run(event.id, table, choice, actor=SYSTEM, now=clock.now())
    (line,) = report.told
    assert (line.row, line.column) == (402, "B")
    assert db.session.scalar(select(func.count()).select_from(Guest)) == 0
    assert db.session.scalars(select(GuestImport)).all() == []
    with pytest.raises(Invalid):
        columns.checked(("email", "email"), 2)
