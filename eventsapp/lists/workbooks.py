"""Sheets of an XLSX file as rows of text. Pure: bytes in, rows out.

What would burst the machine is refused before a reader opens it: a file inflates to more than is sane, or
names a cell so far away that the sheet would be mostly emptiness.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice, pairwise

from python_calamine import CalamineError, CalamineWorkbook

from eventsapp.core.errors import Invalid
from eventsapp.core.text import N_

MOST_INFLATED = 200 * 1024 * 1024  # bytes
MOST_PARTS = 2_000
MOST_ROWS = 60_000
MOST_COLUMNS = 200
MOST_CELLS = 3_000_000
MOST_TEXT = 100 * 1024 * 1024  # bytes, each text counted as often as a cell refers to it

_CELL = re.compile(rb"""<(?:\w{1,20}:)?c\b[^<>]{0,300}?\br\s*=\s*["']([A-Za-z]{1,4})([0-9]{1,9})["']""")
_ROW = re.compile(rb"""<(?:\w{1,20}:)?row\b[^<>]{0,300}?\br\s*=\s*["']([0-9]{1,9})["']""")
# A cell or a row as programs write it. What our reader would take for one and this does not could be
# anywhere: our own patterns would look past it.
_PLAIN = re.compile(
    rb"""<(?:\w{1,20}:)?(?:c|row)(?=[\s/>])(?=[^<>]{0,300}>)"""
    rb"""(?:\s+(?!\w+:r\b)(?:\w{1,20}:)?\w{1,40}\s*=\s*(?:"[^"'=<>]*+"|'[^"'=<>]*+'))*+\s*/?>"""
)
_TAKEN = re.compile(rb"<(?:[^\s<>/]*:)?(?:c|row)(?=[\s/>])")
_SHARED = re.compile(rb"<(?:[^\s<>/]*:)?si(?=[\s/>])")
_VALUE = re.compile(rb"<(?:[^\s<>/]*:)?v(?=[\s/>])")
_NUMBERED, _OTHER_VALUE = re.compile(rb">\s*\+?([0-9]{1,9})\s*<(?![!?])"), re.compile(rb">[^<&]*<(?![!?])")
_ANY_CELL, _ANY_ROW = re.compile(rb"<(?:\w{1,20}:)?c\b"), re.compile(rb"<(?:\w{1,20}:)?row\b")
_OTHER_KINDS = {"content.xml", "mimetype", "xl/workbook.bin"}  # which our reader would try next
_UNREADABLE = N_(
    "This file cannot be read as a spreadsheet. Please save it as .xlsx anew, or as CSV in UTF-8."
)
_TOO_LARGE = N_(
    "This list is too large: at most %(rows)s rows, %(columns)s columns and %(cells)s cells are taken."
)


def is_workbook(content: bytes) -> bool:
    """Whether the bytes begin like a zipped file."""
    return content.startswith(b"PK\x03\x04")


def too_large() -> Invalid:
    """The refusal of a list beyond the limits."""
    return Invalid(_TOO_LARGE, field="file", rows=MOST_ROWS, columns=MOST_COLUMNS, cells=MOST_CELLS)


def sheets(content: bytes) -> tuple[str, ...]:
    """The names of the sheets, in their order. Raises `Invalid` for what is no workbook or too large."""
    _refuse_bombs(content)
    return tuple(_opened(content).sheet_names)


def rows(content: bytes, sheet: str) -> Iterator[tuple[int, list[str]]]:
    """(row number, cells as text) of one sheet; call `sheets` first, which holds the limits."""
    try:
        found = _opened(content).get_sheet_by_name(sheet)
        begins_at = found.start or (0, 0)
        empty = [""] * begins_at[1]
        for number, cells in enumerate(found.iter_rows(), begins_at[0] + 1):
            yield number, [*empty, *map(shown, cells)]
    except CalamineError as error:
        raise Invalid(_UNREADABLE, field="file") from error


def shown(value: object) -> str:
    """A cell as a reader of the sheet sees it: 12 and not 12.0, dates as ISO dates, text as it stands."""
    match value:
        case str():
            return value
        case bool():
            return "TRUE" if value else "FALSE"
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
        case datetime():
            if value.time() == time():
                return value.date().isoformat()
            return value.isoformat(sep=" ", timespec="minutes" if not value.second else "seconds")
        case time():
            return value.isoformat(timespec="minutes" if not value.second else "seconds")
        case timedelta():
            minutes, seconds = divmod(int(value.total_seconds()), 60)
            return f"{minutes // 60:02}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")
        case date():
            return value.isoformat()
    return str(value)


