"""Reading programmes."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload
from sqlalchemy.orm.strategy_options import _AbstractLoad

from eventsapp.core.db import LanguageMap, db
from eventsapp.events.models import Event
from eventsapp.people.models import Affiliation, Organisation, Person
from eventsapp.places.models import Room
from eventsapp.programme.enums import ItemState, PartRole
from eventsapp.programme.models import ParticipantGroup, Participation, ProgrammeItem, Track


def items(event: Event, *, public_only: bool = False) -> Sequence[ProgrammeItem]:
    """An event's items in the order in which they begin, with room, venue and track (one query)."""
    query = (
        select(ProgrammeItem)
        .where(ProgrammeItem.event_id == event.id)
        .order_by(ProgrammeItem.starts_at, ProgrammeItem.ends_at, ProgrammeItem.id)
        .options(
            joinedload(ProgrammeItem.room), joinedload(ProgrammeItem.venue), joinedload(ProgrammeItem.track)
        )
    )
    if public_only:
        query = query.where(ProgrammeItem.is_public)
    return db.session.scalars(query).all()


def item_counts(event_ids: Sequence[int]) -> dict[int, int]:
    """How many items, cancelled ones left out, each of these events has (one query); none: not in it."""
    rows = db.session.execute(
        select(ProgrammeItem.event_id, func.count())
        .where(ProgrammeItem.event_id.in_(event_ids), ProgrammeItem.state != ItemState.CANCELLED)
        .group_by(ProgrammeItem.event_id)
    )
    return {row[0]: row[1] for row in rows}


def item_of(event: Event, code: str) -> ProgrammeItem | None:
    """An event's item by its public code, with place, groups and who takes part."""
    return db.session.scalar(
        select(ProgrammeItem)
        .where(ProgrammeItem.event_id == event.id, ProgrammeItem.code == code)
        .options(
            joinedload(ProgrammeItem.room).joinedload(Room.venue),
            joinedload(ProgrammeItem.venue),
            joinedload(ProgrammeItem.track),
            selectinload(ProgrammeItem.groups).selectinload(ParticipantGroup.people),
            _people(),
        )
    )


def parts_of(event: Event) -> dict[int, list[Participation]]:
    """Who takes part in an event's items, with the title that applies, by item id (one query)."""
    found: dict[int, list[Participation]] = {}
    for part in db.session.scalars(
        select(Participation)
        .join(Participation.item)
        .where(ProgrammeItem.event_id == event.id)
        .order_by(Participation.item_id, Participation.position)
        .options(
            joinedload(Participation.person),
            joinedload(Participation.affiliation).joinedload(Affiliation.organisation),
        )
    ):
        found.setdefault(part.item_id, []).append(part)
    return found


# Whose part in a public item is public: those who stand before the others, never those who merely come.
PUBLIC_ROLES = (PartRole.SPEAKER, PartRole.MODERATOR, PartRole.HOST, PartRole.MC)


@dataclass(frozen=True, slots=True)
class PublicPart:
    """Who does something in a public item, under the title that applies to it."""

    role: PartRole
    name: str
    language: str
    title: LanguageMap
    organisation: LanguageMap


def public_parts(event: Event, item: ProgrammeItem | None = None) -> dict[int, list[PublicPart]]:
    """Speakers and the like of an event's public items, or of one of them, by item id (one query)."""
    query = (
        select(
            Participation.item_id,
            Participation.role,
            Person.display_name,
            Person.display_language,
            Affiliation.title,
            Organisation.names,
        )
        .join(Participation.item)
        .join(Participation.person)
        .outerjoin(Participation.affiliation)
        .outerjoin(Affiliation.organisation)
        .where(ProgrammeItem.event_id == event.id, ProgrammeItem.is_public)
        .where(Participation.role.in_(PUBLIC_ROLES))
        .order_by(Participation.item_id, Participation.position, Participation.id)
    )
    if item is not None:
        query = query.where(Participation.item_id == item.id)
    found: dict[int, list[PublicPart]] = {}
    for item_id, role, name, language, title, names in db.session.execute(query):
        found.setdefault(item_id, []).append(PublicPart(role, name, language, title or {}, names or {}))
    return found


def parts_of_person(person_id: int) -> Sequence[Participation]:
    """Every item a person takes part in, in every event, in the order of time."""
    return db.session.scalars(
        select(Participation)
        .join(Participation.item)
        .join(ProgrammeItem.event)
        .where(Participation.person_id == person_id)
        .order_by(ProgrammeItem.starts_at)
        .options(
            contains_eager(Participation.item).contains_eager(ProgrammeItem.event),
            joinedload(Participation.affiliation).joinedload(Affiliation.organisation),
        )
    ).all()


def tracks(event: Event) -> Sequence[Track]:
    """An event's tracks in their order."""
    return db.session.scalars(
        select(Track).where(Track.event_id == event.id).order_by(Track.position, Track.id)
    ).all()


def groups(event: Event) -> Sequence[ParticipantGroup]:
    """An event's groups in their order, with their people."""
    return db.session.scalars(
        select(ParticipantGroup)
        .where(ParticipantGroup.event_id == event.id)
        .order_by(ParticipantGroup.position, ParticipantGroup.id)
        .options(selectinload(ParticipantGroup.people))
    ).all()


def track_of(event: Event, code: str) -> Track | None:
    """An event's track by its public code."""
    return db.session.scalar(select(Track).where(Track.event_id == event.id, Track.code == code))


def group_of(event: Event, code: str) -> ParticipantGroup | None:
    """An event's group by its public code, with its people."""
    return db.session.scalar(
        select(ParticipantGroup)
        .where(ParticipantGroup.event_id == event.id, ParticipantGroup.code == code)
        .options(selectinload(ParticipantGroup.people))
    )


def _people() -> _AbstractLoad:
    parts = selectinload(ProgrammeItem.participations)
    return parts.options(
        joinedload(Participation.person)
        .selectinload(Person.affiliations)
        .joinedload(Affiliation.organisation),
        joinedload(Participation.affiliation).joinedload(Affiliation.organisation),
    )
