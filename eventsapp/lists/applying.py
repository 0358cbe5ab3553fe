"""Writes a plan in one short transaction.

Everything that can be worked out beforehand is (`Prepared`): rows bound for the driver, codes drawn. Under
the writer's turn ids are taken, rows handed over and the record is written. SQLite lets nobody else write
meanwhile; PostgreSQL lets others, but for the record's chains and the event's seats.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import Table as SqlTable
from sqlalchemy import bindparam, delete, insert, update

from eventsapp.access.identity import Actor
from eventsapp.audit.service import record, record_many
from eventsapp.core import languages
from eventsapp.core.bulk import Rows, take_ids
from eventsapp.core.codes import public_codes
from eventsapp.core.db import LanguageMap, content_changed, db
from eventsapp.core.errors import Conflict
from eventsapp.core.languages import pick
from eventsapp.core.maps import searchable
from eventsapp.core.provenance import Source
from eventsapp.core.text import N_, fold
from eventsapp.events.models import Category, Event
from eventsapp.jobs.service import enqueue
from eventsapp.lists.drafts import Draft
from eventsapp.lists.known import last_positions, portions
from eventsapp.lists.planning import Addition, Change, Plan, Title
from eventsapp.people.enums import NameKind, OrganisationKind
from eventsapp.people.models import Affiliation, Organisation, Person, PersonName
from eventsapp.rsvps import seats
from eventsapp.rsvps.enums import Answer, Channel, GuestState, Origin, Recorded
from eventsapp.rsvps.models import Guest, GuestAnswer, GuestDetails, ReplyRecord
from eventsapp.rsvps.service import locking
from eventsapp.rsvps.signals import guest_changed

BADGES = "badges.issue-missing"
"""The job that gives badges to guests who were imported as accepted."""

CODE_LENGTH = 12  # so many are drawn at once that shorter ones would meet others
SORT_LIMIT = 200
_SAID = {
    GuestState.ACCEPTED: Answer.ACCEPTED.value,
    GuestState.TENTATIVE: Answer.TENTATIVE.value,
    GuestState.DECLINED: Answer.DECLINED.value,
    GuestState.WAITLISTED: Recorded.WAITLISTED.value,
}
_NEVER_INVITED = (GuestState.DRAFT, GuestState.APPROVED, GuestState.WITHDRAWN)
_PERSON = ("id", "code", "display_name", "display_language", "search_text", "sort_key", "languages", "note")
_SOURCED = ("source", "source_reference")
_NAME = ("person_id", "kind", "full", "family", "given", "language", "script", "position", *_SOURCED)
_TITLE = ("id", "person_id", "organisation_id", "code", "title", "position", *_SOURCED)
_ORGANISATION = ("id", "code", "names", "short_names", "kind", "country", "search_text", "sort_key")
_GUEST = (
    "id", "person_id", "affiliation_id", "code", "event_id", "category_id", "email", "language", "origin",
    "state", "party_size", "badge_name", "sort_key", "link_generation", "feed_generation", "revision",
    "invited_at", "replied_at", "waiting_since", "waiting_priority", "waiting_reason", "has_seats",
    "companions_allowed", "reminders_sent", "reminders_off", "created_at", *_SOURCED,
)  # fmt: skip


class Prepared:
    """A plan as rows: whatever begins with ids is still without them."""

    def __init__(self, plan: Plan, now: datetime) -> None:
        self.plan, self.now = plan, now
        self.new = [addition for addition in plan.additions if not addition.person_id]
        self.titled = [addition for addition in plan.additions if addition.new_title]
        self.people = Rows(Person, (*_PERSON, *_SOURCED, "created_at"))
        self.names = Rows(PersonName, _NAME)
        self.titles = Rows(Affiliation, _TITLE)
        self.organisations = Rows(Organisation, (*_ORGANISATION, *_SOURCED, "created_at"))
        self.guests = Rows(Guest, _GUEST)
        self.source = self.people.bound("source", Source.ENTERED)
        count = 3 * len(plan.additions) + len(plan.changes) + len(plan.organisations)
        self.codes = iter(public_codes(count, CODE_LENGTH))
        self.person_rows = [self._person(addition.draft) for addition in self.new]
        self.title_codes = list(islice(self.codes, len(self.titled) + len(plan.changes)))
        self.organisation_rows = [self._organisation(names) for names in plan.organisations]
        self.guest_rows = [self._guest(addition) for addition in plan.additions]
        known = {addition.person_id for addition in plan.additions if addition.person_id}
        self.positions = last_positions(known | {change.guest.person_id for change in plan.changes})

    def _person(self, draft: Draft) -> tuple[Any, ...]:
        name, language = draft.names[0]
        spoken = self.people.bound("languages", [draft.language] if draft.language else [])
        return (
            next(self.codes), name, language, searchable([full for full, _ in draft.names]),
            _sort_key(name), spoken, "", self.source, "", self.people.bound("created_at", self.now),
        )  # fmt: skip

    def _organisation(self, names: LanguageMap) -> tuple[Any, ...]:
        rows = self.organisations
        return (
            next(self.codes), rows.bound("names", names), rows.bound("short_names", {}),
            rows.bound("kind", OrganisationKind.OTHER), "", searchable([*names.values()]),
            _sort_key(pick(names, "en").text), self.source, "", rows.bound("created_at", self.now),
        )  # fmt: skip

    def _guest(self, addition: Addition) -> tuple[Any, ...]:
        draft, plan, rows = addition.draft, self.plan, self.guests
        state = draft.reply or GuestState.DRAFT
        now = rows.bound("created_at", self.now)
        replied = state in _SAID
        return (
            next(self.codes), plan.event_id, draft.category_id, draft.email,
            draft.language or plan.language, rows.bound("origin", Origin.IMPORTED),
            rows.bound("state", state), 1, draft.badge_name, _sort_key(draft.name), 1, 1, int(replied),
            None if state in _NEVER_INVITED else now, now if replied else None,
            now if state is GuestState.WAITLISTED else None, 0, "",
            rows.bound("has_seats", state is GuestState.ACCEPTED), draft.companions or 0, 0,
            rows.bound("reminders_off", False), now, self.source, "",
        )  # fmt: skip

    def name_rows(
        self, person_id: int, names: Iterable[tuple[str, str]], first: int
    ) -> Iterator[tuple[Any, ...]]:
        """Rows of a person's names from that position on."""
        for position, (full, language) in enumerate(names, first):
            script = languages.language_and_script(language)[1] if language else ""
            kind = self.names.bound("kind", _kind(position, full))
            yield person_id, kind, full, "", "", language, script, position, self.source, ""

    def title_row(
        self, id_: int, person_id: int, title: Title, code: str, position: int, new: Sequence[int]
    ) -> tuple[Any, ...]:
        """The row of a title; `new` are the ids of the organisations that the plan adds."""
        at = title.organisation
        organisation_id = new[-at - 1] if at is not None and at < 0 else at
        texts = self.titles.bound("title", title.texts)
        return id_, person_id, organisation_id, code, texts, position, self.source, ""


