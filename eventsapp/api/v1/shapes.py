"""The shapes of the API, as its OpenAPI document tells them (JSON Schema 2020-12)."""

from http import HTTPStatus
from typing import Any

from eventsapp.api.v1 import bodies
from eventsapp.door.enums import Cause, Direction, Method, Outcome
from eventsapp.rsvps.enums import LET_IN, GuestState

Shape = dict[str, Any]

_RETRY = {"Retry-After": {"description": "Seconds.", "schema": {"type": "string"}}}
_ASK = {"WWW-Authenticate": {"schema": {"type": "string"}}}


def _object(*optional: str, **properties: Shape) -> Shape:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "required": required, "properties": properties}


def _text(**more: Any) -> Shape:
    return {"type": "string", **more}


def _list(of: Shape, **more: Any) -> Shape:
    return {"type": "array", "items": of, **more}


def _maybe(shape: Shape) -> Shape:
    if "$ref" in shape:
        return {"anyOf": [shape, {"type": "null"}]}
    wide = {**shape, "type": [shape["type"], "null"]}
    return {**wide, "enum": [*shape["enum"], None]} if "enum" in shape else wide


def _see(name: str) -> Shape:
    return {"$ref": f"#/components/schemas/{name}"}


_COUNT: Shape = {"type": "integer", "minimum": 0}
_TIME = _text(format="date-time", description="With its zone.")
_TEXTS: Shape = {
    "type": "object",
    "additionalProperties": {"type": "string"},
    "description": "A text in several languages, by BCP 47 tag.",
}
STANDINGS = ["expected", "no_badge", "suspended", "revoked"] + [
    state.value for state in GuestState if state not in LET_IN
]

SCHEMAS: dict[str, Shape] = {
    "Upload": _object(
        sent_at={**_TIME, "description": "The device's clock as it sends; corrects the scans' times."},
        scans=_list(_see("Attempt"), minItems=1, maxItems=bodies.MOST_SCANS),
    ),
    "Attempt": _object(
        "direction",
        "method",
        "offline",
        id=_text(
            pattern=bodies.ID_PATTERN,
            description="Made by the device, new for each attempt. Sent again, it gets the same answer.",
        ),
        code=_text(
            maxLength=bodies.LONGEST_CODE,
            description="Whatever was read or typed: a badge's code or short code.",
        ),
        checkpoint=_text(maxLength=bodies.LONGEST_CHECKPOINT, description="The checkpoint's code or name."),
        direction=_text(enum=[member.value for member in Direction], default="in"),
        scanned_at={**_TIME, "description": "The device's clock."},
        method=_text(enum=[member.value for member in Method], default="camera"),
        offline={"type": "boolean", "default": False},
    ),
    "Verdicts": _object(
        received_at=_TIME,
        clock_drift_ms={
            "type": "integer",
            "description": "How far the device's clock is behind the server's.",
        },
        scans=_list(_see("Verdict")),
    ),
    "Verdict": _object(
        id=_text(),
        outcome=_text(enum=[member.value for member in Outcome]),
        cause={
            **_maybe(_text(enum=[member.value for member in Cause])),
            "description": "Why it was refused.",
        },
        at={**_TIME, "description": "When it was scanned, by the server's clock."},
        holder=_maybe(_see("Holder")),
        first={**_maybe(_see("FirstAdmission")), "description": "Who let the holder in before."},
        opens_at=_maybe(_TIME),
        closed_at=_maybe(_TIME),
        allowed_at=_list(_text(), description="Checkpoints that this badge opens."),
    ),
    "Holder": _object(
        name=_text(),
        language=_text(description="BCP 47, may be empty."),
        short_code=_text(),
        category=_see("Category"),
    ),
    "Category": _object(names=_TEXTS, letter=_text(), colour=_text(pattern="^#[0-9a-fA-F]{6}$")),
    "FirstAdmission": _object(checkpoint=_text(), device=_text(), at=_TIME),
    "Guest": _object(
        name=_text(),
        language=_text(),
        short_code=_text(description="Empty without a badge."),
        category=_see("Category"),
        standing=_text(enum=STANDINGS, description="`expected`, or why no door admits the guest."),
    ),
    "Guests": _object(guests=_list(_see("Guest"))),
    "Station": _object(
        device=_text(),
        event=_object(slug=_text(), title=_TEXTS, timezone=_text(), starts_at=_TIME, ends_at=_TIME),
        checkpoints=_list(_see("Checkpoint")),
        keys={
            "type": "object",
            "additionalProperties": {"type": "string"},
            "description": "Public badge keys (Ed25519, 64 hexadecimal digits) by key id.",
        },
        server_time=_TIME,
    ),
    "Checkpoint": _object(
        code=_text(),
        name=_text(),
        area=_text(),
        opens_at=_maybe(_TIME),
        closes_at=_maybe(_TIME),
        capacity=_maybe(_COUNT),
    ),
    "Counts": _object(
        expected={**_COUNT, "description": "Guests who accepted."},
        checkpoints=_list(
            _object(
                code=_text(),
                name=_text(),
                area=_text(),
                admitted=_COUNT,
                already_in=_COUNT,
                left=_COUNT,
                refused=_COUNT,
            )
        ),
        areas=_list(_object(area=_text(), inside=_COUNT, entered=_COUNT, capacity=_maybe(_COUNT))),
    ),
}


def body(name: str) -> Shape:
    """A JSON body of that shape."""
    return {"required": True, "content": {"application/json": {"schema": _see(name)}}}


def answers(name: str, *refusals: int) -> Shape:
    """A good answer of that shape, and the refusals that may come instead."""
    good = {"description": "Done.", "content": {"application/json": {"schema": _see(name)}}}
    return {"200": good, **{str(status): _refusal(status) for status in refusals}}


def _refusal(status: int) -> Shape:
    headers = {401: _ASK, 503: _RETRY}.get(status)
    told = {
        "description": HTTPStatus(status).phrase + ".",
        "content": {"application/json": {"schema": _see("Error")}},
    }
    return {**told, "headers": headers} if headers else told