def _opened(content: bytes) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(content))
    except (CalamineError, OSError, ValueError) as error:
        raise Invalid(_UNREADABLE, field="file") from error


def _refuse_bombs(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error, EOFError) as error:
        raise Invalid(_UNREADABLE, field="file") from error
    names = {part.filename.lower() for part in parts}
    is_xlsx = "xl/workbook.xml" in names and not names & _OTHER_KINDS
    if not is_xlsx or len(parts) > MOST_PARTS or len(names) < len(parts):
        raise Invalid(_UNREADABLE, field="file")
    if sum(part.file_size for part in parts) > MOST_INFLATED:
        raise too_large()
    shared: list[int] = []
    for part in parts:
        shared += _lengths(_inflated(content, part), MOST_CELLS - len(shared))
    for part in parts:
        text = _inflated(content, part)
        if text.startswith((b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")):
            raise Invalid(
                _UNREADABLE, field="file"
            )  # UTF-16, which no program writes: we could not look into it
        if b"sheetData" in text:  # wherever the workbook says its sheets are
            _refuse_far_cells(text)
            _refuse_long_texts(text, shared)


def _inflated(content: bytes, part: zipfile.ZipInfo) -> bytes:
    """A part's bytes, counted by ourselves: what it says of its size may be a lie."""
    if part.flag_bits & 1 or part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Invalid(_UNREADABLE, field="file")
    try:
        names = struct.unpack_from("<HH", content, part.header_offset + 26)
        begins = part.header_offset + 30 + sum(names)
        raw = content[begins : begins + part.compress_size]
        if part.compress_type == zipfile.ZIP_STORED:
            text, whole = raw, True
        else:
            inflater = zlib.decompressobj(-zlib.MAX_WBITS)
            text = inflater.decompress(raw, part.file_size + 1)
            whole = inflater.eof
    except (struct.error, zlib.error) as error:
        raise Invalid(_UNREADABLE, field="file") from error
    if not whole or len(text) != part.file_size:
        raise Invalid(_UNREADABLE, field="file")
    return text


def _refuse_far_cells(text: bytes) -> None:
    """A reader lays a sheet out whole: one cell in the last corner would be billions of empty ones."""
    if sum(1 for _ in _TAKEN.finditer(text)) > sum(1 for _ in _PLAIN.finditer(text)):
        raise Invalid(_UNREADABLE, field="file")
    named, height, columns = 0, 0, set[bytes]()
    for cell in _CELL.finditer(text):
        named += 1
        columns.add(cell[1])
        if named > MOST_CELLS:
            raise too_large()
        height = max(height, int(cell[2]))
    for row in _ROW.finditer(text):
        height = max(height, int(row[1]))
    width = max(map(_column_number, columns), default=0)
    if named < sum(1 for _ in _ANY_CELL.finditer(text)):  # cells without a name stand one after the other
        unnamed = [sum(1 for _ in _ANY_CELL.finditer(row)) for row in _ANY_ROW.split(text)]
        height, width = max(height, len(unnamed)), max(width, *unnamed)
    if height > MOST_ROWS + 1 or width > MOST_COLUMNS or height * width > MOST_CELLS:
        raise too_large()


def _lengths(text: bytes, most: int) -> list[int]:
    """How long each of the texts is that cells refer to by their number, its markup included."""
    begins = [found.start() for found in islice(_SHARED.finditer(text), most + 1)]
    if len(begins) > most:
        raise too_large()
    return [after - begin for begin, after in pairwise([*begins, len(text)])]


def _refuse_long_texts(text: bytes, shared: Sequence[int]) -> None:
    """A reader copies a text into each cell that refers to it: one long text could fill all memory."""
    longest = max(shared, default=0)
    if longest * sum(1 for _ in _VALUE.finditer(text)) <= MOST_TEXT:
        return
    size = 0
    for value in _VALUE.finditer(text):
        if numbered := _NUMBERED.match(text, value.end()):
            number = int(numbered[1])
            size += shared[number] if number < len(shared) else 0
        elif not _OTHER_VALUE.match(text, value.end()):
            size += longest  # written in a way that says nothing to us
    if size > MOST_TEXT:
        raise too_large()


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
