"""What still stands in the way of a signing, and what is worth a look before it."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from eventsapp.ceremonies.models import Instrument, Party, Signatory


class Lack(StrEnum):
    """Something that is missing."""

    PARTIES = "parties"
    SIGNATORY = "signatory"
    AUTHORITY = "authority"
    UNVERIFIED = "unverified"
    STYLE_APPROVAL = "style-approval"
    LANGUAGES = "languages"
    ORIGINALS = "originals"
    ONE_EACH = "one-each"


HINDERING = frozenset({Lack.PARTIES, Lack.SIGNATORY, Lack.AUTHORITY})
"""Without these nobody can say who was bound; the rest is good order."""


@dataclass(frozen=True)
class Point:
    """One thing that is missing, and whose."""

    lack: Lack
    party: Party | None = None
    signatory: Signatory | None = None

    @property
    def hinders(self) -> bool:
        """Whether the instrument cannot be recorded as signed while this is missing."""
        return self.lack in HINDERING


def points(instrument: Instrument) -> list[Point]:
    """Everything that is missing, hindrances first."""
    return sorted(_found(instrument), key=lambda point: not point.hinders)


def _found(instrument: Instrument) -> Iterator[Point]:
    if len(instrument.parties) < 2:
        yield Point(Lack.PARTIES)
    for party in instrument.parties:
        yield from _of_party(party)
    if instrument.languages is None:
        yield Point(Lack.LANGUAGES)
    if instrument.originals is None:
        yield Point(Lack.ORIGINALS)
    elif instrument.originals < len(instrument.parties):
        yield Point(Lack.ONE_EACH)


def _of_party(party: Party) -> Iterator[Point]:
    if not party.signatories:
        yield Point(Lack.SIGNATORY, party)
    if not party.style_approval:
        yield Point(Lack.STYLE_APPROVAL, party)
    for signatory in party.signatories:
        if signatory.authority is None:
            yield Point(Lack.AUTHORITY, party, signatory)
        elif signatory.authority_verified_at is None:
            yield Point(Lack.UNVERIFIED, party, signatory)
