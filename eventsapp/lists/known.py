"""What is known already of whoever a list names: people by spelling, guests by mail address, organisations.

Read in a few statements for the whole list; of the directory only what the list asks for is kept.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import func, select

from eventsapp.audit.models import AuditEntry, AuditHead
from eventsapp.core.db import LanguageMap, db
from eventsapp.core.text import fold
from eventsapp.events.models import Category, Event
from eventsapp.people.models import Affiliation, Organisation, Person, PersonName
from eventsapp.rsvps.enums import GuestState
from eventsapp.rsvps.models import Guest, GuestAnswer, GuestDetails

Item = TypeVar("Item")
AT_ONCE = 500  # ids in one statement

# Deeds of others on which any plan rests; further ones matter only where they concern somebody in the list.
_GROUND = ("organisation.", "category.", "question.", "guests.", "person.merged")


class GuestKnown(NamedTuple):
    """A guest on the event's list."""

    id: int
    code: str
    person_id: int
    category_id: int
    affiliation_id: int | None
    email: str
    language: str
    badge_name: str
    companions_allowed: int
    party_size: int
    has_seats: bool
    state: GuestState


class TitleKnown(NamedTuple):
    """A title somebody holds."""

    id: int
    person_id: int
    organisation_id: int | None
    title: LanguageMap


@dataclass
class Known:
    """See the module."""

    mark: Mapping[int, int]  # chain of the record → its last position when this was read
    guests: dict[int, GuestKnown] = field(default_factory=dict)  # by person
    by_code: dict[str, GuestKnown] = field(default_factory=dict)
    by_mail: dict[str, list[GuestKnown]] = field(default_factory=dict)
    by_name: dict[str, set[int]] = field(default_factory=dict)  # spelling → people
    organisations: dict[str, set[int]] = field(default_factory=dict)  # folded name → ids
    spellings: dict[int, set[str]] = field(default_factory=dict)  # of people: as they stand
    titles: dict[int, list[TitleKnown]] = field(default_factory=dict)  # by person
    details: dict[int, Mapping[str, str]] = field(default_factory=dict)  # by guest
    answers: dict[int, dict[int, Any]] = field(default_factory=dict)  # by guest, by question
    codes: dict[int, str] = field(default_factory=dict)  # of people
    ids: dict[str, int] = field(default_factory=dict)  # of people named by somebody's decisions
    asked_spellings: Collection[str] = ()
    asked_mails: Collection[str] = ()
    people: set[int] = field(default_factory=set)  # who the list may mean


def look_up(
    event_id: int, spellings: Collection[str], mails: Collection[str], codes: Collection[str] = ()
) -> Known:
    """Everything known about people of those spellings and addresses, and about the event's guests."""
    known = Known(marks(event_id), asked_spellings=spellings, asked_mails=mails)
    _guests(known, event_id)
    _people(known, spellings)
    _organisations(known)
    for portion in portions(codes):
        known.ids |= dict(
            db.session.execute(select(Person.code, Person.id).where(Person.code.in_(portion))).all()
        )
    by_mail = {guest.person_id for mail in mails for guest in known.by_mail.get(mail, ())}
    concerned = {person for people in known.by_name.values() for person in people} | by_mail
    known.people = concerned | set(known.ids.values())
    _more(known, known.people)
    return known


def spelling(name: str) -> str:
    """What two spellings of one name have in common: no case, accents, hyphens or spaces."""
    return fold(name).replace(" ", "")


def marks(event_id: int) -> dict[int, int]:
    """How far the record of the directory and of the event has come."""
    query = select(AuditHead.chain, AuditHead.position).where(AuditHead.chain.in_((0, event_id)))
    return {0: 0, event_id: 0} | dict(db.session.execute(query).all())


def has_moved(known: Known) -> bool:
    """Whether anything was recorded since then that another plan would come of."""
    return any(_concerns(known, action, subject, detail) for action, subject, detail in _deeds(known.mark))


def _deeds(mark: Mapping[int, int]) -> Iterator[tuple[str, int | None, Mapping[str, Any]]]:
    for chain, position in mark.items():
        query = select(AuditEntry.action, AuditEntry.subject_id, AuditEntry.detail)
        later = query.where(AuditEntry.chain == chain, AuditEntry.position > position)
        yield from db.session.execute(later).all()


def _concerns(known: Known, action: str, subject: int | None, detail: Mapping[str, Any]) -> bool:
    if action.startswith(_GROUND):
        return True
    if action.startswith("affiliation."):
        return detail.get("person") in known.people
    if action.startswith("person."):
        names = select(PersonName.full).where(PersonName.person_id == subject)
        spelt = (spelling(full) in known.asked_spellings for full in db.session.scalars(names))
        return subject in known.people or any(spelt)
    if action in ("guest.added", "guest.edited"):
        guest = db.session.execute(select(Guest.person_id, Guest.email).where(Guest.id == subject)).first()
        return guest is None or guest[0] in known.people or guest[1].casefold() in known.asked_mails
    return False


