"""Tracks and groups: what runs through a programme, and who shares one."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from eventsapp.access.identity import Actor
from eventsapp.audit import service as audit
from eventsapp.core.db import db
from eventsapp.core.maps import clean_colour, clean_map
from eventsapp.core.provenance import Source
from eventsapp.events.models import Event
from eventsapp.events.service import must_be_open
from eventsapp.people.models import Person
from eventsapp.programme import queries
from eventsapp.programme.models import ParticipantGroup, Track

GREY = "#5b6770"


def create_track(
    event: Event,
    *,
    names: Mapping[str, str],
    colour: str = GREY,
    source: Source = Source.ENTERED,
    actor: Actor,
    now: datetime,
) -> Track:
    """A track after the others; `colour` as #rrggbb."""
    must_be_open(event)
    track = Track(event_id=event.id, position=len(queries.tracks(event)), source=source)
    _fill_track(track, names, colour)
    db.session.add(track)
    _record("track.created", track, actor, now)
    return track


def edit_track(track: Track, *, names: Mapping[str, str], colour: str, actor: Actor, now: datetime) -> Track:
    """Change a track."""
    _must_be_open(track)
    _fill_track(track, names, colour)
    _record("track.edited", track, actor, now)
    return track


def delete_track(track: Track, *, actor: Actor, now: datetime) -> None:
    """Strike a track; its items stay, in none."""
    _must_be_open(track)
    _record("track.deleted", track, actor, now)
    db.session.delete(track)
    db.session.flush()


def _fill_track(track: Track, names: Mapping[str, str], colour: str) -> None:
    colour = clean_colour(colour, field="colour")
    track.names = clean_map(names, field="names", required=True)
    track.colour = colour


def create_group(
    event: Event,
    *,
    names: Mapping[str, str],
    people: Sequence[Person] = (),
    source: Source = Source.ENTERED,
    actor: Actor,
    now: datetime,
) -> ParticipantGroup:
    """A group after the others, with its people."""
    must_be_open(event)
    group = ParticipantGroup(event_id=event.id, position=len(queries.groups(event)), source=source)
    _fill_group(group, names, people)
    db.session.add(group)
    _record("group.created", group, actor, now)
    return group


def edit_group(
    group: ParticipantGroup,
    *,
    names: Mapping[str, str],
    people: Sequence[Person],
    actor: Actor,
    now: datetime,
) -> ParticipantGroup:
    """Change a group and who is in it."""
    _must_be_open(group)
    _fill_group(group, names, people)
    _record("group.edited", group, actor, now)
    return group


def delete_group(group: ParticipantGroup, *, actor: Actor, now: datetime) -> None:
    """Strike a group; items that were for it alone are then for nobody until they are edited."""
    _must_be_open(group)
    _record("group.deleted", group, actor, now)
    db.session.delete(group)
    db.session.flush()


def _fill_group(group: ParticipantGroup, names: Mapping[str, str], people: Sequence[Person]) -> None:
    group.names = clean_map(names, field="names", required=True)
    group.people = list(dict.fromkeys(people))


def _must_be_open(row: Track | ParticipantGroup) -> None:
    must_be_open(db.session.get_one(Event, row.event_id))


def _record(action: str, row: Track | ParticipantGroup, actor: Actor, now: datetime) -> None:
    db.session.flush()
    kind = action.partition(".")[0]
    audit.record(action, kind, row.id, actor=actor, now=now, event_id=row.event_id)
