"""Closed lists about badges."""

from enum import StrEnum


class BadgeState(StrEnum):
    """A suspended badge belongs to a guest who no longer comes; it wakes if they accept again."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
