"""Reads what was pasted from a spreadsheet: one person a line, cells apart by tabs. Pure: text in, rows out.

The cells are name, title, organisation and mail address, in this order; whatever has an @ is taken for the
address wherever it stands. Names stay exactly as they were written. Nothing is stored here.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from eventsapp.core.text import fold
from eventsapp.focal.names import Listed, NewName, in_any_order

MOST_CHARACTERS = 100_000
_QUOTE = '"'
# What a column of names is headed by, folded.
_HEADS = frozenset(
    fold(word)
    for word in (
        "Name", "Full name", "Names", "姓名", "名字", "Ім’я", "Ім'я", "ПІБ", "Прізвище та ім’я",
        "Імʼя та прізвище", "Ім’я та прізвище", "ФИО", "Nom", "Imię i nazwisko",
    )
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One line as it was understood.

    `repeats` is an earlier line with the same name or mail address; `is_listed` says that the desk's own
    list has somebody like that already. `spare` are cells that no column is for.
    """

    given: NewName
    repeats: int | None = None
    is_listed: bool = False
    spare: tuple[str, ...] = ()

    @property
    def is_doubtful(self) -> bool:
        """Whether this may be somebody who is named already."""
        return self.repeats is not None or self.is_listed


@dataclass(frozen=True)
class Pasted:
    """What a paste holds; `head` is a first line that only names the columns."""

    rows: tuple[Row, ...]
    head: str = ""


def read(text: str, listed: Sequence[tuple[str, str]] = ()) -> Pasted:
    """The rows of a paste; `listed` are the (folded spellings, mail address) of who is on the list.

    Lines without a name are left out; lines are numbered as they were pasted, from 1.
    """
    lines = list(_lines(text[:MOST_CHARACTERS]))
    head = ""
    if lines and fold(lines[0][1][0]) in _HEADS:
        head = ", ".join(cell for cell in lines[0][1] if cell)
        lines = lines[1:]
    return Pasted(tuple(_compared([_understood(line, cells) for line, cells in lines], listed)), head)


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    # Spreadsheets quote a cell that holds a line break; a lone quotation mark belongs to a name.
    quoted = text.count(_QUOTE) % 2 == 0
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter="\t",
        quotechar=_QUOTE,
        quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
    )
    before = 0
    for cells in reader:
        line, before = before + 1, reader.line_num
        cleaned = [" ".join(cell.split()) for cell in cells]
        if any(cleaned):
            yield line, cleaned


def _understood(line: int, cells: Sequence[str]) -> Row:
    email = next((cell for cell in cells[1:] if "@" in cell), "")
    name, *rest = [cell for at, cell in enumerate(cells) if not (at and cell == email and email)]
    title, organisation, *spare = [*rest, "", ""]
    given = NewName(line, name, title, organisation, email)
    return Row(given, spare=tuple(cell for cell in spare if cell))


def _compared(rows: Iterable[Row], listed: Sequence[tuple[str, str]]) -> Iterator[Row]:
    known, seen = Listed(listed), dict[str, int]()
    for row in rows:
        keys = _keys(row.given)
        repeats = next((seen[key] for key in keys if key in seen), None)
        for key in keys:
            seen.setdefault(key, row.given.line)
        yield Row(row.given, repeats, known.has(row.given), row.spare)


def _keys(given: NewName) -> list[str]:
    name = fold(given.name)
    keys = [f"name:{in_any_order(name)}"] if name else []
    return [*keys, f"mail:{given.email.casefold()}"] if given.email else keys
