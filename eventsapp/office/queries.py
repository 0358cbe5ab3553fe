"""The record and the outbox, a page at a time, with names for whoever and whatever is in them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload, load_only

from eventsapp.access.identity import ActorKind
from eventsapp.accounts import queries as accounts
from eventsapp.audit.models import AuditEntry
from eventsapp.badges.models import Badge
from eventsapp.core.db import LanguageMap, db
from eventsapp.core.paging import Page, cut
from eventsapp.core.text import like
from eventsapp.devices.models import Device
from eventsapp.door.models import Checkpoint
from eventsapp.events.models import Event
from eventsapp.mail.enums import MailState
from eventsapp.mail.models import Mail
from eventsapp.people.models import Organisation, Person
from eventsapp.programme.models import ProgrammeItem
from eventsapp.rsvps.models import Guest

PAGE = 50
LONGEST_CURSOR = 18  # digits that a row id may have on both databases

Name = str | LanguageMap
Names = Mapping[tuple[str, int], Name]


def record_page(event_id: int | None, before: str) -> Page[AuditEntry]:
    """Deeds, newest first: one event's, by their place in its chain, or everybody's (one query)."""
    if event_id is None:
        return _page(AuditEntry.id, before=before)
    return _page(AuditEntry.position, AuditEntry.chain == event_id, before=before)


def mail_page(event_id: int | None, state: MailState | None, before: str) -> Page[Mail]:
    """Messages, newest first, without their bodies: one event's or all (one query)."""
    conditions: list[ColumnElement[bool]] = []
    if event_id is not None:
        conditions.append(Mail.event_id == event_id)
    if state is not None:
        conditions.append(Mail.state == state)
    columns = load_only(
        Mail.code, Mail.event_id, Mail.template, Mail.to_address, Mail.to_name, Mail.state, Mail.subject,
        Mail.created_at, Mail.sent_at, Mail.due_at, raiseload=True,
    )  # fmt: skip
    return _page(Mail.id, *conditions, before=before, options=(columns,))


def _page(key: Any, *conditions: Any, before: str, options: Sequence[Any] = ()) -> Page[Any]:
    """Rows of the key's table, the greatest key first."""
    query = select(key.class_).where(*conditions).order_by(key.desc()).limit(PAGE + 1).options(*options)
    if before.isascii() and before.isdigit() and len(before) <= LONGEST_CURSOR:
        query = query.where(key < int(before))
    rows = db.session.scalars(query).all()
    return cut(rows, PAGE, [str(getattr(row, key.key)) for row in rows])


def events_with_mail() -> Sequence[Event]:
    """The events that have sent mail or will, the latest first (one query)."""
    written = select(Mail.event_id).where(Mail.event_id.is_not(None))
    query = select(Event).where(Event.id.in_(written)).order_by(Event.starts_at.desc(), Event.id).limit(200)
    return db.session.scalars(query.options(load_only(Event.slug, Event.title))).all()


def mail_by_code(code: str, event_id: int | None) -> Mail | None:
    """A message; of that event where one is given."""
    query = select(Mail).where(Mail.code == code)
    return db.session.scalar(query if event_id is None else query.where(Mail.event_id == event_id))


SHOWN = 20  # guests to choose from


def guests_to_show(event_id: int, language: str, *, text: str = "", code: str = "") -> Sequence[Guest]:
    """Guests to show a mail with: those of that language first, by name; the one with a code alone."""
    query = (
        select(Guest)
        .where(Guest.event_id == event_id)
        .order_by(Guest.language != language, Guest.sort_key, Guest.id)
        .limit(SHOWN)
        .options(
            joinedload(Guest.person, innerjoin=True),
            joinedload(Guest.event, innerjoin=True).options(joinedload(Event.venue), joinedload(Event.host)),
        )
    )
    if text:
        name = Person.display_name.ilike(like(text), escape="\\")
        query = query.where(Guest.person_id.in_(select(Person.id).where(name)))
    chosen = db.session.scalars(query.where(Guest.code == code)).all() if code else ()
    return chosen or db.session.scalars(query).all()


def titles(event_ids: Iterable[int]) -> Mapping[int, tuple[str, LanguageMap]]:
    """Address and title of events (one query)."""
    rows = db.session.execute(select(Event.id, Event.slug, Event.title).where(Event.id.in_(set(event_ids))))
    return {row.id: (row.slug, row.title) for row in rows}


def names_in(entries: Sequence[AuditEntry]) -> Names:
    """Names for the actors and subjects of a page, one query a kind; what is gone has none."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for entry in entries:
        for kind, row_id in (
            (entry.actor_kind.value, entry.actor_id),
            (entry.on_behalf_kind, entry.on_behalf_id),
            (entry.subject_kind, entry.subject_id),
        ):
            if kind and kind in _NAMES and row_id is not None:
                wanted[kind].add(row_id)
    return {
        (kind, row_id): name
        for kind, ids in wanted.items()
        for row_id, name in _NAMES[kind](sorted(ids)).items()
    }


def _column(table: Any, column: Any) -> Callable[[Sequence[int]], Mapping[int, Name]]:
    def names(ids: Sequence[int]) -> Mapping[int, Name]:
        return {
            row[0]: row[1] for row in db.session.execute(select(table.id, column).where(table.id.in_(ids)))
        }

    return names


def _guests(ids: Sequence[int]) -> Mapping[int, Name]:
    query = select(Guest.id, Person.display_name).join(Person, Guest.person_id == Person.id)
    return {row[0]: row[1] for row in db.session.execute(query.where(Guest.id.in_(ids)))}


def _badges(ids: Sequence[int]) -> Mapping[int, Name]:
    query = select(Badge.id, Person.display_name).join(Guest, Badge.guest_id == Guest.id).join(Person)
    return {row[0]: row[1] for row in db.session.execute(query.where(Badge.id.in_(ids)))}


_NAMES: Mapping[str, Callable[[Sequence[int]], Mapping[int, Name]]] = {
    ActorKind.STAFF.value: accounts.names,
    ActorKind.GUEST.value: _guests,
    ActorKind.DEVICE.value: _column(Device, Device.name),
    "badge": _badges,
    "checkpoint": _column(Checkpoint, Checkpoint.name),
    "event": _column(Event, Event.title),
    "item": _column(ProgrammeItem, ProgrammeItem.title),
    "organisation": _column(Organisation, Organisation.names),
    "person": _column(Person, Person.display_name),
}
