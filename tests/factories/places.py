"""Venues, rooms and zones for tests."""

from typing import Any

from eventsapp.access.identity import SYSTEM
from eventsapp.places import service
from eventsapp.places.models import Room, Venue, Zone
from eventsapp.places.service import RoomInput, VenueInput, ZoneInput
from tests.factories.people import NOW


def make_venue(name: str = "City Hall", timezone: str = "Asia/Taipei", **given: Any) -> Venue:
    """A venue in Taipei."""
    return service.create_venue(
        VenueInput(names={"en": name}, timezone=timezone, **given), actor=SYSTEM, now=NOW
    )


def make_room(venue: Venue | None = None, name: str = "Plenary", **given: Any) -> Room:
    """A room of a venue (of a new one unless given)."""
    return service.add_room(
        venue or make_venue(), RoomInput(names={"en": name}, **given), actor=SYSTEM, now=NOW
    )


def make_zone(venue: Venue | None = None, letter: str = "A", name: str = "Plenary zone") -> Zone:
    """A zone of a venue (of a new one unless given)."""
    return service.add_zone(
        venue or make_venue(), ZoneInput(names={"en": name}, letter=letter), actor=SYSTEM, now=NOW
    )
