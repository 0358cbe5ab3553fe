"""Closed lists about events."""

from enum import StrEnum


class EventKind(StrEnum):
    """What kind of occasion it is."""

    SUMMIT = "summit"
    SIGNING = "signing"
    VISIT = "visit"


class EventState(StrEnum):
    """draft → published → closed; cancelled from draft or published."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CANCELLED = "cancelled"
    CLOSED = "closed"


class Visibility(StrEnum):
    """Who may read a published event: everyone, whoever has the address, or invited guests only."""

    PUBLIC = "public"
    UNLISTED = "unlisted"
    INVITATION = "invitation"


class Pattern(StrEnum):
    """The pattern that tells a badge category apart where colour cannot."""

    PLAIN = "plain"
    STRIPES = "stripes"
    DOTS = "dots"
    GRID = "grid"
    WAVES = "waves"
    DIAGONAL = "diagonal"
