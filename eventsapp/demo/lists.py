"""Writes two people who stand twice in the directory, and two lists of guests that an organiser looks at.

All of them are fictional. One list waits for its columns to be confirmed, the other one for a decision.
"""

import csv
import io
from datetime import datetime

from eventsapp.access.identity import SYSTEM
from eventsapp.core.provenance import Source
from eventsapp.demo.data import text
from eventsapp.demo.directory import Directory
from eventsapp.demo.occasions import SUMMIT, Occasions
from eventsapp.lists import importing, reading, service
from eventsapp.lists.models import GuestImport
from eventsapp.people import organisations
from eventsapp.people import service as people
from eventsapp.people.enums import NameKind
from eventsapp.people.service import NameInput

# (names, key of the body, title): the same two people, as two offices wrote them.
_TWICE = (
    ((("Hanna Vzirets", "en"), ("Ганна Взірець", "uk")), "northport", text("Adviser", "顧問", "Радниця")),
    ((("Ganna Vzirets", "en"),), "estavia", text("Counsellor for culture", "文化顧問", "Радниця з культури")),
    ((("Hsieh Shih-fan", "en"), ("謝示範", "zh-Hant")), "northport", text("Engineer", "工程師", "Інженер")),
    ((("Xie Shifan", "en"),), "blue-heron", text("Chief engineer", "總工程師", "Головний інженер")),
)

_COUNCILLORS = (
    ("Name", "Name (uk)", "Title", "Organisation", "Mail address", "Category", "Reply"),
    ("Ivanna Prybirna", "Іванна Прибірна", "Councillor", "City of Northport (fictional)", "iv@northport.example", "D", ""),
    ("Ostap Vyhadanyi", "Остап Вигаданий", "Councillor", "City of Northport (fictional)", "ov@northport.example", "D", "yes"),
    ("Mei-ling Demo", "", "Interpreter", "City of Estavia (fictional)", "ml@estavia.example", "D", ""),
)  # fmt: skip
_CULTURE = (
    ("姓名", "職稱", "單位", "電子郵件", "類別"),
    ("Hanna Vzirets", "顧問", "北港市（虛構）", "hv@northport.example", "D"),
    ("林樣本", "館長", "示範美術館（虛構）", "lin@museum.example", "D"),
    ("王虛構", "策展人", "示範美術館（虛構）", "wang@museum.example", "D"),
)


def write(directory: Directory, made: Occasions, now: datetime) -> None:
    """Both, through the services."""
    for names, body, title in _TWICE:
        person = people.create_person(
            names=[
                NameInput(full, NameKind.PREFERRED if place == 0 else NameKind.NATIVE, language)
                for place, (full, language) in enumerate(names)
            ],
            source=Source.DEMO,
            actor=SYSTEM,
            now=now,
        )
        organisations.add_affiliation(
            person,
            organisations.AffiliationInput(title=title, organisation=directory.bodies[body]),
            source=Source.DEMO,
            actor=SYSTEM,
            now=now,
        )
    _uploaded(made, "northport-council.csv", _COUNCILLORS, "utf-8-sig", now)
    _tried(_uploaded(made, "文化局名單.csv", _CULTURE, "cp950", now), now)


def _uploaded(
    made: Occasions, filename: str, rows: tuple[tuple[str, ...], ...], encoding: str, now: datetime
) -> GuestImport:
    file = io.StringIO(newline="")
    csv.writer(file).writerows(rows)
    content = file.getvalue().encode(encoding)
    table = reading.read(content)
    event = made.events[SUMMIT]
    return service.begin(event, filename, content, table, staff_id=None, actor=SYSTEM, now=now)


def _tried(found: GuestImport, now: datetime) -> None:
    """As if somebody had confirmed what the columns mean."""
    columns = found.mapping["columns"]
    service.choose(found, columns, category_id=0, matches=False, now=now, at_once=True)
    table = reading.read(found.content or b"", encoding=found.encoding)
    service.checked(found, importing.dry_run(found.event, table, service.choice_of(found)))
