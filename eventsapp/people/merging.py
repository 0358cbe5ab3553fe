"""Two records of one human being become one: names and titles that stay, and all that referred to the other.

Each wing follows with what is its own (`follow`), and may refuse. All of it is one transaction.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import selectinload

from eventsapp.access.identity import Actor
from eventsapp.audit.service import record
from eventsapp.core.db import content_changed, db
from eventsapp.core.errors import Invalid, NotFound
from eventsapp.core.text import N_, fold
from eventsapp.people import service
from eventsapp.people.enums import NameKind
from eventsapp.people.models import Affiliation, DistinctPair, Person, PersonName


@dataclass(frozen=True)
class Merge:
    """What followers are told. `titles`: a title of `gone` → the same one of `kept`."""

    kept: Person
    gone: Person
    titles: Mapping[int, int]
    actor: Actor
    now: datetime


Follower = Callable[[Merge], None]
_followers: dict[str, Follower] = {}


def follow(function: Follower) -> Follower:
    """Let a wing repoint its rows from `gone` to `kept`. It may raise `Conflict`: then nothing happens."""
    _followers[f"{function.__module__}.{function.__qualname__}"] = function
    return function


def merge(
    kept: Person,
    gone: Person,
    *,
    names: Collection[int] | None = None,
    titles: Collection[str] | None = None,
    actor: Actor,
    now: datetime,
) -> Person:
    """Make `gone` part of `kept`, who stays under their own address. `gone` is deleted.

    `names` are ids of the names that stay, `titles` codes of the titles; None: all of them. The first
    preferred name of `kept` is the one shown, unless it goes. Raises `Invalid` without a name, `Conflict`
    when something stands in the way.
    """
    if kept.id == gone.id:
        raise Invalid(N_("This is one and the same person."))
    kept, gone = _held(kept.id, gone.id)
    same = _titles(kept, gone, titles)
    _names(kept, gone, names)
    told = Merge(kept, gone, same, actor, now)
    for function in _followers.values():
        function(told)
    _distinct(kept.id, gone.id)
    kept.languages = list(dict.fromkeys([*kept.languages, *gone.languages]))
    kept.note = "\n\n".join(dict.fromkeys(text for text in (kept.note, gone.note) if text))
    gone_id = gone.id
    db.session.flush()
    db.session.expunge(gone)
    db.session.expire_all()
    db.session.execute(
        delete(Person).where(Person.id == gone_id), execution_options={"synchronize_session": False}
    )
    service.derive(kept)
    db.session.flush()
    for bring_up_to_date in _afterwards:
        bring_up_to_date(kept)
    content_changed(db.session())
    record("person.merged", "person", kept.id, actor=actor, now=now, merged=gone_id)
    return kept


_afterwards: list[Callable[[Person], None]] = []


def renamed(function: Callable[[Person], None]) -> Callable[[Person], None]:
    """Let a wing bring up to date what repeats a person's name, once the names are settled."""
    if function not in _afterwards:
        _afterwards.append(function)
    return function


def repoint(table: Any, merge: Merge, unique: Iterable[str] = (), column: str = "person_id") -> None:
    """Let rows of a table refer to `kept`; one that would then stand there twice (by `unique`) goes.

    Their titles follow where `kept` holds the same one.
    """
    columns = table.c
    if unique:
        theirs = select(*(columns[name] for name in unique)).where(columns[column] == merge.kept.id)
        known = {tuple(row) for row in db.session.execute(theirs)}
        mine = select(*table.primary_key.columns, *(columns[name] for name in unique))
        for row in db.session.execute(mine.where(columns[column] == merge.gone.id)).all():
            key = row[: len(table.primary_key.columns)]
            if tuple(row[len(key) :]) in known:
                at = [one == value for one, value in zip(table.primary_key.columns, key, strict=True)]
                db.session.execute(delete(table).where(*at))
    if "affiliation_id" in columns:
        for old, new in merge.titles.items():
            db.session.execute(update(table).where(columns.affiliation_id == old).values(affiliation_id=new))
    db.session.execute(update(table).where(columns[column] == merge.gone.id).values({column: merge.kept.id}))