def categories(event: Event) -> dict[str, int]:
    """An event's categories by folded letter, name and code; 0 where two are called the same."""
    found: dict[str, set[int]] = {}
    for category in db.session.scalars(select(Category).where(Category.event_id == event.id)):
        for text in {fold(text) for text in (category.letter, category.code, *category.names.values())}:
            found.setdefault(text, set()).add(category.id)
    letters = {
        fold(letter): id_
        for id_, letter in db.session.execute(
            select(Category.id, Category.letter).where(Category.event_id == event.id)
        )
    }
    return {text: ids.pop() if len(ids) == 1 else 0 for text, ids in found.items()} | letters


def portions(items: Iterable[Item], size: int = AT_ONCE) -> Iterator[list[Item]]:
    """The items, so many at a time."""
    left = iter(items)
    while portion := list(islice(left, size)):
        yield portion


def _guests(known: Known, event_id: int) -> None:
    columns = (getattr(Guest, name) for name in GuestKnown._fields)
    query = select(*columns).where(Guest.event_id == event_id).execution_options(yield_per=5_000)
    for row in db.session.execute(query):
        guest = GuestKnown(*row)
        known.guests[guest.person_id] = guest
        known.by_code[guest.code] = guest
        if guest.email:
            known.by_mail.setdefault(guest.email.casefold(), []).append(guest)


def _people(known: Known, spellings: Collection[str]) -> None:
    query = select(PersonName.person_id, PersonName.full).execution_options(yield_per=10_000)
    for person_id, full in db.session.execute(query):
        spelt = spelling(full)
        if spelt in spellings:
            known.by_name.setdefault(spelt, set()).add(person_id)


def _organisations(known: Known) -> None:
    query = select(Organisation.id, Organisation.names, Organisation.short_names)
    for id_, names, short_names in db.session.execute(query.execution_options(yield_per=5_000)):
        for text in (*names.values(), *short_names.values()):
            known.organisations.setdefault(fold(text), set()).add(id_)


def _more(known: Known, people: Collection[int]) -> None:
    """Names, titles and public codes of people, and what guests among them told."""
    for ids in portions(sorted(people)):
        known.codes |= dict(
            db.session.execute(select(Person.id, Person.code).where(Person.id.in_(ids))).all()
        )
        names = select(PersonName.person_id, PersonName.full).where(PersonName.person_id.in_(ids))
        for person_id, full in db.session.execute(names):
            known.spellings.setdefault(person_id, set()).add(full)
        titles = select(*(getattr(Affiliation, name) for name in TitleKnown._fields))
        held = titles.where(Affiliation.person_id.in_(ids)).order_by(Affiliation.position)
        for row in db.session.execute(held):
            known.titles.setdefault(row.person_id, []).append(TitleKnown(*row))
        _told(known, [known.guests[id_].id for id_ in ids if id_ in known.guests])


def _told(known: Known, guests: Sequence[int]) -> None:
    if not guests:
        return
    details = select(
        GuestDetails.guest_id, GuestDetails.diet, GuestDetails.access_needs, GuestDetails.note_to_host
    )
    for row in db.session.execute(details.where(GuestDetails.guest_id.in_(guests))):
        known.details[row.guest_id] = {
            "diet": row.diet, "access_needs": row.access_needs, "note_to_host": row.note_to_host,
        }  # fmt: skip
    answers = select(GuestAnswer.guest_id, GuestAnswer.question_id, GuestAnswer.value)
    for guest_id, question_id, value in db.session.execute(answers.where(GuestAnswer.guest_id.in_(guests))):
        known.answers.setdefault(guest_id, {})[question_id] = value.get("is")


def last_positions(people: Collection[int]) -> dict[int, tuple[int, int]]:
    """Person → the last position among their names and among their titles."""
    found: dict[int, tuple[int, int]] = {}
    for ids in portions(sorted(people)):
        names = dict(_highest(PersonName, ids))
        titles = dict(_highest(Affiliation, ids))
        found |= {id_: (names.get(id_, -1), titles.get(id_, -1)) for id_ in ids}
    return found


def _highest(model: Any, ids: Sequence[int]) -> list[tuple[int, int]]:
    query = select(model.person_id, func.max(model.position)).where(model.person_id.in_(ids))
    return [
        (person_id, position) for person_id, position in db.session.execute(query.group_by(model.person_id))
    ]
