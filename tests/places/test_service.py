"""Venues, rooms and zones."""

import pytest

from eventsapp.access.identity import SYSTEM
from eventsapp.core.errors import Conflict, Invalid
from eventsapp.places import queries, service
from eventsapp.places.models import Room, Venue
from eventsapp.places.service import RoomInput, ZoneInput
from tests.factories.events import make_event
from tests.factories.places import make_room, make_venue, make_zone
from tests.factories.programme import make_item


def test_a_venue_keeps_its_zone_and_coordinates(db_session) -> None:
    venue = make_venue("TaiNEX Hall 2", latitude=25.0577, longitude=121.6155, step_free=True)
    db_session.commit()
    assert (venue.timezone, venue.latitude, venue.longitude) == ("Asia/Taipei", 25.0577, 121.6155)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"timezone": "Mars/Olympus"}, "timezone"),
        ({"latitude": 91.0, "longitude": 0.0}, "latitude"),
        ({"latitude": 1.0}, "longitude"),
        ({"names": {}}, "names"),
    ],
)
def test_a_venue_that_cannot_be_is_refused_at_the_field(db_session, wrong, field) -> None:
    given = {"names": {"en": "Hall"}, "timezone": "Asia/Taipei", **wrong}
    with pytest.raises(Invalid) as refused:
        service.create_venue(service.VenueInput(**given), actor=SYSTEM, now=None)
    assert refused.value.field == field


def test_two_zones_of_a_venue_do_not_share_a_letter(db_session) -> None:
    venue = make_venue()
    make_zone(venue, "A")
    with pytest.raises(Conflict) as refused:
        make_zone(venue, "a", "Another")
    assert refused.value.field == "letter"
    make_zone(make_venue("Elsewhere"), "A")


def test_a_zone_keeps_its_own_letter_when_edited(db_session, now) -> None:
    zone = make_zone()
    service.edit_zone(zone, ZoneInput(names={"en": "Leaders"}, letter="A"), actor=SYSTEM, now=now)
    assert zone.names == {"en": "Leaders"}


def test_a_room_cannot_lie_in_another_venues_zone(db_session, now) -> None:
    zone = make_zone()
    with pytest.raises(Invalid) as refused:
        make_room(make_venue("Elsewhere"), zone=zone)
    assert refused.value.field == "zone"


def test_a_room_that_is_in_use_cannot_be_removed(db_session, now) -> None:
    room = make_room()
    make_item(make_event(), room=room)
    db_session.commit()
    with pytest.raises(Conflict):
        service.delete_room(room, actor=SYSTEM, now=now)
    assert db_session.query(Room).count() == 1


def test_a_venue_goes_with_its_rooms_and_zones(db_session, now) -> None:
    room = make_room()
    make_zone(room.venue)
    service.delete_venue(room.venue, actor=SYSTEM, now=now)
    db_session.commit()
    assert db_session.query(Venue).count() == db_session.query(Room).count() == 0


def test_a_room_holds_somebody(db_session) -> None:
    with pytest.raises(Invalid) as refused:
        make_room(capacity=0)
    assert refused.value.field == "capacity"


def test_a_room_is_edited(db_session, now) -> None:
    room = make_room()
    given = RoomInput(names={"en": "701AB"}, floor="7", capacity=120, reset_minutes=15)
    service.edit_room(room, given, actor=SYSTEM, now=now)
    assert (room.floor, room.capacity, room.reset_minutes) == ("7", 120, 15)


def test_venues_stand_in_the_order_of_their_names(db_session) -> None:
    for name in ("Ólafur Hall", "Annex", "Zoo"):
        make_venue(name)
    assert [venue.names["en"] for venue in queries.venues()] == ["Annex", "Ólafur Hall", "Zoo"]
