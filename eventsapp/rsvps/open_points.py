"""What a guest was to do or to stand for that nobody inherits who comes in their place.

Rank, a part in the programme, a signature: each is the organiser's to give anew. A point is open for as long
as it is still recorded of the guest who does not come.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload

from eventsapp.ceremonies.models import Instrument, Party, Signatory, Witness
from eventsapp.core.db import LanguageMap, db
from eventsapp.core.text import N_
from eventsapp.events.models import Event
from eventsapp.programme.enums import ItemState, PartRole
from eventsapp.programme.models import Participation, ProgrammeItem
from eventsapp.rsvps.deciding import Line, describe
from eventsapp.rsvps.enums import ProposalKind
from eventsapp.rsvps.models import Guest, Proposal
from eventsapp.visits.models import Delegation, Member


class PointKind(StrEnum):
    """What is not inherited."""

    HEAD = "head"  # leads a delegation
    MEMBER = "member"  # stands in a delegation, at a place
    PART = "part"  # of an item of the programme
    SIGNATORY = "signatory"
    WITNESS = "witness"


@dataclass(frozen=True)
class OpenPoint:
    """One thing that is open, and what it is `of`: `part` in an item, `place` in a delegation from 1."""

    kind: PointKind
    of: LanguageMap
    part: PartRole | None = None
    place: int | None = None


def open_points(guest: Guest) -> list[OpenPoint]:
    """What is recorded of this guest in their event and the events inside it (four queries)."""
    inside = select(Event.id).where(or_(Event.id == guest.event_id, Event.parent_id == guest.event_id))
    return [
        *_ranks(guest.person_id, inside),
        *_parts(guest.person_id, inside),
        *_signatures(guest.person_id, inside),
    ]


def _ranks(person_id: int, inside: Select[int]) -> list[OpenPoint]:
    members = db.session.scalars(
        select(Member)
        .join(Member.delegation)
        .where(Member.person_id == person_id, Delegation.event_id.in_(inside))
        .order_by(Delegation.position, Delegation.id)
        .options(joinedload(Member.delegation))
    )
    return [
        OpenPoint(
            PointKind.HEAD if member.is_head else PointKind.MEMBER,
            member.delegation.names,
            place=member.position + 1,
        )
        for member in members
    ]


def _parts(person_id: int, inside: Select[int]) -> list[OpenPoint]:
    parts: Sequence[Participation] = db.session.scalars(
        select(Participation)
        .join(Participation.item)
        .where(
            Participation.person_id == person_id,
            ProgrammeItem.event_id.in_(inside),
            ProgrammeItem.state != ItemState.CANCELLED,
        )
        .order_by(ProgrammeItem.starts_at, ProgrammeItem.id)
        .options(joinedload(Participation.item))
    ).all()
    return [OpenPoint(PointKind.PART, part.item.title, part=part.role) for part in parts]


def _signatures(person_id: int, inside: Select[int]) -> list[OpenPoint]:
    signed = db.session.scalars(
        select(Instrument.title)
        .join(Party, Party.instrument_id == Instrument.id)
        .join(Signatory, Signatory.party_id == Party.id)
        .where(Signatory.person_id == person_id, Instrument.event_id.in_(inside))
        .order_by(Instrument.id)
    )
    witnessed = db.session.scalars(
        select(Instrument.title)
        .join(Witness, Witness.instrument_id == Instrument.id)
        .where(Witness.person_id == person_id, Instrument.event_id.in_(inside))
        .order_by(Instrument.id)
    )
    return [
        *(OpenPoint(PointKind.SIGNATORY, title) for title in signed),
        *(OpenPoint(PointKind.WITNESS, title) for title in witnessed),
    ]


_LABELS = {
    PointKind.HEAD: N_("Head of the delegation"),
    PointKind.MEMBER: N_("Member of the delegation"),
    PointKind.SIGNATORY: N_("Was to sign"),
    PointKind.WITNESS: N_("Was to witness"),
}


def substitute_lines(proposal: Proposal) -> Iterator[Line]:
    """What would change if somebody else came: who, and what nobody inherits."""
    wanted = proposal.wanted
    named = [wanted["name"], wanted["title"], wanted["organisation"]]
    yield Line(N_("Comes in their place"), after=", ".join(word for word in named if word))
    if wanted["email"]:
        yield Line(N_("Mail address"), after=wanted["email"], is_detail=True)
    for point in open_points(proposal.guest):
        if point.part is not None:
            yield Line(point.of, before=point.part)
        else:
            yield Line(_LABELS[point.kind], before=point.of)


def init() -> None:
    """Say how a proposal reads that somebody else comes."""
    describe(ProposalKind.SUBSTITUTE, substitute_lines)
