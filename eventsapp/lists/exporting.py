"""The guest list as rows of text, and as CSV or XLSX files; what is written can be imported again as it is.

Whoever may not see guests' details gets no column of them. Nothing a spreadsheet could reckon with leaves
here without an apostrophe before it (`core/cells.py`); reading takes it off again.
"""

import csv
import io
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, NamedTuple

from sqlalchemy import Row, func, select, tuple_
from xlsxwriter import Workbook

from eventsapp.access.identity import Actor
from eventsapp.audit.service import record
from eventsapp.core.cells import guarded
from eventsapp.core.db import LanguageMap, db
from eventsapp.core.errors import Invalid
from eventsapp.core.languages import pick
from eventsapp.core.text import N_
from eventsapp.events.models import Category, Event
from eventsapp.lists import answers, columns, values
from eventsapp.people.models import Affiliation, Organisation, Person, PersonName
from eventsapp.questions import queries as questions
from eventsapp.questions.asked import Asked
from eventsapp.rsvps.models import Guest, GuestAnswer, GuestDetails

PORTION = 1_000
FORMATS = ("csv", "xlsx")
COMPANIONS_NAMED = N_("Companions named")
_PLAIN = (columns.CATEGORY, columns.LANGUAGE, columns.COMPANIONS, columns.REPLY, columns.BADGE_NAME)


class _Column(NamedTuple):
    """One column: its meaning, and which of several names of a language it holds."""

    meaning: str
    number: int = 0


@dataclass(frozen=True)
class List:
    """A guest list to be written: the headings, and rows as they are read from the database."""

    headings: Sequence[str]
    rows: Iterable[Sequence[str]]
    length: int


def guest_list(event: Event, *, details: bool, reader: str = "en") -> List:
    """The guests of an event, companions within the row of whom they come with.

    `details` says whether mail addresses, diets, needs, notes and answers may be read; `reader` is the
    language of headings and words.
    """
    asked = questions.asked(event.id) if details else ()
    found = [*_columns(event, asked, details=details)]
    headings = [_heading(column.meaning, reader, asked) for column in found]
    headings.append(_NAMED_BY.get(reader, COMPANIONS_NAMED))
    length = db.session.scalar(select(func.count()).select_from(_listed(event).subquery())) or 0
    return List(headings, _rows(event, found, {one.code: one for one in asked}, reader), length)


def note(event: Event, length: int, *, details: bool, actor: Actor, now: datetime) -> None:
    """Record that the list left the house; belongs in a transaction."""
    record(
        "guests.exported", "event", event.id, actor=actor, now=now, event_id=event.id,
        guests=length, details=details,
    )  # fmt: skip


def write_csv(file: IO[bytes], made: List) -> None:
    """UTF-8 with its mark, so that spreadsheets open it as it is."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(text)
    writer.writerow([guarded(cell) for cell in made.headings])
    writer.writerows([guarded(cell) for cell in row] for row in made.rows)
    text.flush()
    text.detach()


def write_xlsx(file: IO[bytes], made: List) -> None:
    """A workbook of one sheet; every cell is text."""
    with Workbook(file, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Guests")
        bold = book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        for place, cell in enumerate(made.headings):
            sheet.write_string(0, place, guarded(cell), bold)
        for number, row in enumerate(made.rows, 1):
            for place, cell in enumerate(row):
                if cell:
                    sheet.write_string(number, place, guarded(cell))


def write(path: Path, made: List) -> None:
    """Into a file, CSV or XLSX by its suffix, for its owner's eyes alone. Raises `Invalid` for another."""
    writer = {".csv": write_csv, ".xlsx": write_xlsx}.get(path.suffix.lower())
    if writer is None:
        raise Invalid(N_("Please name a file that ends in .csv or .xlsx."))
    path.touch(mode=0o600)
    with path.open("wb") as file:
        writer(file, made)


_NAMED_BY = {"zh-Hant": "同行者姓名", "uk": "Імена супутників"}


def _heading(meaning: str, reader: str, asked: Sequence[Asked]) -> str:
    word, _, code = meaning.partition(".")
    if word != columns.ANSWER:
        return columns.heading_of(meaning, reader)
    label = next(pick(one.label, reader).text for one in asked if one.code == code)
    return f"{label} [{code}]"


def _columns(event: Event, asked: Sequence[Asked], *, details: bool) -> Iterator[_Column]:
    yield from map(_Column, (columns.REFERENCE, columns.NAME, columns.NAME_LANGUAGE))
    for language, most in _other_names(event):
        meaning = f"{columns.NAME}.{language}" if language else columns.OTHER_NAME
        yield from (_Column(meaning, number) for number in range(most))
    for meaning, column in ((columns.TITLE, Affiliation.title), (columns.ORGANISATION, Organisation.names)):
        tags = _languages(event, column)
        yield from (_Column(f"{meaning}.{tag}") for tag in tags)
        if not tags:
            yield _Column(meaning)
    yield from map(_Column, _PLAIN)
    if details:
        yield from map(_Column, (columns.EMAIL, columns.DIET, columns.ACCESS_NEEDS, columns.NOTE))
        yield from (_Column(f"{columns.ANSWER}.{one.code}") for one in asked)


def _other_names(event: Event) -> list[tuple[str, int]]:
    """Language → how many names in it somebody has at most, the shown one left out."""
    most: dict[str, int] = {}
    for portion in _portions(event):
        for names in _names([row.person_id for row in portion], portion).values():
            for language, texts in names.items():
                most[language] = max(most.get(language, 0), len(texts))
    return sorted(most.items())


