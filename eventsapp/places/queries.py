"""Reading venues, rooms and zones."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from eventsapp.core.db import db
from eventsapp.places.models import Room, Venue, Zone


def venues() -> Sequence[Venue]:
    """Every venue in the order of names, with rooms and zones."""
    return db.session.scalars(
        select(Venue)
        .order_by(Venue.sort_key, Venue.id)
        .options(selectinload(Venue.rooms).joinedload(Room.zone), selectinload(Venue.zones))
    ).all()


def venue_by_code(code: str) -> Venue | None:
    """The venue with that public code, with rooms and zones."""
    return db.session.scalar(
        select(Venue)
        .where(Venue.code == code)
        .options(selectinload(Venue.rooms).joinedload(Room.zone), selectinload(Venue.zones))
    )


def room_of(venue: Venue, code: str) -> Room | None:
    """A venue's room by its public code."""
    return db.session.scalar(select(Room).where(Room.venue_id == venue.id, Room.code == code))


def zone_of(venue: Venue, code: str) -> Zone | None:
    """A venue's zone by its public code."""
    return db.session.scalar(select(Zone).where(Zone.venue_id == venue.id, Zone.code == code))


def zones() -> Sequence[Zone]:
    """Every zone, by venue, for a choice."""
    return db.session.scalars(
        select(Zone)
        .join(Zone.venue)
        .order_by(Venue.sort_key, Venue.id, Zone.position)
        .options(joinedload(Zone.venue))
    ).all()
