"""An uploaded list, CSV or XLSX, as rows of text with the row numbers that a spreadsheet shows. Pure.

Nothing is guessed silently: encoding, delimiter and sheet are told, and may be given instead.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from eventsapp.core.cells import unguarded
from eventsapp.core.errors import Invalid
from eventsapp.core.text import FORBIDDEN, N_
from eventsapp.lists import encodings, workbooks

MOST_BYTES = 20 * 1024 * 1024
MOST_IN_A_CELL = 32_767  # characters, as in a spreadsheet
DELIMITERS = ",;\t"
_MOST_IN_A_LINE = 20_000  # delimiters; a row of millions of cells would take all the memory there is
_LOOKED_AT = 50  # rows that tell the delimiter

csv.field_size_limit(2**20)


@dataclass(frozen=True)
class Row:
    """One row; `number` counts from 1 as in a spreadsheet, the headings included."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A list as it was read. `encoding` and `delimiter` are "" for a workbook, `sheet` for a text."""

    heading: Row
    rows: Sequence[Row]
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()


def read(content: bytes, *, encoding: str = "", sheet: str = "") -> Table:
    """The list in a file. Raises `Invalid`, with row and column where there is one, for what is none.

    The first row that is not blank holds the headings; blank rows are left out, and their numbers kept.
    """
    if len(content) > MOST_BYTES:
        raise Invalid(
            N_("This file is too large: at most %(most)s MB are taken."), field="file", most=MOST_BYTES >> 20
        )
    if not content.strip(b"\x00 \r\n\t"):
        raise Invalid(N_("This file is empty."), field="file")
    if workbooks.is_workbook(content):
        return _workbook(content, sheet)
    if content.startswith((b"\xd0\xcf\x11\xe0", b"%PDF", b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff", b"Rar!")):
        raise Invalid(N_("This is neither CSV nor XLSX. Please save the list as one of them."), field="file")
    return _text(content, encoding)


def _workbook(content: bytes, sheet: str) -> Table:
    names = workbooks.sheets(content)
    chosen = sheet if sheet in names else next(iter(names), "")
    heading, rows = _checked(workbooks.rows(content, chosen))
    return Table(heading, rows, sheet=chosen, sheets=names)


def _text(content: bytes, encoding: str) -> Table:
    chosen = encoding if encoding in encodings.CODECS else encodings.guess(content)
    if not chosen:
        raise Invalid(
            N_("The letters of this file cannot be told. Please save it as CSV in UTF-8."), field="file"
        )
    try:
        text = encodings.decoded(content, chosen)
    except UnicodeDecodeError as error:
        raise Invalid(
            N_("Row %(row)s is not in the encoding %(encoding)s."),
            field="encoding",
            row=content[: error.start].count(b"\n") + 1,
            encoding=chosen,
        ) from error
    delimiter, text, before = _delimiter(text)
    if any(line.count(delimiter) > _MOST_IN_A_LINE for line in text.split("\n")):
        raise workbooks.too_large()
    heading, rows = _checked(_records(text, delimiter, before))
    return Table(heading, rows, encoding=chosen, delimiter=delimiter)


def _delimiter(text: str) -> tuple[str, str, int]:
    """The delimiter, the text, and how many rows stood before it: spreadsheets may name it in the first."""
    first, _, rest = text.partition("\n")
    named = first.strip().strip('"').lower()
    if named.startswith("sep=") and named[4:] in (*DELIMITERS, ""):
        return named[4:] or "\t", rest, 1
    return max(DELIMITERS, key=lambda delimiter: _regularity(text, delimiter)), text, 0


def _regularity(text: str, delimiter: str) -> tuple[int, int]:
    """In how many of the first rows the delimiter gives as many cells as in the headings, and how many."""
    widths = []
    reader = csv.reader(io.StringIO(text[: 64 * 1024], newline=""), delimiter=delimiter)
    try:
        for cells in reader:
            if any(cells):
                widths.append(len(cells))
            if len(widths) == _LOOKED_AT:
                break
    except csv.Error:
        return 0, 0
    if not widths or widths[0] == 1:
        return 0, 0
    return sum(width == widths[0] for width in widths), widths[0]


def _records(text: str, delimiter: str, before: int) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = before
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Invalid(
                N_("Row %(row)s cannot be read: a quotation mark is not closed, or stands where none may."),
                field="file",
                row=number,
            ) from error
        yield number, cells


def _checked(records: Iterator[tuple[int, list[str]]]) -> tuple[Row, list[Row]]:
    heading: Row | None = None
    rows: list[Row] = []
    for number, cells in records:
        while cells and not cells[-1].strip():
            cells.pop()
        if not cells:
            continue
        row = Row(number, tuple(_cell(cell, number, column) for column, cell in enumerate(cells, 1)))
        if len(row.cells) > workbooks.MOST_COLUMNS:
            raise workbooks.too_large()
        if heading is None:
            heading = row
            continue
        if len(row.cells) > len(heading.cells):
            raise Invalid(
                N_("Row %(row)s has more cells than there are headings (%(columns)s)."),
                field="file",
                row=number,
                columns=len(heading.cells),
            )
        if len(rows) == workbooks.MOST_ROWS:
            raise workbooks.too_large()
        rows.append(row)
    if heading is None or not rows:
        raise Invalid(N_("This list has no rows below its headings."), field="file")
    return heading, rows


def _cell(cell: str, row: int, column: int) -> str:
    if cell.isascii() and cell.isprintable():
        return unguarded(cell.strip())
    cell = cell.replace("\r\n", "\n").replace("\r", "\n")
    if FORBIDDEN.search(cell):
        raise Invalid(
            N_("Row %(row)s, column %(column)s has a character that cannot be used here."),
            field="file",
            row=row,
            column=letters(column),
        )
    if len(cell) > MOST_IN_A_CELL:
        raise Invalid(
            N_("Row %(row)s, column %(column)s is too long: at most %(most)s characters."),
            field="file",
            row=row,
            column=letters(column),
            most=MOST_IN_A_CELL,
        )
    return unguarded(cell.strip())


def letters(column: int) -> str:
    """A column's letters as a spreadsheet names it: 1 → A, 28 → AB."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