def _languages(event: Event, column: Any) -> list[str]:
    """In which languages the guests' titles, or their organisations, are named."""
    query = (
        select(column)
        .select_from(Guest)
        .join(Affiliation, Affiliation.id == Guest.affiliation_id)
        .outerjoin(Organisation, Organisation.id == Affiliation.organisation_id)
        .where(Guest.event_id == event.id)
        .execution_options(yield_per=PORTION)
    )
    return sorted({tag for texts in db.session.scalars(query) for tag in (texts or {})})


def _listed(event: Event) -> Any:
    return (
        select(
            Guest.id, Guest.code, Guest.person_id, Guest.affiliation_id, Guest.email, Guest.language,
            Guest.state, Guest.badge_name, Guest.companions_allowed, Guest.sort_key, Category.letter,
            Person.display_name, Person.display_language,
        )
        .join(Person, Person.id == Guest.person_id)
        .join(Category, Category.id == Guest.category_id)
        .where(Guest.event_id == event.id, Guest.companion_of_id.is_(None))
    )  # fmt: skip


def _portions(event: Event) -> Iterator[Sequence[Row[Any]]]:
    """The guests in the order of their names, some at a time."""
    query = _listed(event).order_by(Guest.sort_key, Guest.id).limit(PORTION)
    portion = db.session.execute(query).all()
    while portion:
        yield portion
        last = portion[-1]
        after = tuple_(Guest.sort_key, Guest.id) > tuple_(last.sort_key, last.id)
        portion = db.session.execute(query.where(after)).all()


def _rows(
    event: Event, found: Sequence[_Column], asked: Mapping[str, Asked], reader: str
) -> Iterator[list[str]]:
    for portion in _portions(event):
        cells = _Cells(portion, asked, reader)
        for guest in portion:
            yield [*(cells.of(guest, column) for column in found), cells.companions.get(guest.id, "")]


class _Cells:
    """What is known of a portion of guests, read in a few statements."""

    def __init__(self, portion: Sequence[Row[Any]], asked: Mapping[str, Asked], reader: str) -> None:
        ids = [guest.id for guest in portion]
        self.asked, self.reader = asked, reader
        self.names = _names([guest.person_id for guest in portion], portion)
        self.titles = _titles({guest.affiliation_id for guest in portion} - {None})
        self.details = {
            row.guest_id: row
            for row in db.session.execute(
                select(GuestDetails.__table__).where(GuestDetails.guest_id.in_(ids))
            )
        }
        self.answers = _answers(ids) if asked else {}
        self.companions = _companions(ids)

    def of(self, guest: Row[Any], column: _Column) -> str:
        """A guest's cell of that column."""
        word, _, rest = column.meaning.partition(".")
        if word == columns.OTHER_NAME or (word == columns.NAME and rest):
            told = self.names.get(guest.person_id, {}).get(rest, ())
            return told[column.number] if column.number < len(told) else ""
        if word in (columns.TITLE, columns.ORGANISATION):
            texts = self.titles.get(guest.affiliation_id, ({}, {}))[word == columns.ORGANISATION]
            return texts.get(rest, "")
        if word in (columns.DIET, columns.ACCESS_NEEDS, columns.NOTE):
            details = self.details.get(guest.id)
            return str(getattr(details, word)) if details else ""
        if word == columns.ANSWER:
            asked = self.asked[rest]
            return answers.cell_of(asked, self.answers.get((guest.id, asked.id)), self.reader)
        return self._plain(guest, word)

    def _plain(self, guest: Row[Any], word: str) -> str:
        if word == columns.REPLY:
            return values.reply_word(guest.state, self.reader)
        return str(getattr(guest, _ATTRIBUTES.get(word, word)))


_ATTRIBUTES = {
    columns.REFERENCE: "code",
    columns.NAME: "display_name",
    columns.NAME_LANGUAGE: "display_language",
    columns.CATEGORY: "letter",
}


def _names(people: Sequence[int], portion: Sequence[Row[Any]]) -> dict[int, dict[str, list[str]]]:
    """Person → language → names, the shown one left out."""
    shown = {guest.person_id: guest.display_name for guest in portion}
    query = select(PersonName.person_id, PersonName.full, PersonName.language)
    query = query.where(PersonName.person_id.in_(people)).order_by(PersonName.position, PersonName.id)
    found: dict[int, dict[str, list[str]]] = {}
    for person_id, full, language in db.session.execute(query):
        if full != shown[person_id]:
            told = found.setdefault(person_id, {}).setdefault(language, [])
            if full not in told:
                told.append(full)
    return found


def _titles(ids: Collection[int]) -> dict[int, tuple[LanguageMap, LanguageMap]]:
    query = (
        select(Affiliation.id, Affiliation.title, Organisation.names)
        .outerjoin(Organisation, Organisation.id == Affiliation.organisation_id)
        .where(Affiliation.id.in_(ids))
    )
    return {id_: (title, names or {}) for id_, title, names in db.session.execute(query)}


def _answers(guests: Sequence[int]) -> dict[tuple[int, int], Any]:
    query = select(GuestAnswer.guest_id, GuestAnswer.question_id, GuestAnswer.value)
    rows = db.session.execute(query.where(GuestAnswer.guest_id.in_(guests)))
    return {(guest_id, question_id): value.get("is") for guest_id, question_id, value in rows}


def _companions(guests: Sequence[int]) -> dict[int, str]:
    query = (
        select(Guest.companion_of_id, Person.display_name)
        .join(Person, Person.id == Guest.person_id)
        .where(Guest.companion_of_id.in_(guests))
        .order_by(Guest.id)
    )
    found: dict[int, list[str]] = {}
    for guest_id, name in db.session.execute(query):
        found.setdefault(guest_id or 0, []).append(name)
    return {guest_id: "; ".join(names) for guest_id, names in found.items()}
