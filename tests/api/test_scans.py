"""`POST /api/v1/scans`: the answers, who may send, and whatever malformed thing may come."""

import json
import os
import random
import subprocess
import sys
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from eventsapp.access.identity import SYSTEM
from eventsapp.badges.keys import BadgeKeys
from eventsapp.core.db import db
from eventsapp.core.tokens import Purpose, make_secret
from eventsapp.devices import service as devices
from eventsapp.devices.models import Device
from eventsapp.door.models import Admission, Scan
from tests.factories.door import Gate, code_of, make_badge, make_gate
from tests.factories.events import make_category, make_event
from tests.factories.rsvps import make_accepted
from tests.support.clients import Client
from tests.support.clocks import Clock
from tests.support.databases import Database

URL = "/api/v1/scans"


class Caller:
    """A paired device with a badge to show."""

    def __init__(self, database: Database, client: Client, now: datetime) -> None:
        self.client, self.now = client, now
        BadgeKeys(database.settings.instance).current()
        self.event = make_event(published=True)
        make_category(self.event)
        db.session.refresh(self.event)
        badge = make_badge(make_accepted(self.event, "李四川"))
        self.code = code_of(badge, database.settings)
        self.gate: Gate = make_gate(self.event)
        self.checkpoint = self.gate.checkpoints[0].code
        db.session.commit()

    def attempt(self, **given: Any) -> dict[str, Any]:
        usual = {
            "id": "scan-1",
            "code": self.code,
            "checkpoint": self.checkpoint,
            "direction": "in",
            "scanned_at": self.now.isoformat(),
        }
        return {name: value for name, value in {**usual, **given}.items() if value != "absent"}

    def body(self, *attempts: Any, **given: Any) -> dict[str, Any]:
        return {"sent_at": self.now.isoformat(), "scans": list(attempts) or [self.attempt()], **given}

    def send(self, body: Any, headers: dict[str, str] | None = None) -> Any:
        data = body if isinstance(body, bytes) else json.dumps(body)
        sent = self.gate.headers if headers is None else headers
        return self.client.post(URL, data=data, headers={"Content-Type": "application/json", **sent})


@pytest.fixture
def caller(database: Database, db_session: Any, client: Client, clock: Clock, now: datetime) -> Caller:
    return Caller(database, client, now)


def stored() -> int:
    db.session.rollback()
    return int(db.session.execute(select(func.count()).select_from(Scan)).scalar_one())


def refused(response: Any, status: int) -> dict[str, Any]:
    """The error of a refusal, which has one shape."""
    assert response.status_code == status, response.data
    error = response.json["error"]
    assert set(response.json) == {"error"}
    assert set(error) == {"code", "message", "fields"}
    return dict(error)


def test_badge_is_admitted_then_known(caller: Caller) -> None:
    first = caller.send(caller.body()).json
    assert first["clock_drift_ms"] == 0
    (verdict,) = first["scans"]
    assert (verdict["id"], verdict["outcome"], verdict["cause"]) == ("scan-1", "admitted", None)
    assert verdict["holder"]["name"] == "李四川"
    assert verdict["at"] == "2026-05-12T02:00:00Z"
    (again,) = caller.send(caller.body(caller.attempt(id="scan-2"))).json["scans"]
    assert again["outcome"] == "already_in"
    assert again["first"] == {"checkpoint": "Main", "device": "Gate A", "at": verdict["at"]}


def test_answers_come_in_the_order_sent(caller: Caller) -> None:
    ids = [f"n-{n}" for n in range(1000)]
    random.Random(1).shuffle(ids)  # noqa: S311 -- a repeatable order
    sent = caller.body(*(caller.attempt(id=i, code=f"noise {i}") for i in ids))
    assert [verdict["id"] for verdict in caller.send(sent).json["scans"]] == ids
    assert stored() == 1000


def test_checkpoint_may_be_named(caller: Caller) -> None:
    (verdict,) = caller.send(caller.body(caller.attempt(checkpoint="Main"))).json["scans"]
    assert verdict["outcome"] == "admitted"


def test_without_a_good_token_nothing_is_done(caller: Caller, now: datetime) -> None:
    for header in (
        {},
        {"Authorization": ""},
        {"Authorization": "Bearer "},
        {"Authorization": f"Basic {caller.gate.token}"},
        {"Authorization": f"Bearer {make_secret(Purpose.DEVICE)[0]}"},
        {"Authorization": f"Bearer {caller.gate.token}x"},
        {"Authorization": "Bearer " + "é" * 50},
        {"Authorization": "Bearer " + "A" * 100_000},
    ):
        response = caller.send(caller.body(), headers=header)
        assert refused(response, 401)["code"] == "unauthorized"
        assert response.headers["WWW-Authenticate"] == "Bearer"
    assert stored() == 0


def test_pairing_token_is_no_device_token(caller: Caller, now: datetime) -> None:
    link = devices.create_pairing(
        caller.event.id, [caller.gate.checkpoints[0].id], name="B", actor=SYSTEM, now=now
    )
    refused(caller.send(caller.body(), headers={"Authorization": f"Bearer {link.token}"}), 401)


def test_revoked_device_is_refused_at_once(caller: Caller, now: datetime) -> None:
    device = db.session.get(Device, caller.gate.identity.device_id)
    assert device is not None
    devices.revoke(device, actor=SYSTEM, now=now)
    refused(caller.send(caller.body()), 401)


REVOKING = """
from eventsapp import create_app
from eventsapp.access.identity import SYSTEM
from eventsapp.core import clock
from eventsapp.core.db import db, transaction
from eventsapp.devices import service
from eventsapp.devices.models import Device
with create_app().app_context(), transaction():
    service.revoke(db.session.scalars(db.select(Device)).one(), actor=SYSTEM, now=clock.now())
"""


