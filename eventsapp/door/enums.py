"""Closed lists about the door."""

from enum import StrEnum


class Direction(StrEnum):
    """Which way the holder goes."""

    IN = "in"
    OUT = "out"


class Outcome(StrEnum):
    """What the door says."""

    ADMITTED = "admitted"
    ALREADY_IN = "already_in"
    LEFT = "left"
    REFUSED = "refused"


class Cause(StrEnum):
    """Why a badge is refused; the nearest one to being let in is the one shown."""

    UNREADABLE = "unreadable"
    FORGED = "forged"
    UNKNOWN = "unknown"
    WRONG_EVENT = "wrong_event"
    REVOKED = "revoked"
    REPLACED = "replaced"
    NOT_COMING = "not_coming"
    EVENT_CANCELLED = "event_cancelled"
    NOT_YET_VALID = "not_yet_valid"
    EXPIRED = "expired"
    ZONE_NOT_GRANTED = "zone_not_granted"
    NOT_YET_OPEN = "not_yet_open"
    CLOSED = "closed"
    FULL = "full"
    NOT_INSIDE = "not_inside"
    WRONG_CHECKPOINT = "wrong_checkpoint"


class Method(StrEnum):
    """How the badge was read."""

    CAMERA = "camera"
    WEDGE = "wedge"
    TYPED = "typed"
    SEARCH = "search"
