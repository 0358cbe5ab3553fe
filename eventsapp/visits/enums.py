"""Closed lists about visits."""

from enum import StrEnum


class VisitCategory(StrEnum):
    """What a visit is; entitlements hang on it."""

    STATE = "state"
    OFFICIAL = "official"
    WORKING = "working"
    STUDY = "study"
    COURTESY = "courtesy"
    TRANSIT = "transit"
    PRIVATE = "private"


class MemberFunction(StrEnum):
    """What a member does in a delegation."""

    PRINCIPAL = "principal"
    OFFICIAL = "official"
    ADVISER = "adviser"
    SPOUSE = "spouse"
    SECURITY = "security"
    INTERPRETER = "interpreter"
    MEDIA = "media"
    ADVANCE = "advance"
    AIDE = "aide"