def write(prepared: Prepared, *, import_id: int | None, actor: Actor, now: datetime) -> None:
    """Store all of a plan; belongs in one transaction. Raises `Conflict` when seats are gone meanwhile."""
    plan = prepared.plan
    event = locking.hold_event(plan.event_id)
    _take_seats(event, plan)
    organisations = take_ids(Organisation, len(prepared.organisation_rows))
    prepared.organisations.write(_with_ids(organisations, prepared.organisation_rows))
    people = _people(prepared)
    titles = _titles(prepared, people, organisations)
    guests = _guests(prepared, people, titles)
    _change(prepared, organisations, actor, now)
    _records(prepared, guests, actor)
    record_many("organisation.created", "organisation", organisations, actor=actor, now=now)
    new = [people[addition.draft.row] for addition in prepared.new]
    record_many("person.created", "person", new, actor=actor, now=now)
    named = [addition.person_id for addition in plan.additions if addition.new_names]
    named += [change.guest.person_id for change in plan.changes if change.new_names]
    record_many("person.names-set", "person", named, actor=actor, now=now)
    of_known = [titles[addition.draft.row] for addition in prepared.titled if addition.person_id]
    record_many("affiliation.added", "affiliation", of_known, actor=actor, now=now)
    record_many(
        "guest.added", "guest", guests, actor=actor, now=now, event_id=event.id, origin=Origin.IMPORTED.value
    )
    changed = [change.guest.id for change in plan.changes]
    record_many("guest.edited", "guest", changed, actor=actor, now=now, event_id=event.id)
    _end(plan, event, import_id, actor, now)


def _end(plan: Plan, event: Event, import_id: int | None, actor: Actor, now: datetime) -> None:
    counts: dict[str, Any] = {fate.value: number for fate, number in plan.report.counts.items() if number}
    record("guests.imported", "import", import_id, actor=actor, now=now, event_id=event.id, **counts)
    if any(addition.draft.reply is GuestState.ACCEPTED for addition in plan.additions):
        enqueue(BADGES, now=now, event_id=event.id)
    content_changed(db.session())


def _take_seats(event: Event, plan: Plan) -> None:
    wanted: dict[int, int] = {}
    for addition in plan.additions:
        if addition.draft.reply is GuestState.ACCEPTED:
            wanted[addition.draft.category_id] = wanted.get(addition.draft.category_id, 0) + 1
    for change in plan.changes:
        if "category_id" in change.values and change.guest.has_seats:
            old, new, party = change.guest.category_id, change.values["category_id"], change.guest.party_size
            wanted[old], wanted[new] = wanted.get(old, 0) - party, wanted.get(new, 0) + party
    pools: list[tuple[Any, int]] = [(event, sum(wanted.values()))]
    pools += [(db.session.get_one(Category, id_), number) for id_, number in sorted(wanted.items())]
    for pool, number in pools:
        if number < 0:
            seats.free(pool, -number)
        elif number and not seats.take(pool, number):
            raise Conflict(N_("There are not enough seats left for this list."))


