"""R12 for forms: malformed answers to an invitation are refused in words, quickly, and break nothing."""

import gc
import io
import json
import random
import time
import warnings
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from eventsapp.core.config import Settings
from eventsapp.core.db import db
from eventsapp.core.tokens import Purpose
from eventsapp.questions.models import Question
from eventsapp.rsvps import links
from eventsapp.rsvps.models import Guest, GuestAnswer, Upload
from tests.factories.events import make_category, make_event
from tests.factories.questions import codes, make_question, picture
from tests.factories.rsvps import make_invited
from tests.support.clients import Client

pytestmark = pytest.mark.usefixtures("db_session", "clock")


@pytest.fixture(autouse=True)
def collected() -> Iterator[None]:
    """A body that breaks off leaves its temporary file to the collector, who would tell the next test."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        yield
        gc.collect()


LIMITS: dict[str, dict[str, Any]] = {
    "text": {"longest": "40"},
    "paragraph": {"longest": "100"},
    "number": {"least": "0", "most": "10"},
    "date": {"least": "2026-01-01", "most": "2026-12-31"},
    "time": {"least": "08:00", "most": "20:00"},
    "many-of": {"most": "1"},
}
KINDS = ("text", "paragraph", "number", "yes-no", "one-of", "many-of", "date", "time", "country", "phone",
         "email", "person")  # fmt: skip
# What no kind takes, and what each of them does not.
NOWHERE = [
    "\x00", "a\x00b", "\u202eevil", "\ufeff", "\x1b[2J", "\u2028", "x" * 20_000,
    "\x7f" * 10, "\u2066x", "\uffff",
]  # fmt: skip
NOT_SHORT = [
    "9" * 20, "-1", "1e999", "NaN", "Infinity", "0x10", "١٢٣", "null", "true", "[]", "{}", '{"a":' * 50,
    "../../etc/passwd",
    "<script>alert(1)</script>", "'; DROP TABLE guest; --", "%00", "%s%n", "{{7*7}}", "2026-13-45",
    "24:61", "ZZ", "tw",
    "+", "+999999", "@", "a@b@c", "=cmd|' /C calc'!A0", "🏳️‍🌈" * 9, "on", "yes ", "Yes", "1; 2",
]  # fmt: skip
SURROGATES = ["\ud800", "\udfff\udfff"]  # a text takes them as the marks that stand for what cannot be read
TEXTS = {"text", "paragraph", "person"}


@pytest.fixture
def asked(db_session: object) -> tuple[Guest, dict[str, Question]]:
    """A guest whom an event asks one question of every kind, each required."""
    event = make_event(published=True)
    make_category(event)
    made = {
        kind: make_question(
            event, kind, kind, required=True, limits=LIMITS.get(kind, {}),
            choices=["One", "Two"] if kind.endswith("-of") else (),
        )
        for kind in KINDS
    }  # fmt: skip
    for kind in ("file", "photo"):
        made[kind] = make_question(event, kind, kind)
    guest = make_invited(event)
    db.session.commit()
    return guest, made


def sound(made: dict[str, Question]) -> dict[str, Any]:
    """A form that is right."""
    values = {
        "text": "CI 62", "paragraph": "two\nlines", "number": "3", "yes-no": "no", "date": "2026-06-02",
        "time": "18:30", "country": "UA", "phone": "+380442345678", "email": "ada@example.org",
        "one-of": codes(made["one-of"])["One"], "many-of": codes(made["many-of"])["Two"],
    }  # fmt: skip
    form = {f"q_{made[kind].code}": value for kind, value in values.items()}
    return {"answer": "accepted", f"q_{made['person'].code}-name": "Ada", **form}


def field(made: dict[str, Question], kind: str) -> str:
    return f"q_{made[kind].code}" + ("-name" if kind == "person" else "")


def malformed() -> Iterator[tuple[str, str]]:
    """(kind, what was sent for it), each of them wrong."""
    yield from product(KINDS, NOWHERE)
    yield from product([kind for kind in KINDS if kind not in TEXTS], SURROGATES)
    yield from product([kind for kind in KINDS if kind not in TEXTS], NOT_SHORT)


# Digits of every script are figures; "-1" is below its limit; phones and mails keep their own rules.
RIGHT = {("number", "١٢٣"), ("date", ""), ("email", ""), ("paragraph", "\u2028")}


def post(app: Flask, address: str, **request: Any) -> int:
    began = time.perf_counter()
    answered = app.test_client().post(address, **request)
    assert time.perf_counter() - began < 5
    answered.close()
    return answered.status_code


def test_sound_form_is_taken(app: Flask, asked: tuple[Guest, dict[str, Question]], client: Client) -> None:
    guest, made = asked
    settings: Settings = app.extensions["settings"]
    assert client.post(links.path(settings, guest, Purpose.INVITATION), data=sound(made)).status_code == 303
    assert len(db.session.scalars(select(GuestAnswer)).all()) == len(KINDS)


@pytest.mark.slow
def test_every_malformed_value_is_refused(app: Flask, asked: tuple[Guest, dict[str, Question]]) -> None:
    guest, made = asked
    address = links.path(app.extensions["settings"], guest, Purpose.INVITATION)
    form, tried = sound(made), 0
    for kind, value in malformed():
        sent = {**form, field(made, kind): value}
        status = post(app, address, data={key: _encoded(each) for key, each in sent.items()})
        assert status == 422 or (kind, value) in RIGHT, (kind, value, status)
        tried += 1
    assert tried > 350
    assert db.session.scalars(select(GuestAnswer)).all() == []


def _encoded(value: Any) -> Any:
    """As a hostile client writes it: lone surrogates as three bytes, which are no UTF-8."""
    return value.encode("utf-8", "surrogatepass") if isinstance(value, str) else value


BODIES: list[tuple[str, bytes]] = [
    ("application/json", json.dumps({"answer": "accepted"}).encode()),
    ("application/json", b"[" * 5000),
    ("text/plain", b"answer=accepted"),
    ("", b"answer=accepted"),
    ("application/x-www-form-urlencoded", b"\xff\xfe\x00answer"),
    ("application/x-www-form-urlencoded", b"&" * 10_000),
    ("application/x-www-form-urlencoded", b"answer" * 2000),
    ("application/x-www-form-urlencoded", b"answer=%ZZ%00%D8%00"),
    ("multipart/form-data", b"no boundary"),
    ("multipart/form-data; boundary=", b"--\r\n"),
    ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="answer"\r\n\r\n'),
    ("multipart/form-data; boundary=x", b"--x\r\n\r\n\r\n--x--"),
    ("multipart/form-data; boundary=x", b"--x\r\n" * 6000 + b"--x--"),
    ("multipart/form-data; boundary=" + "x" * 5000, b"--x--"),
    ("multipart/form-data; boundary=\xff", b"--x--"),
]  # fmt: skip


@pytest.mark.parametrize(("content_type", "body"), BODIES)
def test_body_that_is_no_form_is_refused(
    app: Flask, asked: tuple[Guest, dict[str, Question]], content_type: str, body: bytes
) -> None:
    address = links.path(app.extensions["settings"], asked[0], Purpose.INVITATION)
    assert 400 <= post(app, address, data=body, content_type=content_type) < 500


@pytest.mark.slow
def test_bytes_turned_at_random_never_break_it(app: Flask, asked: tuple[Guest, dict[str, Question]]) -> None:
    guest, made = asked
    address = links.path(app.extensions["settings"], guest, Purpose.INVITATION)
    chance = random.Random(12)  # noqa: S311 -- the same every time
    whole = _multipart(made)
    for _ in range(150):
        body = bytearray(whole)
        for _ in range(chance.randint(1, 30)):
            body[chance.randrange(len(body))] = chance.randrange(256)
        cut = bytes(body[: chance.randrange(len(body))]) if chance.random() < 0.5 else bytes(body)
        status = post(app, address, data=cut, content_type="multipart/form-data; boundary=edge")
        assert status == 303 or 400 <= status < 500


def _multipart(made: dict[str, Question]) -> bytes:
    parts = [
        f'--edge\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in sound(made).items()
    ]
    head = f'--edge\r\nContent-Disposition: form-data; name="q_{made["photo"].code}"; filename="me.png"\r\n'
    return (
        b"".join(parts) + head.encode() + b"Content-Type: image/png\r\n\r\n" + picture() + b"\r\n--edge--\r\n"
    )


FILES = {
    "nothing": b"",
    "SVG": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "HTML": b"<!doctype html><script>alert(1)</script>",
    "GIF": b"GIF89a" + bytes(50),
    "half a picture": picture()[:50],
    "a broken PDF": b"%PDF-1.7 and nothing",
    "an archive": b"PK\x03\x04" + bytes(100),
    "too large": bytes(5 * 1024 * 1024 + 1),
}


@pytest.mark.parametrize("kind", ["file", "photo"])
@pytest.mark.parametrize("content", FILES.values(), ids=FILES)
def test_hostile_file_is_refused_and_everything_else_kept(
    app: Flask, client: Client, asked: tuple[Guest, dict[str, Question]], kind: str, content: bytes
) -> None:
    guest, made = asked
    address = links.path(app.extensions["settings"], guest, Purpose.INVITATION)
    sent = {**sound(made), f"q_{made[kind].code}": (io.BytesIO(content), "x.png")}
    answered = client.post(address, data=sent, content_type="multipart/form-data")
    assert answered.status_code == 422
    assert answered.text.count('class="field-error"') == 1
    assert 'value="CI 62"' in answered.text
    assert db.session.scalars(select(Upload)).all() == []


def test_more_than_a_form_may_hold_is_refused(app: Flask, asked: tuple[Guest, dict[str, Question]]) -> None:
    guest, made = asked
    address = links.path(app.extensions["settings"], guest, Purpose.INVITATION)
    sent = {f"q_{made['file'].code}": (io.BytesIO(bytes(30 * 1024 * 1024)), "x.pdf")}
    assert post(app, address, data=sent, content_type="multipart/form-data") == 413


def test_photo_larger_than_other_forms_may_be_is_taken(
    app: Flask, asked: tuple[Guest, dict[str, Question]]
) -> None:
    guest, made = asked
    noise, written = random.Random(1).randbytes(1200 * 1200 * 3), io.BytesIO()  # noqa: S311 -- a picture
    Image.frombytes("RGB", (1200, 1200), noise).save(written, "PNG")
    assert written.tell() > app.config["MAX_CONTENT_LENGTH"]
    written.seek(0)
    sent = {**sound(made), f"q_{made['photo'].code}": (written, "noise.png")}
    address = links.path(app.extensions["settings"], guest, Purpose.INVITATION)
    assert post(app, address, data=sent, content_type="multipart/form-data") == 303