def test_device_revoked_by_another_process_is_refused_at_once(caller: Caller, database: Database) -> None:
    assert caller.send(caller.body()).status_code == 200  # from now on the process remembers it
    subprocess.run((sys.executable, "-c", REVOKING), env={**os.environ, **database.environment}, check=True)
    refused(caller.send(caller.body(caller.attempt(id="scan-2"))), 401)
    assert stored() == 1


def test_last_call_of_a_device_is_noted_now_and_then(caller: Caller, clock: Clock) -> None:
    device = db.session.get(Device, caller.gate.identity.device_id)
    assert device is not None
    for minutes in (0, 2):
        clock.forward(minutes=minutes)
        caller.send(caller.body(caller.attempt(id=f"s{minutes}")))
        assert device.last_seen_at == clock.now


def test_clock_drift_is_told(caller: Caller) -> None:
    sent = (caller.now - timedelta(minutes=3)).isoformat()
    answer = caller.send(caller.body(caller.attempt(scanned_at=sent), sent_at=sent)).json
    assert answer["clock_drift_ms"] == 180_000
    assert answer["scans"][0]["at"] == "2026-05-12T02:00:00Z"


def test_wrong_method_says_which_is_right(caller: Caller) -> None:
    for method in ("get", "put", "delete", "patch"):
        response = getattr(caller.client, method)(URL, headers=caller.gate.headers)
        refused(response, 405)
        assert "POST" in response.headers["Allow"]


def test_fault_is_told_by_its_place(caller: Caller) -> None:
    sent = caller.body(caller.attempt(), caller.attempt(id="scan-2", direction="sideways"))
    error = refused(caller.send(sent), 422)
    assert list(error["fields"]) == ["scans.1.direction"]
    assert stored() == 0


WRONG: list[Any] = [
    None,
    True,
    0,
    -1,
    10**20,
    1.5,
    "",
    [],
    {},
    ["x"],
    {"a": 1},
    "\x00",
    "x" * 10_000,
    "\ud800",
]
TAKEN = {  # what is right or allowed by accident, a field at a time
    "code": [text for text in WRONG if isinstance(text, str) and len(text) < 4000],
    "checkpoint": [text for text in WRONG if isinstance(text, str) and len(text) < 100],
    "offline": [True],
}


@pytest.mark.parametrize(
    "field", ["id", "code", "checkpoint", "direction", "scanned_at", "method", "offline"]
)
def test_wrong_kind_of_value_is_refused_whole(caller: Caller, field: str) -> None:
    for value in WRONG:
        if value in TAKEN.get(field, []) and not (field == "offline" and value == 1 and value is not True):
            continue
        good = caller.attempt(id="good")
        response = caller.send(caller.body(good, caller.attempt(**{field: value})))
        assert list(refused(response, 422)["fields"]) == [f"scans.1.{field}"], value
    assert stored() == 0


@pytest.mark.parametrize("field", ["id", "code", "checkpoint", "scanned_at"])
def test_missing_value_is_refused(caller: Caller, field: str) -> None:
    error = refused(caller.send(caller.body(caller.attempt(**{field: "absent"}))), 422)
    assert list(error["fields"]) == [f"scans.0.{field}"]


@pytest.mark.parametrize(
    "time",
    ["2026-05-12", "2026-05-12T02:00:00", "yesterday", "0001-01-01T00:00:00+14:00",
     "9999-12-31T23:59:59-14:00",
     "2026-13-01T00:00:00Z", "1969-12-31T00:00:00Z", "２０２６-05-12T02:00:00Z", "2026-05-12T02:00:00+99:00"],
)  # fmt: skip
def test_time_without_sense_is_refused(caller: Caller, time: str) -> None:
    refused(caller.send(caller.body(sent_at=time)), 422)
    refused(caller.send(caller.body(caller.attempt(scanned_at=time))), 422)


def test_number_of_scans_is_bounded(caller: Caller) -> None:
    for scans in ([], [caller.attempt()] * 1001, {}, None, "x", 7):
        error = refused(caller.send(caller.body(scans=scans)), 422)
        assert list(error["fields"]) == ["scans"]


@pytest.mark.parametrize(
    "body", [b"", b"{", b"\xff\xfe", b"\x00" * 10_000, b"[" * 100_000, b'{"a":' * 50_000, b"nul"]
)
def test_what_is_not_json_is_refused(caller: Caller, body: bytes) -> None:
    refused(caller.send(body), 400)


@pytest.mark.parametrize("body", [b"null", b"[]", b"7", b'"x"', b"1" * 4000, b"NaN", b'{"sent_at": 1e999}'])
def test_json_of_another_shape_is_refused(caller: Caller, body: bytes) -> None:
    refused(caller.send(body), 422)


def test_noise_never_breaks_the_door(caller: Caller) -> None:
    noise = random.Random(7)  # noqa: S311 -- repeatable
    good = json.dumps(caller.body()).encode()
    for _ in range(300):
        data = bytearray(good)
        for _ in range(noise.randint(1, 8)):
            data[noise.randrange(len(data))] = noise.randrange(256)
        response = caller.send(bytes(data[: noise.randint(1, len(data))]))
        assert response.status_code in (200, 400, 422), (data, response.data)
    for _ in range(100):
        assert caller.send(noise.randbytes(10_240)).status_code == 400


def test_too_large_an_upload_is_refused(caller: Caller) -> None:
    refused(caller.send(b" " * (4 * 1024 * 1024 + 1)), 413)


def test_admission_is_stored_with_its_scan(caller: Caller) -> None:
    caller.send(caller.body())
    admission = db.session.scalars(select(Admission)).one()
    assert (admission.scan_id, admission.device_id) == ("scan-1", caller.gate.identity.device_id)
