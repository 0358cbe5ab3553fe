"""Writes the people, bodies and places that the occasions share, and remembers them by key."""

from dataclasses import dataclass, field
from datetime import datetime

from eventsapp.access.identity import SYSTEM
from eventsapp.demo import people as data
from eventsapp.demo.data import Body, Somebody
from eventsapp.demo.places import SITES, ZONE, Site
from eventsapp.people import organisations
from eventsapp.people import service as people
from eventsapp.people.models import Affiliation, Organisation, Person
from eventsapp.places import service as places
from eventsapp.places.models import Room, Venue, Zone


@dataclass
class Directory:
    """Everybody and every place of the demonstration, by key; `posts` are in the order of their data."""

    bodies: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    posts: dict[str, list[Affiliation]] = field(default_factory=dict)
    venues: dict[str, Venue] = field(default_factory=dict)
    rooms: dict[str, Room] = field(default_factory=dict)
    zones: dict[str, Zone] = field(default_factory=dict)  # by letter: no two venues share one here

    def post(self, key: str, number: int = 0) -> Affiliation | None:
        """The person's title that applies unless another is chosen: their first."""
        posts = self.posts[key]
        return posts[number] if posts else None


def write(now: datetime) -> Directory:
    """All of it, through the services."""
    directory = Directory()
    for body in data.ORGANISATIONS:
        _body(directory, body, now)
    for somebody in data.EVERYBODY:
        _person(directory, somebody, now)
    for site in SITES:
        _site(directory, site, now)
    return directory


def _body(directory: Directory, body: Body, now: datetime) -> None:
    given = organisations.OrganisationInput(
        names=body.names,
        short_names=body.short or {},
        kind=body.kind,
        parent=directory.bodies[body.parent] if body.parent else None,
    )
    directory.bodies[body.key] = organisations.create_organisation(
        given, source=body.source, source_reference=body.reference, actor=SYSTEM, now=now
    )


def _person(directory: Directory, somebody: Somebody, now: datetime) -> None:
    person = people.create_person(
        names=[
            people.NameInput(name.full, name.kind, name.language, family=name.family, given=name.given)
            for name in somebody.names
        ],
        languages=somebody.languages,
        source=somebody.source,
        source_reference=somebody.reference,
        actor=SYSTEM,
        now=now,
    )
    directory.people[somebody.key] = person
    directory.posts[somebody.key] = [
        organisations.add_affiliation(
            person,
            organisations.AffiliationInput(
                title=post.title, organisation=directory.bodies[post.organisation]
            ),
            source=post.source,
            source_reference=post.reference,
            actor=SYSTEM,
            now=now,
        )
        for post in somebody.posts
    ]


def _site(directory: Directory, site: Site, now: datetime) -> None:
    given = places.VenueInput(
        names=site.names,
        timezone=ZONE,
        address=site.address or {},
        latitude=site.latitude,
        longitude=site.longitude,
    )
    venue = places.create_venue(
        given, source=site.source, source_reference=site.reference, actor=SYSTEM, now=now
    )
    directory.venues[site.key] = venue
    for letter, names in site.zones:
        zone = places.ZoneInput(names=names, letter=letter)
        directory.zones[letter] = places.add_zone(venue, zone, source=site.source, actor=SYSTEM, now=now)
    for hall in site.rooms:
        room = places.RoomInput(
            names=hall.names,
            floor=hall.floor,
            capacity=hall.capacity,
            reset_minutes=hall.reset_minutes,
            zone=directory.zones[hall.zone] if hall.zone else None,
        )
        directory.rooms[hall.key] = places.add_room(venue, room, source=hall.source, actor=SYSTEM, now=now)
