"""Reading programmes."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload, selectinload
from sqlalchemy.orm.strategy_options import _AbstractLoad

from eventsapp.core.db import db
from eventsapp.events.models import Event
from eventsapp.people.models import Affiliation
from eventsapp.places.models import Room
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


def item_of(event: Event, code: str) -> ProgrammeItem | None:
    """An event's item by its public code, with place, groups and who takes part."""
    return db.session.scalar(
        select(ProgrammeItem)
        .where(ProgrammeItem.event_id == event.id, ProgrammeItem.code == code)
        .options(
            joinedload(ProgrammeItem.room).joinedload(Room.venue),
            joinedload(ProgrammeItem.venue),
            joinedload(ProgrammeItem.track),
            selectinload(ProgrammeItem.groups),
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
        joinedload(Participation.person),
        joinedload(Participation.affiliation).joinedload(Affiliation.organisation),
    )
