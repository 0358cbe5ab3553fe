"""Files as rows of text: encodings, delimiters, workbooks, and what is refused."""

import io
import zipfile
from datetime import date, datetime, time

import pytest

from eventsapp.core.cells import guarded, unguarded
from eventsapp.core.errors import Invalid
from eventsapp.lists import encodings, reading, workbooks
from eventsapp.lists.reading import read
from tests.lists.spreadsheets import csv_of, xlsx_of

LISTS = {
    "cp1251": (("Ім'я", "Посада"), ("Олена Прикладенко", "Перекладачка"), ("Остап Зразковий", "Радник")),
    "cp950": (("姓名", "職稱"), ("陳示範", "副市長"), ("李四川", "顧問")),
    "cp1252": (("Name", "Title"), ("José Ñandú-Ejemplo", "Señor"), ("Jürgen Müller", "Straßenmeister")),
    "gb18030": (("姓名", "职务"), ("陈示范", "副市长"), ("李四川", "顾问")),
    "utf-8": (("姓名", "Title"), ("陳", "Łódź"), ("Nguyễn Văn Mẫu", "")),
    "utf-8-sig": (("Name", "Title"), ("Ада", "x"), ("б", "")),
    "utf-16": (("Name", "Title"), ("Łucja", "x"), ("陳", "")),
    "utf-16-le": (("Name", "Title"), ("Łucja", "x"), ("Ada", "")),
    "utf-16-be": (("Name", "Title"), ("Łucja", "x"), ("Ada", "")),
}


@pytest.mark.parametrize("encoding", LISTS)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters_are_told(encoding: str, delimiter: str) -> None:
    rows = LISTS[encoding]
    table = read(csv_of(*rows, encoding=encoding, delimiter=delimiter))
    assert table.delimiter == delimiter
    assert table.heading.cells == rows[0]
    assert [row.cells for row in table.rows] == [tuple(cell for cell in row if cell) for row in rows[1:]]


@pytest.mark.parametrize(
    ("name", "codec", "encoding"),
    [
        ("陳示範", "cp950", "big5"),
        ("李四川", "cp950", "big5"),
        ("Ганна Білокінь", "cp1251", "cp1251"),
        ("ПРИКЛАДЕНКО ОЛЕНА", "cp1251", "cp1251"),
        ("José Muñoz", "cp1252", "cp1252"),
        ("Ó Briain", "cp1252", "cp1252"),
        ("李四川", "gb18030", "gb18030"),
        ("张伟", "gb18030", "gb18030"),
    ],
)
def test_one_name_is_enough_to_tell_the_encoding(name: str, codec: str, encoding: str) -> None:
    assert encodings.guess(f"Name\r\n{name}".encode(codec)) == encoding


def test_another_encoding_can_be_given() -> None:
    content = csv_of(("Name",), ("Ганна",), encoding="cp1251")
    assert read(content, encoding="cp1252").rows[0].cells == ("Ãàííà",)
    with pytest.raises(Invalid, match="Row 2"):
        read(content, encoding="utf-8")


def test_row_numbers_are_those_of_a_spreadsheet() -> None:
    table = read(b'\r\nName,Note\r\n\r\nAda,"two\r\nlines"\r\n,,\r\nBo,\r\n')
    assert (table.heading.number, [row.number for row in table.rows]) == (2, [4, 6])
    assert table.rows[0].cells == ("Ada", "two\nlines")


def test_a_workbook_keeps_what_is_shown() -> None:
    content = xlsx_of(
        ("Name", "Number", "Zip", "Day", "When", "Yes"),
        ("Ada", 12, "00123", date(2026, 6, 2), datetime(2026, 6, 2, 9, 30), True),
        ("Bo", 1.5, "", "", time(18, 30), False),
        sheets=("First", "Second"),
    )
    table = read(content)
    assert (table.sheet, table.sheets) == ("First", ("First", "Second"))
    assert table.rows[0].cells[:4] == ("Ada", "12", "00123", "2026-06-02")
    assert table.rows[0].cells[5] == "TRUE"
    assert table.rows[1].cells[1] == "1.5"
    with pytest.raises(Invalid, match="no rows"):
        read(content, sheet="Second")


