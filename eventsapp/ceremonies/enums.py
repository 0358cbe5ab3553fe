"""Closed lists about instruments."""

from enum import StrEnum


class InstrumentKind(StrEnum):
    """What the parties call it; what it is follows from wording and intention, not from this."""

    TREATY = "treaty"
    AGREEMENT = "agreement"
    MEMORANDUM_OF_UNDERSTANDING = "memorandum-of-understanding"
    MEMORANDUM_OF_COOPERATION = "memorandum-of-cooperation"
    LETTER_OF_INTENT = "letter-of-intent"
    JOINT_DECLARATION = "joint-declaration"
    SISTER_CITY_AGREEMENT = "sister-city-agreement"
    FRIENDSHIP_CITY_AGREEMENT = "friendship-city-agreement"
    EXCHANGE_OF_LETTERS = "exchange-of-letters"
    AGREED_MINUTES = "agreed-minutes"
    ANNEX = "annex"


class InstrumentStatus(StrEnum):
    """The life of an instrument."""

    IDEA = "idea"
    NEGOTIATING = "negotiating"
    TEXT_AGREED = "text-agreed"
    TRANSLATED = "translated"
    CLEARED = "cleared"
    INITIALLED = "initialled"
    PRINTED = "printed"
    SIGNED = "signed"
    IN_EFFECT = "in-effect"
    AMENDED = "amended"
    RENEWED = "renewed"
    EXPIRED = "expired"
    TERMINATED = "terminated"
    SUPERSEDED = "superseded"
    DORMANT = "dormant"


class AuthorityBasis(StrEnum):
    """By what a signatory may bind the party."""

    EX_OFFICIO = "ex-officio"
    FULL_POWERS = "full-powers"
    COUNCIL_RESOLUTION = "council-resolution"
    MAYORAL_DELEGATION = "mayoral-delegation"
    MINISTRY_CLEARANCE = "ministry-clearance"


class CommitmentStatus(StrEnum):
    """Where a follow-up stands."""

    OPEN = "open"
    DONE = "done"
    LATE = "late"
    DROPPED = "dropped"