def _held(kept_id: int, gone_id: int) -> tuple[Person, Person]:
    query = (
        select(Person)
        .where(Person.id.in_((kept_id, gone_id)))
        .order_by(Person.id)
        .options(selectinload(Person.names), selectinload(Person.affiliations))
        .with_for_update(of=Person)
        .execution_options(populate_existing=True)
    )
    found = {person.id: person for person in db.session.scalars(query)}
    if len(found) < 2:
        raise NotFound(N_("There is no such person."))
    return found[kept_id], found[gone_id]


def _names(kept: Person, gone: Person, stay: Collection[int] | None) -> None:
    """The names that stay become `kept`'s, in order; a preferred one of the other is a spelling now."""
    staying = [name for name in (*kept.names, *gone.names) if stay is None or name.id in stay]
    if not staying:
        raise Invalid(N_("Please give one name at least."), field="names")
    mine = any(name.person_id == kept.id and name.kind is NameKind.PREFERRED for name in staying)
    going = {name.id for name in (*kept.names, *gone.names)} - {name.id for name in staying}
    seen: set[tuple[str, str]] = set()
    for position, name in enumerate(staying):
        if (key := (name.full, name.language)) in seen:
            going.add(name.id)
            continue
        seen.add(key)
        is_theirs = name.person_id == gone.id
        kind = NameKind.VARIANT if is_theirs and mine and name.kind is NameKind.PREFERRED else name.kind
        row = update(PersonName).where(PersonName.id == name.id)
        db.session.execute(
            row.values(person_id=kept.id, position=position, kind=kind),
            execution_options={"synchronize_session": False},
        )
    if going:
        db.session.execute(
            delete(PersonName).where(PersonName.id.in_(going)),
            execution_options={"synchronize_session": False},
        )


def _titles(kept: Person, gone: Person, stay: Collection[str] | None) -> dict[int, int]:
    """Move the titles that stay; the same title twice is one. Returns gone title → kept title."""
    same: dict[int, int] = {}
    moved: list[Affiliation] = []
    for title in gone.affiliations:
        twin = next((held for held in kept.affiliations if _is_same(held, title)), None)
        if twin is not None:
            same[title.id] = twin.id
        elif stay is None or title.code in stay:
            moved.append(title)
    dropped = [
        title.id
        for title in kept.affiliations
        if stay is not None and title.code not in stay and title.id not in same.values()
    ]
    first = max((held.position for held in kept.affiliations), default=-1) + 1
    for position, title in enumerate(moved, first):
        db.session.execute(
            update(Affiliation)
            .where(Affiliation.id == title.id)
            .values(person_id=kept.id, position=position),
            execution_options={"synchronize_session": False},
        )
    if dropped:
        db.session.execute(
            delete(Affiliation).where(Affiliation.id.in_(dropped)),
            execution_options={"synchronize_session": False},
        )
    return same


def _is_same(one: Affiliation, other: Affiliation) -> bool:
    def told(title: Affiliation) -> set[tuple[str, str]]:
        return {(language, fold(text)) for language, text in title.title.items()}

    return one.organisation_id == other.organisation_id and told(one) == told(other)


def _distinct(kept_id: int, gone_id: int) -> None:
    """Whom the other was distinguished from, the one who stays is distinguished from too."""
    pair = DistinctPair
    query = select(pair.first_id, pair.second_id).where(
        or_(pair.first_id == gone_id, pair.second_id == gone_id)
    )
    for first, second in db.session.execute(query).all():
        other = second if first == gone_id else first
        ids = tuple(sorted((kept_id, other)))
        if other != kept_id and db.session.get(pair, ids) is None:
            db.session.add(pair(first_id=ids[0], second_id=ids[1]))
