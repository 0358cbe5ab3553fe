"""Closed lists about people."""

from enum import StrEnum


class NameKind(StrEnum):
    """What a recorded name is for. `preferred` is how the bearer wishes to be named."""

    PREFERRED = "preferred"
    NATIVE = "native"
    BADGE = "badge"
    PASSPORT = "passport"
    TRANSCRIPTION = "transcription"
    VARIANT = "variant"  # another spelling met in documents


class OrganisationKind(StrEnum):
    """What an organisation is."""

    CITY = "city"
    MINISTRY = "ministry"
    COUNCIL = "council"
    OFFICE = "office"
    COMPANY = "company"
    ASSOCIATION = "association"
    MEDIA = "media"
    OTHER = "other"
