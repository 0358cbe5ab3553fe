"""Reading what is uploaded: JSON in, checked values out, every fault named by its place.

Written by hand, because a thousand scans must be checked in a few milliseconds; `scans.py` describes the
same shape for readers of the OpenAPI document, and a test holds the two together.
"""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar

from eventsapp.core.errors import Invalid
from eventsapp.core.text import N_
from eventsapp.door.attempts import Attempt
from eventsapp.door.enums import Direction, Method

MOST_SCANS = 1_000
LONGEST_CODE = 4_296  # what the largest QR symbol holds
LONGEST_CHECKPOINT = 120
ID_PATTERN = r"^[A-Za-z0-9._:-]{1,40}$"
EARLIEST, LATEST = 1970, 2199  # years; a clock that lost its battery says 1970

_ID = re.compile(ID_PATTERN)
Choice = TypeVar("Choice", bound=StrEnum)


class MalformedError(Exception):
    """The body is not JSON at all."""


def parse(data: bytes) -> Any:
    """The JSON value of a body. Raises `MalformedError` for anything that is none, or nested past reason."""
    try:
        return json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise MalformedError from error


def upload(value: Any) -> tuple[datetime, list[Attempt]]:
    """When the upload was sent, by the device's clock, and its attempts. Refuses (`Invalid`) at the place."""
    if not isinstance(value, dict):
        raise Invalid(N_("A JSON object is expected here."), field="body")
    sent_at = _instant(value, "sent_at", "sent_at")
    scans = value.get("scans")
    if not isinstance(scans, list) or not 1 <= len(scans) <= MOST_SCANS:
        raise Invalid(N_("Between 1 and %(most)s scans are expected here."), field="scans", most=MOST_SCANS)
    return sent_at, [_attempt(scan, f"scans.{index}.") for index, scan in enumerate(scans)]


def _attempt(scan: Any, place: str) -> Attempt:
    if not isinstance(scan, dict):
        raise Invalid(N_("A JSON object is expected here."), field=place[:-1])
    identifier = scan.get("id")
    if not isinstance(identifier, str) or not _ID.fullmatch(identifier):
        raise Invalid(
            N_("An id has 1 to 40 letters, digits, dots, colons, dashes or underscores."), field=place + "id"
        )
    return Attempt(
        identifier,
        _text(scan, "code", place, LONGEST_CODE),
        _text(scan, "checkpoint", place, LONGEST_CHECKPOINT),
        _choice(scan, "direction", place, _DIRECTIONS, Direction.IN),
        _instant(scan, "scanned_at", place + "scanned_at"),
        _choice(scan, "method", place, _METHODS, Method.CAMERA),
        _truth(scan, "offline", place),
    )


def _text(scan: Mapping[str, Any], name: str, place: str, limit: int) -> str:
    value = scan.get(name)
    if not isinstance(value, str) or len(value) > limit:
        raise Invalid(
            N_("A text of at most %(limit)s characters is expected here."), field=place + name, limit=limit
        )
    return value


_DIRECTIONS: Mapping[str, Direction] = {direction.value: direction for direction in Direction}
_METHODS: Mapping[str, Method] = {method.value: method for method in Method}


def _choice(
    scan: Mapping[str, Any], name: str, place: str, choices: Mapping[str, Choice], usual: Choice
) -> Choice:
    value = scan.get(name, usual.value)
    found = choices.get(value) if isinstance(value, str) else None
    if found is None:
        known = ", ".join(choices)
        raise Invalid(N_("One of these is expected here: %(known)s."), field=place + name, known=known)
    return found


def _truth(scan: Mapping[str, Any], name: str, place: str) -> bool:
    value = scan.get(name, False)
    if not isinstance(value, bool):
        raise Invalid(N_("true or false is expected here."), field=place + name)
    return value


def _instant(holder: Mapping[str, Any], name: str, place: str) -> datetime:
    value = holder.get(name)
    if isinstance(value, str) and len(value) <= 40:
        try:
            instant = datetime.fromisoformat(value)
            if instant.tzinfo is not None and EARLIEST <= instant.year <= LATEST:
                return instant.astimezone(UTC)
        except (ValueError, OverflowError):
            pass
    raise Invalid(
        N_("A time with its zone is expected here, such as 2026-06-02T09:30:00+08:00."), field=place
    )
