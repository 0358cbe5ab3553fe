"""Items of a programme: create, edit, move, cancel, restore, delete."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from eventsapp.access.identity import Actor
from eventsapp.audit import service as audit
from eventsapp.core.db import db, violated
from eventsapp.core.errors import Conflict, Invalid
from eventsapp.core.maps import clean_map
from eventsapp.core.provenance import Source
from eventsapp.core.text import N_
from eventsapp.events import signals as event_signals
from eventsapp.events.enums import EventState
from eventsapp.events.models import Event
from eventsapp.events.service import checked_capacity, more_seats, must_be_open
from eventsapp.events.times import span
from eventsapp.people.models import Affiliation, Person
from eventsapp.places.models import Room, Venue
from eventsapp.programme import signals
from eventsapp.programme.enums import Audience, ItemKind, ItemState, PartRole
from eventsapp.programme.models import ParticipantGroup, Participation, ProgrammeItem, Track

_SHIFTING = ("timezone", "starts_at", "ends_at", "room_id", "venue_id", "state")  # what raises SEQUENCE


@dataclass(frozen=True)
class PartInput:
    """A person's part in an item and which of their titles applies to it."""

    person: Person
    role: PartRole = PartRole.PARTICIPANT
    affiliation: Affiliation | None = None


@dataclass(frozen=True, kw_only=True)
class ItemInput:
    """An item as entered. Local times are naive, in `timezone` (the venue's when empty, else the event's).

    A room brings its venue. `provisional` items may still move. `parts` None leaves them as they are.
    """

    kind: ItemKind
    title: Mapping[str, str]
    starts_local: datetime
    ends_local: datetime
    timezone: str = ""
    provisional: bool = False
    room: Room | None = None
    venue: Venue | None = None
    place_note: Mapping[str, str] = field(default_factory=dict)
    description: Mapping[str, str] = field(default_factory=dict)
    dress: Mapping[str, str] = field(default_factory=dict)
    track: Track | None = None
    audience: Audience = Audience.EVERYONE
    groups: Sequence[ParticipantGroup] = ()
    parts: Sequence[PartInput] | None = None
    capacity: int | None = None
    wants_answer: bool = False
    is_public: bool = True


def create_item(
    event: Event,
    given: ItemInput,
    *,
    source: Source = Source.ENTERED,
    source_reference: str = "",
    actor: Actor,
    now: datetime,
) -> ProgrammeItem:
    """A new item of an event that is neither closed nor cancelled."""
    must_be_open(event)
    item = ProgrammeItem(
        event=event,
        event_id=event.id,
        state=ItemState.PROVISIONAL if given.provisional else ItemState.SCHEDULED,
        source=source,
        source_reference=source_reference,
        created_at=now,
        revised_at=now,
        sequence=0,
        seats_taken=0,
    )
    _fill(item, given)
    db.session.add(item)
    _set_parts(item, given.parts or ())
    return _stored(item, "item.created", actor, now)


def edit_item(item: ProgrammeItem, given: ItemInput, *, actor: Actor, now: datetime) -> ProgrammeItem:
    """Change an item. Another time, place or state raises its SEQUENCE and is announced; a typo is not."""
    must_be_open(item.event)
    before, seats = _shifting(item), item.capacity
    if item.state is not ItemState.CANCELLED:
        item.state = ItemState.PROVISIONAL if given.provisional else ItemState.SCHEDULED
    _fill(item, given)
    if given.parts is not None:
        _set_parts(item, given.parts)
    return _revised(item, before, seats, "item.edited", actor, now)


def move_item(
    item: ProgrammeItem,
    *,
    starts_local: datetime,
    ends_local: datetime,
    timezone: str = "",
    room: Room | None = None,
    venue: Venue | None = None,
    actor: Actor,
    now: datetime,
) -> ProgrammeItem:
    """Give an item another time and place; its zone stays unless another is named or the venue changes."""
    must_be_open(item.event)
    before, moving_to = _shifting(item), room.venue if room else venue
    zone = timezone or (moving_to.timezone if moving_to and moving_to.id != item.venue_id else item.timezone)
    _place(item, room, venue)
    _time(item, starts_local, ends_local, zone)
    return _revised(item, before, item.capacity, "item.moved", actor, now)


def cancel_item(item: ProgrammeItem, *, actor: Actor, now: datetime) -> ProgrammeItem:
    """Call an item off; it stays in the programme and in calendars, marked so."""
    must_be_open(item.event)
    if item.state is ItemState.CANCELLED:
        raise Conflict(N_("This item is cancelled already."))
    before = _shifting(item)
    item.state = ItemState.CANCELLED
    item.cancelled_at = now
    _revised(item, before, item.capacity, "item.cancelled", actor, now, announce=False)
    signals.item_cancelled.send(item=item, actor=actor, now=now)
    return item


