"""Organisers' pages about places."""

from eventsapp.access.permissions import Role
from eventsapp.places.models import Room, Venue, Zone
from tests.factories.events import make_event
from tests.factories.places import make_room, make_venue, make_zone
from tests.factories.programme import make_item
from tests.support.statements import statements_for

HALL = {"names-en": "City Hall", "timezone": "Asia/Taipei", "step_free": "yes"}


def test_a_venue_is_recorded_with_a_room_and_a_zone(staff, db_session) -> None:
    client = staff()
    answer = client.post(
        "/organise/places/new", data={**HALL, "latitude": "25.0375", "longitude": "121.5644"}
    )
    assert answer.status_code == 303
    venue = db_session.query(Venue).one()
    address = f"/organise/places/{venue.code}"
    client.post(f"{address}/zones/new", data={"names-en": "Signing hall", "letter": "S"})
    zone = db_session.query(Zone).one()
    data = {"names-en": "Demo Signing Hall", "capacity": "80", "zone": zone.code}
    client.post(f"{address}/rooms/new", data=data)
    assert db_session.query(Room).one().zone is zone
    page = client.get(address).text
    assert "Demo Signing Hall" in page
    assert "25.0375" in page


def test_a_refused_venue_comes_back_filled_in(staff, db_session) -> None:
    answer = staff().post("/organise/places/new", data={**HALL, "latitude": "95", "longitude": "1"})
    assert answer.status_code == 422
    assert 'value="City Hall"' in answer.text
    assert db_session.query(Venue).count() == 0


def test_rooms_and_zones_of_another_venue_are_not_found(staff, db_session) -> None:
    room, zone = make_room(), make_zone()
    other = make_venue("Elsewhere")
    client = staff()
    for address in (f"rooms/{room.code}", f"zones/{zone.code}"):
        assert client.get(f"/organise/places/{other.code}/{address}").status_code == 404
        assert client.post(f"/organise/places/{other.code}/{address}/delete").status_code == 404


def test_a_venue_in_use_stays(staff, db_session) -> None:
    venue = make_venue()
    make_event(venue=venue)
    answer = staff().post(f"/organise/places/{venue.code}/delete", follow_redirects=True)
    assert "in use" in answer.text
    assert db_session.query(Venue).count() == 1


def test_a_room_in_use_stays(staff, db_session) -> None:
    room = make_room()
    make_item(make_event(), room=room)
    answer = staff().post(
        f"/organise/places/{room.venue.code}/rooms/{room.code}/delete", follow_redirects=True
    )
    assert "in use" in answer.text
    assert db_session.query(Room).count() == 1


def test_a_liaison_reads_places_and_does_not_change_them(staff, db_session) -> None:
    venue = make_venue()
    client = staff(role=Role.LIAISON, event=make_event())
    assert client.get(f"/organise/places/{venue.code}").status_code == 200
    assert client.post("/organise/places/new", data=HALL).status_code == 403
    assert client.post(f"/organise/places/{venue.code}/delete").status_code == 403


def test_the_list_of_venues_costs_the_same_with_more_rows(staff, app, db_session) -> None:
    client = staff()
    make_room(zone=None)
    one = statements_for(app, client, "/organise/places/")
    for name in ("Annex", "Zoo"):
        make_room(make_venue(name))
    assert statements_for(app, client, "/organise/places/") == one
