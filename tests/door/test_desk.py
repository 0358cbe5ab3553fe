"""The organisers' pages about the door."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from eventsapp.access.permissions import Role
from eventsapp.api.v1.shapes import STANDINGS
from eventsapp.badges.keys import BadgeKeys
from eventsapp.core import clock
from eventsapp.core.db import db
from eventsapp.devices import queries as devices
from eventsapp.devices import service as pairing
from eventsapp.door import queries
from eventsapp.door.enums import Cause, Outcome
from eventsapp.door.models import Checkpoint
from eventsapp.events.models import Event
from tests.factories.door import code_of, make_badge, make_checkpoint, make_gate
from tests.factories.events import make_category, make_event
from tests.factories.places import make_venue, make_zone
from tests.factories.rsvps import make_accepted
from tests.support.clients import Client
from tests.support.databases import Database

Staff = Callable[..., Client]


@pytest.fixture
def event(db_session: Any) -> Event:
    event = make_event(published=True)
    make_category(event)
    db.session.refresh(event)
    return event


def door(event: Event, path: str = "") -> str:
    return f"/organise/events/{event.slug}/door{path}"


def test_empty_door_says_so(event: Event, staff: Staff) -> None:
    page = staff(Role.DOOR, event).get(door(event))
    assert page.status_code == 200
    assert "There is no checkpoint yet." in page.text


def test_checkpoint_is_made_and_changed_in_local_time(event: Event, staff: Staff) -> None:
    zone = make_zone(make_venue(), "L", "Lounge")
    client = staff(Role.DOOR, event)
    form = {"name": "North", "zone": zone.code, "opens_local": "2026-06-02T08:30", "capacity": "40"}
    assert client.post(door(event, "/checkpoints/new"), data=form).status_code == 303
    (place,) = queries.checkpoints(event.id)
    assert (place.name, place.area, place.zone_id, place.capacity) == ("North", "North", zone.id, 40)
    assert place.opens_at == datetime.fromisoformat("2026-06-02T00:30+00:00")
    page = client.get(door(event, f"/checkpoints/{place.code}"))
    assert f'<option selected value="{zone.code}">' in page.text
    changed = {"name": "North gate", "zone": "", "area": "Hall", "opens_local": "", "capacity": ""}
    assert client.post(door(event, f"/checkpoints/{place.code}"), data=changed).status_code == 303
    db.session.expire_all()
    assert (place.name, place.area, place.zone_id, place.opens_at) == ("North gate", "Hall", None, None)


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("name", "Main"), ("name", "x" * 121), ("capacity", "0"), ("capacity", "many"),
     ("zone", "nowhere"), ("closes_local", "2026-06-01T08:00"), ("opens_local", "soon")],
)  # fmt: skip
def test_checkpoint_that_cannot_be_right_is_refused_at_its_field(
    event: Event, staff: Staff, field: str, value: str
) -> None:
    make_checkpoint(event, "Main")
    form = {"name": "North", "zone": "", "opens_local": "2026-06-02T08:30", field: value}
    page = staff(Role.DOOR, event).post(door(event, "/checkpoints/new"), data=form)
    assert page.status_code == 422
    assert f'id="{field}-error"' in page.text or f"{field}-error" in page.text
    assert len(queries.checkpoints(event.id)) == 1


def test_used_checkpoint_stays(event: Event, staff: Staff, database: Database) -> None:
    BadgeKeys(database.settings.instance).current()
    unused = make_checkpoint(event, "Unused")
    gate = make_gate(event)
    client = staff(Role.DOOR, event)
    _scan(client, gate.headers, "noise")
    for place in (unused, gate.checkpoints[0]):
        client.post(door(event, f"/checkpoints/{place.code}/remove"))
    assert [place.name for place in queries.checkpoints(event.id)] == ["Main"]


def _scan(client: Client, headers: dict[str, str], code: str, number: int = 1) -> Any:
    now = clock.now().isoformat()
    scan = {"id": f"s{number}", "code": code, "checkpoint": "Main", "scanned_at": now}
    return client.post("/api/v1/scans", json={"sent_at": now, "scans": [scan]}, headers=headers)


def test_link_pairs_one_device_once(event: Event, staff: Staff, client: Client) -> None:
    place = make_checkpoint(event)
    page = staff(Role.DOOR, event).post(
        door(event, "/devices/new"), data={"name": "Gate A, phone 2", "checkpoints": [place.code]}
    )
    assert page.status_code == 200
    found = re.search(r"http://[^\"<]+(/door/pair/[\w-]+)", page.text)
    assert found
    path = found[1]
    assert "<svg" in page.text
    for _ in range(2):  # opening it changes nothing
        assert client.get(path).status_code == 200
    answer = client.post(path)
    known = pairing.authenticate(answer.json["token"], now=clock.now())
    assert known is not None
    assert known.identity.checkpoint_ids == {place.id}
    assert client.post(path).status_code == 410
    assert client.get(path).status_code == 410
    assert client.get("/door/pair/unknown").status_code == 410


def test_device_needs_a_checkpoint_of_this_event(event: Event, staff: Staff) -> None:
    make_checkpoint(event)
    other = make_checkpoint(make_event("Elsewhere"))
    client = staff(Role.DOOR, event)
    for chosen in ([], [other.code], ["x"]):
        assert client.post(door(event, "/devices/new"), data={"checkpoints": chosen}).status_code == 422
    assert devices.of_event(event.id) == []


def test_revoked_device_scans_no_more(event: Event, staff: Staff, database: Database) -> None:
    BadgeKeys(database.settings.instance).current()
    gate = make_gate(event)
    client = staff(Role.DOOR, event)
    assert _scan(client, gate.headers, "noise").status_code == 200
    (row,) = devices.of_event(event.id)
    assert client.post(door(event, f"/devices/{row.device.code}/revoke")).status_code == 303
    assert _scan(client, gate.headers, "noise", 2).status_code == 401
    assert "Revoked" in client.get(door(event)).text


def test_live_count_and_recent_scans_show_what_happened(
    event: Event, staff: Staff, database: Database
) -> None:
    BadgeKeys(database.settings.instance).current()
    today = clock.now().date()
    badge = make_badge(make_accepted(event, "Ołena <b>"), valid_from=today, valid_until=today)
    gate = make_gate(event)
    client = staff(Role.DOOR, event)
    code = code_of(badge, database.settings)
    for number, shown in enumerate((code, code, "noise")):
        _scan(client, gate.headers, shown, number)
    page = client.get(door(event)).text
    assert "Ołena &lt;b&gt;" in page
    assert "This is not a badge code." in page
    figures = client.get(door(event, "/counts.json")).json
    assert figures["inside Main"] == "1"
    for key, value in figures.items():
        if not key.startswith("entered"):
            assert f'data-figure="{key}">{value}<' in page, key


@pytest.mark.parametrize("path", ["", "/counts.json", "/checkpoints/new", "/devices/new"])
def test_door_pages_are_for_whoever_runs_the_door(
    event: Event, staff: Staff, client: Client, path: str
) -> None:
    assert staff(Role.VIEWER, event).get(door(event, path)).status_code == 403
    assert staff(Role.DOOR, make_event("Elsewhere")).get(door(event, path)).status_code == 404
    assert client.get(door(event, path)).status_code in (302, 303)


def test_things_of_another_event_are_not_found(event: Event, staff: Staff) -> None:
    other = make_event("Elsewhere")
    place = make_checkpoint(other)
    gate = make_gate(other, place)
    (row,) = devices.of_event(other.id)
    client = staff(Role.DOOR, event)
    assert client.get(door(event, f"/checkpoints/{place.code}")).status_code == 404
    for path in (
        f"/checkpoints/{place.code}/remove",
        f"/devices/{row.device.code}/revoke",
        f"/devices/{row.device.code}/link",
    ):
        assert client.post(door(event, path)).status_code == 404
    assert pairing.authenticate(gate.token, now=clock.now())
    assert db.session.get(Checkpoint, place.id)


def test_scanner_alone_may_use_the_camera(client: Client) -> None:
    scanner = client.get("/door/")
    assert "'wasm-unsafe-eval'" in scanner.headers["Content-Security-Policy"]
    assert "camera=(self)" in scanner.headers["Permissions-Policy"]
    assert "wasm" not in client.get("/door/pair/x").headers["Content-Security-Policy"]


@pytest.mark.parametrize("language", ["en", "zh-Hant", "uk"])
def test_every_verdict_has_its_words(client: Client, language: str) -> None:

    said = client.get("/door/words.json", headers={"Accept-Language": language}).json
    assert set(said["outcome"]) == set(Outcome)
    assert set(said["cause"]) == set(said["advice"]) == set(Cause)
    assert set(said["standing"]) == set(STANDINGS)
    assert all(text for texts in said.values() for text in texts.values())
