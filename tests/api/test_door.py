"""`GET /api/v1/door…`, and that a device's token opens these addresses and no other."""

from datetime import datetime
from typing import Any

import pytest
from flask import Flask

from eventsapp.badges.keys import BadgeKeys
from eventsapp.core.db import db
from eventsapp.events.models import Event
from eventsapp.web.guard import mark_of
from tests.factories.door import Gate, make_badge, make_checkpoint, make_gate
from tests.factories.events import make_category, make_event
from tests.factories.rsvps import make_accepted, make_guest
from tests.support.clients import Client
from tests.support.databases import Database


@pytest.fixture
def event(database: Database, db_session: Any) -> Event:
    BadgeKeys(database.settings.instance).current()
    event = make_event(published=True)
    make_category(event)
    db.session.refresh(event)
    return event


@pytest.fixture
def gate(event: Event) -> Gate:
    gate = make_gate(event)
    db.session.commit()
    return gate


def test_station_is_the_devices_own(client: Client, event: Event, gate: Gate, database: Database) -> None:
    make_checkpoint(event, "Elsewhere")
    station = client.get("/api/v1/door", headers=gate.headers).json
    assert station["event"]["slug"] == event.slug
    assert [place["name"] for place in station["checkpoints"]] == ["Main"]
    (key,) = BadgeKeys(database.settings.instance).public_keys().values()
    assert key.hex() in station["keys"].values()
    assert "server_time" in station


def test_guests_are_found_in_the_devices_event_alone(client: Client, event: Event, gate: Gate) -> None:
    other = make_event("Elsewhere", published=True)
    make_category(other)
    db.session.refresh(other)
    make_accepted(other, "Ada Secret")
    badge = make_badge(make_accepted(event, "Ada Łukasz"))
    make_guest(event, "Ada Uninvited")
    found = client.get("/api/v1/door/guests?q=ada", headers=gate.headers).json["guests"]
    assert {(guest["name"], guest["short_code"], guest["standing"]) for guest in found} == {
        ("Ada Łukasz", badge.short_code, "expected"),
        ("Ada Uninvited", "", "draft"),
    }
    assert set(found[0]) == {"name", "language", "short_code", "category", "standing"}
    assert client.get("/api/v1/door/guests?q=lukasz", headers=gate.headers).json["guests"]


@pytest.mark.parametrize("term", ["", " ", "x" * 201, "%e2%80%ae"])
def test_search_without_sense_is_refused(client: Client, gate: Gate, term: str) -> None:
    response = client.get(f"/api/v1/door/guests?q={term}", headers=gate.headers)
    assert response.status_code == 422
    assert list(response.json["error"]["fields"]) == ["q"]


def test_search_for_a_control_character_finds_nothing(client: Client, gate: Gate) -> None:
    response = client.get("/api/v1/door/guests?q=%00", headers=gate.headers)
    assert 400 <= response.status_code < 500
    assert "guests" not in response.json


def test_counts_are_those_of_the_event(client: Client, event: Event, gate: Gate) -> None:
    make_accepted(event, "Ada Example")
    counts = client.get("/api/v1/door/counts", headers=gate.headers).json
    assert counts["expected"] == 1
    assert counts["checkpoints"][0]["admitted"] == 0
    assert counts["areas"] == [{"area": "Main", "inside": 0, "entered": 0, "capacity": None}]


@pytest.mark.parametrize("path", ["/api/v1/door", "/api/v1/door/guests?q=a", "/api/v1/door/counts"])
def test_door_is_closed_without_a_token(client: Client, gate: Gate, path: str) -> None:
    assert client.get(path).status_code == 401


def test_device_token_reaches_the_door_and_nothing_else(
    app: Flask, client: Client, event: Event, gate: Gate
) -> None:
    """With the token each address answers as it does without one; only the door's own say more."""
    opened = set()
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint == "static":
            continue
        path = rule.rule
        for argument in rule.arguments:
            value = event.slug if argument == "slug" else "x"
            path = path.replace(f"<{argument}>", value)
        if "<" in path:
            path = path.split("<", 1)[0] + "1"
        plain, carrying = client.get(path), app.test_client().get(path, headers=gate.headers)
        if plain.status_code != carrying.status_code:
            opened.add(rule.rule)
            assert mark_of(app, rule.endpoint) == "token"
    assert opened == {"/api/v1/door", "/api/v1/door/guests", "/api/v1/door/counts"}


def test_description_is_open_and_names_every_address(app: Flask, client: Client) -> None:
    told = client.get("/api/v1/openapi.json").json
    assert told["openapi"] == "3.1.0"
    served = {
        rule.rule
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/") and not rule.rule.endswith("openapi.json")
    }
    assert set(told["paths"]) == served


def test_description_tells_what_is_answered(client: Client, event: Event, gate: Gate, now: datetime) -> None:
    """Each answer has exactly the properties that its shape names."""
    told = client.get("/api/v1/openapi.json").json["components"]["schemas"]
    make_badge(make_accepted(event, "Ada Example"))
    upload = {
        "sent_at": now.isoformat(),
        "scans": [{"id": "a", "code": "x", "checkpoint": "Main", "scanned_at": now.isoformat()}],
    }
    answers = {
        "Station": client.get("/api/v1/door", headers=gate.headers).json,
        "Guests": client.get("/api/v1/door/guests?q=ada", headers=gate.headers).json,
        "Counts": client.get("/api/v1/door/counts", headers=gate.headers).json,
        "Verdicts": client.post("/api/v1/scans", json=upload, headers=gate.headers).json,
        "Error": client.get("/api/v1/door").json,
    }
    for name, answer in answers.items():
        _fits(told, told[name], answer, name)


def _fits(told: dict[str, Any], shape: dict[str, Any], value: Any, place: str) -> None:
    if "$ref" in shape:
        shape = told[shape["$ref"].rsplit("/", 1)[1]]
    kinds = shape.get("type")
    if "anyOf" in shape:
        assert value is None or shape["anyOf"][0]["$ref"], place
    elif kinds == "object" and "properties" in shape:
        assert set(value) == set(shape["properties"]), place
        for name, inner in shape["properties"].items():
            _fits(told, inner, value[name], f"{place}.{name}")
    elif kinds == "array":
        assert isinstance(value, list), place
        for item in value:
            _fits(told, shape["items"], item, place)
    elif "enum" in shape:
        assert value in shape["enum"], place
