"""Writes a plan in one short transaction.

Everything that can be worked out beforehand is (`preparing.py`): rows bound for the driver, codes drawn.
Under the writer's turn ids are taken, rows handed over and the record is written. SQLite lets nobody else
write meanwhile; PostgreSQL lets others, but for the record's chains and the event's seats.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from eventsapp.access.identity import Actor
from eventsapp.audit.service import record, record_many
from eventsapp.core.bulk import take_ids
from eventsapp.core.db import content_changed, db
from eventsapp.core.errors import Conflict
from eventsapp.core.text import N_
from eventsapp.events.models import Category, Event
from eventsapp.jobs.service import enqueue
from eventsapp.lists import changing, telling
from eventsapp.lists.planning import Plan
from eventsapp.lists.preparing import Prepared
from eventsapp.people.models import Affiliation, Organisation, Person
from eventsapp.rsvps import seats
from eventsapp.rsvps.enums import GuestState, Origin
from eventsapp.rsvps.models import Guest
from eventsapp.rsvps.service import locking

BADGES = "badges.issue-missing"
"""The job that gives badges to guests who were imported as accepted."""


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
    changing.write(prepared, organisations, actor, now)
    telling.write_records(prepared, guests, actor)
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
    changing.search_more((addition.person_id, addition.new_names) for addition in plan.additions)
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
    telling.write_details((id_, draft.details) for id_, draft in drafts if draft.details)
    telling.write_answers(prepared, ((id_, draft.answers) for id_, draft in drafts))
    return ids


def _with_ids(ids: Sequence[int], rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    return ((id_, *row) for id_, row in zip(ids, rows, strict=True))