@pytest.mark.parametrize(
    "cell", ["=SUM(A1)", "+380 44 000", "-", "@", "'quoted", "''", "＝1", "\t", "plain", "", "it's", "'=x"]
)
def test_guarded_cells_are_given_back_as_they_were(cell: str) -> None:
    assert unguarded(guarded(cell)) == cell
    assert not guarded(cell).startswith(("=", "+", "-", "@", "＝", "\t"))


def test_an_apostrophe_of_somebodys_own_stays() -> None:
    assert read(b"Name\n'quoted\n'Apostol").rows[0].cells == ("'quoted",)


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"Name,Note\nAda,a\x00b\n", "Row 2, column B"),
        ("Name\nAda\nB\u202eo\n".encode(), "Row 3, column A"),
        ("Name\nA\ud800da\n".encode("utf-16-le", "surrogatepass"), "Row 2, column A"),
        (b"Name\nA\xed\xa0\x80da\n", "Row 2, column A"),
        (b"Name\nA\x1b[31mda\n", "Row 2, column A"),
        (b'Name,Note\nAda,"not closed\n', "Row 2"),
        (b"Name,Note\nAda,x,too much\n", "Row 2"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_place(content: bytes, place: str) -> None:
    with pytest.raises(Invalid, match=place):
        read(content)


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b" \n", b"Name\n", b"%PDF-1.7", b"\xd0\xcf\x11\xe0old", b"PK\x03\x04no zip"]
)
def test_what_is_no_list_is_refused(content: bytes) -> None:
    with pytest.raises(Invalid):
        read(content)


def test_lists_beyond_the_limits_are_refused() -> None:
    with pytest.raises(Invalid, match="too large"):
        read(b"Name\n" + b"A\n" * (workbooks.MOST_ROWS + 1))
    with pytest.raises(Invalid, match="too large"):
        read(b",".join([b"x"] * 201) + b"\n1\n")
    with pytest.raises(Invalid, match="too large"):
        read(b"x" * (reading.MOST_BYTES + 1))


def _tampered(name: str, text: bytes) -> bytes:
    """A workbook of which one part says something else."""
    source, made = zipfile.ZipFile(io.BytesIO(xlsx_of(("Name",), ("Ada",)))), io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in source.namelist():
            archive.writestr(part, text if part == name else source.read(part))
    return made.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
_AROUND = (
    b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b"<sheetData>%s</sheetData></worksheet>"
)


@pytest.mark.parametrize(
    "rows",
    [
        b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>far</t></is></c></row>',
        b"<row r = '1'><c r = 'XFD1'><v>1</v></c></row><row r='60000'/>",
        b"<row>" + b"<c><v>1</v></c>" * 500 + b"</row>",
    ],
)
def test_a_cell_in_the_last_corner_is_refused_before_the_sheet_is_laid_out(rows: bytes) -> None:
    with pytest.raises(Invalid, match="too large"):
        read(_tampered(SHEET, _AROUND % rows))


def test_a_sheet_in_another_place_is_looked_into_too() -> None:
    far = _AROUND % b'<row r="1"><c r="XFD1048576"><v>1</v></c></row>'
    with pytest.raises(Invalid, match="too large"):
        read(_tampered("docProps/app.xml", far))


def test_other_zipped_kinds_of_spreadsheet_are_refused() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<x/>")
    with pytest.raises(Invalid, match="cannot be read"):
        read(made.getvalue())


def test_a_row_of_millions_of_cells_is_refused_before_it_is_cut() -> None:
    with pytest.raises(Invalid, match="too large"):
        read(b"Name\n" + b"," * 5_000_000)


def test_a_file_that_inflates_beyond_sense_is_refused() -> None:
    with pytest.raises(Invalid):
        read(_tampered("xl/styles.xml", b" " * (workbooks.MOST_INFLATED + 1)))


def test_a_part_that_lies_about_its_size_is_refused() -> None:
    content = bytearray(_tampered("xl/styles.xml", b" " * 1_000_000))
    for mark, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        place = -1
        while (place := content.find(mark, place + 1)) >= 0:
            if content[place + at : place + at + 4] == (1_000_000).to_bytes(4, "little"):
                content[place + at : place + at + 4] = (10).to_bytes(4, "little")
    with pytest.raises(Invalid):
        read(bytes(content))