def restore_item(item: ProgrammeItem, *, actor: Actor, now: datetime) -> ProgrammeItem:
    """Let a cancelled item take place after all."""
    must_be_open(item.event)
    if item.state is not ItemState.CANCELLED:
        raise Conflict(N_("This item is not cancelled."))
    before = _shifting(item)
    item.state = ItemState.SCHEDULED
    item.cancelled_at = None
    return _revised(item, before, item.capacity, "item.restored", actor, now, announce=False)


def delete_item(item: ProgrammeItem, *, actor: Actor, now: datetime) -> None:
    """Strike an item for good; only while its event is a draft, since nobody has it in a calendar yet."""
    if item.event.state is not EventState.DRAFT:
        raise Conflict(N_("Guests may have this item in their calendars. Cancel it instead."))
    item_id, event_id = item.id, item.event_id
    try:
        with db.session.begin_nested():
            db.session.delete(item)
    except IntegrityError as error:
        raise Conflict(N_("This is in use and cannot be removed.")) from error
    audit.record("item.deleted", "item", item_id, actor=actor, now=now, event_id=event_id)


def _set_parts(item: ProgrammeItem, parts: Sequence[PartInput]) -> None:
    had = {(part.person_id, part.role): part for part in item.participations}
    wanted = {(part.person.id, part.role): part for part in parts}
    kept: list[Participation] = []
    for position, (key, part) in enumerate(wanted.items()):
        if part.affiliation is not None and part.affiliation.person_id != part.person.id:
            raise Invalid(N_("This title belongs to somebody else."), field="people")
        row = had.get(key) or Participation(
            person=part.person, person_id=part.person.id, role=part.role, source=item.source
        )
        row.affiliation = part.affiliation
        row.position = position
        kept.append(row)
    item.participations = kept


def _fill(item: ProgrammeItem, given: ItemInput) -> None:
    event_id = item.event_id
    if given.track is not None and given.track.event_id != event_id:
        raise Invalid(N_("This track belongs to another event."), field="track")
    if any(group.event_id != event_id for group in given.groups):
        raise Invalid(N_("This group belongs to another event."), field="groups")
    if given.audience is Audience.GROUPS and not given.groups:
        raise Invalid(N_("Please choose the groups that this is for."), field="groups")
    item.kind = given.kind
    item.title = clean_map(given.title, field="title", required=True)
    item.description = clean_map(given.description, field="description", limit=10_000, multiline=True)
    item.dress = clean_map(given.dress, field="dress", limit=300)
    item.place_note = clean_map(given.place_note, field="place_note", limit=300)
    item.audience = given.audience
    item.groups = list(given.groups) if given.audience is Audience.GROUPS else []
    item.track = given.track
    item.capacity = checked_capacity(given.capacity, item.seats_taken)
    item.wants_answer = given.wants_answer
    item.is_public = given.is_public
    _place(item, given.room, given.venue)
    _time(item, given.starts_local, given.ends_local, given.timezone or _usual_zone(item))


def _place(item: ProgrammeItem, room: Room | None, venue: Venue | None) -> None:
    item.room = room
    item.room_id = room.id if room else None
    item.venue = room.venue if room else venue
    item.venue_id = item.venue.id if item.venue else None


def _usual_zone(item: ProgrammeItem) -> str:
    return item.venue.timezone if item.venue else item.event.timezone


def _time(item: ProgrammeItem, starts_local: datetime, ends_local: datetime, zone: str) -> None:
    times = span(starts_local, ends_local, zone)
    item.timezone = zone
    item.starts_local, item.starts_at = starts_local, times.starts_at
    item.ends_local, item.ends_at = ends_local, times.ends_at


def _shifting(item: ProgrammeItem) -> tuple[object, ...]:
    return tuple(getattr(item, name) for name in _SHIFTING)


def _revised(
    item: ProgrammeItem,
    before: tuple[object, ...],
    seats: int | None,
    action: str,
    actor: Actor,
    now: datetime,
    announce: bool = True,
) -> ProgrammeItem:
    moved = _shifting(item) != before
    item.revised_at = now
    if moved:
        item.sequence += 1
    _stored(item, action, actor, now)
    if moved and announce:
        signals.item_moved.send(item=item, actor=actor, now=now)
    if more_seats(seats, item.capacity):
        event_signals.seats_added.send(event=item.event, item=item, actor=actor, now=now)
    return item


def _stored(item: ProgrammeItem, action: str, actor: Actor, now: datetime) -> ProgrammeItem:
    try:
        db.session.flush()
    except IntegrityError as error:
        if violated(error, "ck_programme_item_seats"):
            raise Conflict(N_("More seats are taken by now; please reload."), field="capacity") from error
        raise
    audit.record(action, "item", item.id, actor=actor, now=now, event_id=item.event_id)
    return item
