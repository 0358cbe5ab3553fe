"""Closed lists about the programme."""

from enum import StrEnum


class ItemKind(StrEnum):
    """What an item is."""

    CEREMONY = "ceremony"
    PLENARY = "plenary"
    SESSION = "session"
    SEMINAR = "seminar"
    BILATERAL = "bilateral"
    SIGNING = "signing"
    COURTESY_CALL = "courtesy-call"
    SITE_VISIT = "site-visit"
    MEAL = "meal"
    RECEPTION = "reception"
    CULTURE = "culture"
    PRESS = "press"
    BRIEFING = "briefing"
    REHEARSAL = "rehearsal"
    ARRIVAL = "arrival"
    TRANSFER = "transfer"
    DEPARTURE = "departure"
    FREE_TIME = "free-time"


class ItemState(StrEnum):
    """A cancelled item stays in the programme and in calendars, marked so."""

    SCHEDULED = "scheduled"
    PROVISIONAL = "provisional"
    CANCELLED = "cancelled"


class Audience(StrEnum):
    """Who an item is for: all guests, the groups named, or the people named."""

    EVERYONE = "everyone"
    GROUPS = "groups"
    PEOPLE = "people"


class PartRole(StrEnum):
    """A person's part in an item."""

    SPEAKER = "speaker"
    MODERATOR = "moderator"
    HOST = "host"
    MC = "mc"
    INTERPRETER = "interpreter"
    LIAISON = "liaison"
    PARTICIPANT = "participant"
