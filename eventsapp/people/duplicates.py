"""People who are probably one: equal or related spellings in any script, or the same mail address.

They are offered side by side; a person merges them (`merging.py`) or says that they are two, which is
remembered (`DistinctPair`). What later wings know of people they tell through `clue`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import combinations, pairwise

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from eventsapp.access.identity import Actor
from eventsapp.audit.service import record
from eventsapp.core.db import db
from eventsapp.core.errors import Invalid
from eventsapp.core.text import N_
from eventsapp.people.models import Affiliation, DistinctPair, Person, PersonName
from eventsapp.people.spellings import keys

MOST = 50  # pairs shown
ALIKE = 8  # people of one key who are compared each with each; more are only compared with the next


class Reason(StrEnum):
    """Why two people may be one; the first is the strongest."""

    SPELLING = "spelling"
    ROMANISATION = "romanisation"
    MAIL = "mail"


@dataclass(frozen=True)
class Pair:
    """Two people who may be one."""

    first: Person
    second: Person
    reasons: tuple[Reason, ...]


Clue = Callable[[], Iterable[tuple[int, str]]]
_clues: list[Clue] = []


def clue(of: Clue) -> Clue:
    """Announce a function that tells (person's id, mail address) of everybody it knows of."""
    if of not in _clues:
        _clues.append(of)
    return of


def pairs(limit: int = MOST) -> list[Pair]:
    """Probable same people, the strongest reasons first; without those somebody said are two."""
    found = _found()
    for first, second in db.session.execute(select(DistinctPair.first_id, DistinctPair.second_id)):
        found.pop((first, second), None)
    order = sorted(found, key=lambda pair: (min(map(list(Reason).index, found[pair])), pair))[:limit]
    people = _people({id_ for pair in order for id_ in pair})
    return [
        Pair(people[first], people[second], tuple(sorted(found[first, second], key=list(Reason).index)))
        for first, second in order
        if first in people and second in people
    ]


def are_two(first: Person, second: Person, *, actor: Actor, now: datetime) -> None:
    """Remember that two people are not the same; a second time changes nothing."""
    if first.id == second.id:
        raise Invalid(N_("This is one and the same person."))
    ids = tuple(sorted((first.id, second.id)))
    if db.session.get(DistinctPair, ids) is None:
        db.session.add(DistinctPair(first_id=ids[0], second_id=ids[1]))
        db.session.flush()
        record("person.distinguished", "person", ids[0], actor=actor, now=now, other=ids[1])


def _found() -> dict[tuple[int, int], set[Reason]]:
    groups: dict[str, list[int]] = {}
    names = select(PersonName.person_id, PersonName.full).execution_options(yield_per=10_000)
    for person_id, full in db.session.execute(names):
        for key in keys(full):
            groups.setdefault(key, []).append(person_id)
    for of in _clues:
        for person_id, mail in of():
            groups.setdefault(f"@{mail.casefold()}", []).append(person_id)
    found: dict[tuple[int, int], set[Reason]] = {}
    for key, people in groups.items():
        for pair in _paired(sorted(set(people)), key):
            found.setdefault(pair, set()).add(_REASONS[key[0]])
    return found


_REASONS = {"=": Reason.SPELLING, "~": Reason.ROMANISATION, "^": Reason.ROMANISATION, "@": Reason.MAIL}


def _paired(people: list[int], key: str) -> Iterator[tuple[int, int]]:
    """The pairs of one key. A mailbox that many share belongs to an office and tells nothing."""
    if len(people) <= ALIKE:
        yield from combinations(people, 2) if key[0] != "@" or len(people) == 2 else ()
    elif key[0] != "@":
        yield from pairwise(people)


def _people(ids: set[int]) -> dict[int, Person]:
    query = select(Person).where(Person.id.in_(ids))
    told = query.options(
        selectinload(Person.names),
        selectinload(Person.affiliations).joinedload(Affiliation.organisation),
    )
    return {person.id: person for person in db.session.scalars(told)}
