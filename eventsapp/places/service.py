"""Venues, their rooms, and the zones that badges open."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from sqlalchemy.exc import IntegrityError

from eventsapp.access.identity import Actor
from eventsapp.audit import service as audit
from eventsapp.core import zones as clock_zones
from eventsapp.core.db import db
from eventsapp.core.errors import Conflict, Invalid
from eventsapp.core.languages import pick
from eventsapp.core.maps import clean_line, clean_map, clean_paragraphs
from eventsapp.core.provenance import Source
from eventsapp.core.text import N_, fold
from eventsapp.places.models import Room, Venue, Zone

SORT_LIMIT = 200
Thing = TypeVar("Thing", Venue, Room, Zone)

MOST_PEOPLE = 1_000_000
A_DAY = 24 * 60  # minutes


@dataclass(frozen=True, kw_only=True)
class VenueInput:
    """A venue as entered; coordinates in degrees (WGS 84), both or neither; `timezone` an IANA name."""

    names: Mapping[str, str]
    timezone: str
    address: Mapping[str, str] = field(default_factory=dict)
    latitude: float | None = None
    longitude: float | None = None
    step_free: bool | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class RoomInput:
    """A room as entered; `reset_minutes` is what it needs between two uses."""

    names: Mapping[str, str]
    floor: str = ""
    capacity: int | None = None
    reset_minutes: int = 0
    zone: Zone | None = None


@dataclass(frozen=True, kw_only=True)
class ZoneInput:
    """A zone as entered; its letter (one or two characters) stands on the badge."""

    names: Mapping[str, str]
    letter: str


def create_venue(
    given: VenueInput,
    *,
    source: Source = Source.ENTERED,
    source_reference: str = "",
    actor: Actor,
    now: datetime,
) -> Venue:
    """A new venue, without rooms or zones yet."""
    venue = Venue(source=source, source_reference=source_reference, created_at=now)
    _fill_venue(venue, given)
    db.session.add(venue)
    return _stored(venue, "venue.created", actor, now)


def edit_venue(venue: Venue, given: VenueInput, *, actor: Actor, now: datetime) -> Venue:
    """Change a venue. What is planned there keeps the times and the zone it was entered with."""
    _fill_venue(venue, given)
    return _stored(venue, "venue.edited", actor, now)


def delete_venue(venue: Venue, *, actor: Actor, now: datetime) -> None:
    """Strike a venue; refused (`Conflict`) while an event or an item stands in it."""
    _delete(venue, "venue.deleted", actor, now)


def _fill_venue(venue: Venue, given: VenueInput) -> None:
    if (given.latitude is None) != (given.longitude is None):
        raise Invalid(N_("Please give latitude and longitude, or neither."), field="longitude")
    _within("latitude", given.latitude, -90, 90)
    _within("longitude", given.longitude, -180, 180)
    venue.names = clean_map(given.names, field="names", required=True)
    venue.address = clean_map(given.address, field="address", limit=500, multiline=True)
    venue.timezone = known_zone(given.timezone)
    venue.latitude = given.latitude
    venue.longitude = given.longitude
    venue.step_free = given.step_free
    venue.note = clean_paragraphs(given.note, field="note")
    name = pick(venue.names, "en").text
    venue.sort_key = (fold(name) or name.casefold())[:SORT_LIMIT]


def known_zone(name: str, *, field: str = "timezone") -> str:
    """The name of a time zone; refuses (`Invalid`, naming `field`) what is none."""
    try:
        clock_zones.zone(name)
    except Invalid as error:
        error.field = field
        raise
    return name


def _within(name: str, value: float | None, lowest: float, highest: float) -> None:
    if value is not None and not lowest <= value <= highest:
        raise Invalid(
            N_("This must be between %(lowest)s and %(highest)s."), field=name, lowest=lowest, highest=highest
        )


def add_room(
    venue: Venue, given: RoomInput, *, source: Source = Source.ENTERED, actor: Actor, now: datetime
) -> Room:
    """A room of the venue, after the others."""
    room = Room(source=source, position=_next(venue.rooms))
    _fill_room(room, venue, given)
    venue.rooms.append(room)
    return _stored(room, "room.added", actor, now)


def edit_room(room: Room, given: RoomInput, *, actor: Actor, now: datetime) -> Room:
    """Change a room."""
    _fill_room(room, room.venue, given)
    return _stored(room, "room.edited", actor, now)


def delete_room(room: Room, *, actor: Actor, now: datetime) -> None:
    """Strike a room; refused (`Conflict`) while an item stands in it."""
    _delete(room, "room.deleted", actor, now)


def _fill_room(room: Room, venue: Venue, given: RoomInput) -> None:
    if given.zone is not None and given.zone.venue_id != venue.id:
        raise Invalid(N_("This zone belongs to another venue."), field="zone")
    _within("capacity", given.capacity, 1, MOST_PEOPLE)
    _within("reset_minutes", given.reset_minutes, 0, A_DAY)
    room.names = clean_map(given.names, field="names", required=True)
    room.floor = clean_line(given.floor, field="floor", limit=20)
    room.capacity = given.capacity
    room.reset_minutes = given.reset_minutes
    room.zone = given.zone


def add_zone(
    venue: Venue, given: ZoneInput, *, source: Source = Source.ENTERED, actor: Actor, now: datetime
) -> Zone:
    """A zone of the venue, after the others; its letter is free there (`Conflict` otherwise)."""
    zone = Zone(source=source, position=_next(venue.zones))
    _fill_zone(zone, venue, given)
    venue.zones.append(zone)
    return _stored(zone, "zone.added", actor, now)


def edit_zone(zone: Zone, given: ZoneInput, *, actor: Actor, now: datetime) -> Zone:
    """Change a zone. Its letter stands on badges that were printed already."""
    _fill_zone(zone, zone.venue, given)
    return _stored(zone, "zone.edited", actor, now)


def delete_zone(zone: Zone, *, actor: Actor, now: datetime) -> None:
    """Strike a zone; badges no longer open it, rooms in it stand in none."""
    _delete(zone, "zone.deleted", actor, now)


def _fill_zone(zone: Zone, venue: Venue, given: ZoneInput) -> None:
    letter = clean_line(given.letter, field="letter", limit=2, required=True).upper()[:2]
    if any(other.letter == letter for other in venue.zones if other is not zone):
        raise Conflict(N_("Another zone of this venue has this letter."), field="letter")
    zone.names = clean_map(given.names, field="names", required=True)
    zone.letter = letter


def _next(rows: list[Room] | list[Zone]) -> int:
    return max((row.position for row in rows), default=-1) + 1


def _stored(thing: Thing, action: str, actor: Actor, now: datetime) -> Thing:
    db.session.flush()
    audit.record(action, action.partition(".")[0], thing.id, actor=actor, now=now)
    return thing


def _delete(thing: Thing, action: str, actor: Actor, now: datetime) -> None:
    thing_id = thing.id
    try:
        with db.session.begin_nested():
            db.session.delete(thing)
    except IntegrityError as error:
        raise Conflict(N_("This is in use and cannot be removed.")) from error
    audit.record(action, action.partition(".")[0], thing_id, actor=actor, now=now)
