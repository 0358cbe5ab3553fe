"""Writes what a plan changes of guests who are on the list already."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Table as SqlTable
from sqlalchemy import bindparam, delete, insert, update

from eventsapp.access.identity import Actor
from eventsapp.core.bulk import take_ids
from eventsapp.core.db import db
from eventsapp.core.maps import searchable
from eventsapp.lists import telling
from eventsapp.lists.known import portions
from eventsapp.lists.planning import Change, Title
from eventsapp.lists.preparing import Prepared
from eventsapp.people.models import Affiliation, Person
from eventsapp.rsvps.models import Guest, GuestAnswer, GuestDetails
from eventsapp.rsvps.signals import guest_changed


def write(prepared: Prepared, organisations: Sequence[int], actor: Actor, now: datetime) -> None:
    changes = prepared.plan.changes
    if not changes:
        return
    _change_titles(prepared, organisations)
    groups: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for change in changes:
        if change.values:
            bounced = {"bounced_at": None} if "email" in change.values else {}
            row = {**change.values, **bounced}
            groups.setdefault(tuple(sorted(row)), []).append({"of": change.guest.id, **row})
    table: SqlTable = Guest.__table__  # type: ignore[assignment]
    connection = db.session.connection()
    for names, rows in groups.items():
        told: dict[str, Any] = {name: bindparam(name) for name in names}
        connection.execute(update(table).where(table.c.id == bindparam("of")).values(told), rows)
    _change_told(prepared)
    names_of = [(change.guest.person_id, change.new_names) for change in changes if change.new_names]
    prepared.names.write(
        row
        for person_id, names_ in names_of
        for row in prepared.name_rows(person_id, names_, prepared.positions[person_id][0] + 1)
    )
    search_more(names_of)
    db.session.expire_all()
    if guest_changed.receivers:
        for portion in portions([change.guest.id for change in changes]):
            for guest in db.session.scalars(db.select(Guest).where(Guest.id.in_(portion))):
                guest_changed.send(guest=guest, actor=actor, now=now)


def _change_titles(prepared: Prepared, organisations: Sequence[int]) -> None:
    titled: list[tuple[Change, Title]] = [
        (change, change.new_title) for change in prepared.plan.changes if change.new_title
    ]
    ids = take_ids(Affiliation, len(titled))
    codes = prepared.title_codes[len(prepared.titled) :]
    rows = []
    for (change, title), id_, code in zip(titled, ids, codes, strict=False):
        position = prepared.positions[change.guest.person_id][1] + 1
        change.values["affiliation_id"] = id_
        rows.append(prepared.title_row(id_, change.guest.person_id, title, code, position, organisations))
    prepared.titles.write(rows)


def _change_told(prepared: Prepared) -> None:
    """Details and answers of guests on the list."""
    connection, known = db.session.connection(), prepared.plan.known
    details: SqlTable = GuestDetails.__table__  # type: ignore[assignment]
    for change in prepared.plan.changes:
        if change.details:
            if change.guest.id in known.details:
                connection.execute(
                    update(details).where(details.c.guest_id == change.guest.id).values(change.details)
                )
            else:
                empty = {"diet": "", "access_needs": "", "note_to_host": ""}
                connection.execute(insert(details), {**empty, **change.details, "guest_id": change.guest.id})
    answered = [change for change in prepared.plan.changes if change.answers]
    for change in answered:
        connection.execute(
            delete(GuestAnswer).where(
                GuestAnswer.guest_id == change.guest.id, GuestAnswer.question_id.in_(change.answers)
            )
        )
    telling.write_answers(prepared, ((change.guest.id, change.answers) for change in answered))


def search_more(named: Iterable[tuple[int, tuple[tuple[str, str], ...]]]) -> None:
    """Let people be found by their new spellings too."""
    table: SqlTable = Person.__table__  # type: ignore[assignment]
    rows = [
        {"of": person_id, "more": "\n" + searchable([full for full, _ in names])}
        for person_id, names in named
        if person_id and names
    ]
    if rows:
        more = update(table).where(table.c.id == bindparam("of"))
        db.session.connection().execute(
            more.values(search_text=table.c.search_text + bindparam("more")), rows
        )