def _people(prepared: Prepared) -> dict[int, int]:
    """Row → person, those who were known among them."""
    plan = prepared.plan
    ids = take_ids(Person, len(prepared.new))
    prepared.people.write(_with_ids(ids, prepared.person_rows))
    people = {addition.draft.row: addition.person_id for addition in plan.additions}
    people |= {addition.draft.row: id_ for addition, id_ in zip(prepared.new, ids, strict=True)}

    def names() -> Iterator[tuple[Any, ...]]:
        for addition in plan.additions:
            if not addition.person_id:
                yield from prepared.name_rows(people[addition.draft.row], addition.draft.names, 0)
            elif addition.new_names:
                first = prepared.positions[addition.person_id][0] + 1
                yield from prepared.name_rows(addition.person_id, addition.new_names, first)

    prepared.names.write(names())
    _search_more((addition.person_id, addition.new_names) for addition in plan.additions)
    return people


def _titles(prepared: Prepared, people: Mapping[int, int], organisations: Sequence[int]) -> dict[int, int]:
    """Row → the title that was added."""
    ids = take_ids(Affiliation, len(prepared.titled))
    rows = []
    for addition, id_, code in zip(prepared.titled, ids, prepared.title_codes, strict=False):
        position = prepared.positions[addition.person_id][1] + 1 if addition.person_id else 0
        person_id = people[addition.draft.row]
        assert addition.new_title is not None  # noqa: S101 -- for the type: `titled` are those with one
        rows.append(prepared.title_row(id_, person_id, addition.new_title, code, position, organisations))
    prepared.titles.write(rows)
    return {addition.draft.row: id_ for addition, id_ in zip(prepared.titled, ids, strict=True)}


def _guests(prepared: Prepared, people: Mapping[int, int], titles: Mapping[int, int]) -> Sequence[int]:
    additions = prepared.plan.additions
    ids = take_ids(Guest, len(additions))
    prepared.guests.write(
        (id_, people[row], titles.get(row) or addition.title_id, *rest)
        for id_, addition, rest in zip(ids, additions, prepared.guest_rows, strict=True)
        for row in (addition.draft.row,)
    )
    drafts = [(id_, addition.draft) for id_, addition in zip(ids, additions, strict=True)]
    _details((id_, draft.details) for id_, draft in drafts if draft.details)
    _answers(prepared, ((id_, draft.answers) for id_, draft in drafts))
    return ids


def _records(prepared: Prepared, guests: Sequence[int], actor: Actor) -> None:
    """A line in the record of each guest whose reply the list told."""
    rows = Rows(
        ReplyRecord,
        ("guest_id", "answer", "at", "channel", "actor_kind", "actor_id", "on_behalf", "reason"),
    )
    at, channel = rows.bound("at", prepared.now), rows.bound("channel", Channel.DESK)
    kind, on_behalf = rows.bound("actor_kind", actor.kind), rows.bound("on_behalf", True)
    said = (
        (id_, addition.draft.reply) for id_, addition in zip(guests, prepared.plan.additions, strict=True)
    )
    rows.write(
        (id_, _SAID[state], at, channel, kind, actor.id, on_behalf, "")
        for id_, state in said
        if state in _SAID
    )


def _details(told: Iterable[tuple[int, Mapping[str, str]]]) -> None:
    Rows(GuestDetails, ("guest_id", "diet", "access_needs", "note_to_host")).write(
        (id_, given.get("diet", ""), given.get("access_needs", ""), given.get("note_to_host", ""))
        for id_, given in told
    )


def _answers(prepared: Prepared, told: Iterable[tuple[int, Mapping[int, Any]]]) -> None:
    rows = Rows(GuestAnswer, ("guest_id", "question_id", "version", "value", "at"))
    at = rows.bound("at", prepared.now)
    rows.write(
        (id_, question_id, prepared.plan.versions[question_id], rows.bound("value", {"is": value}), at)
        for id_, given in told
        for question_id, value in given.items()
        if value is not None
    )


def _change(prepared: Prepared, organisations: Sequence[int], actor: Actor, now: datetime) -> None:
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
    _search_more(names_of)
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
    _answers(prepared, ((change.guest.id, change.answers) for change in answered))


def _search_more(named: Iterable[tuple[int, tuple[tuple[str, str], ...]]]) -> None:
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


def _with_ids(ids: Sequence[int], rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    return ((id_, *row) for id_, row in zip(ids, rows, strict=True))


def _sort_key(name: str) -> str:
    return (fold(name) or name.casefold())[:SORT_LIMIT]


def _kind(position: int, full: str) -> NameKind:
    """What a further name is for, as far as its script tells."""
    if position == 0:
        return NameKind.PREFERRED
    return NameKind.TRANSCRIPTION if full.isascii() else NameKind.VARIANT
