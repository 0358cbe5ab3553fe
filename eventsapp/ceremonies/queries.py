"""Reading instruments, commitments and the order of proceedings."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, tuple_
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.strategy_options import _AbstractLoad

from eventsapp.ceremonies.enums import CommitmentStatus, InstrumentStatus
from eventsapp.ceremonies.models import Area, Commitment, Instrument, Party, Proceeding, Signatory, Witness
from eventsapp.core.db import db
from eventsapp.core.paging import Page, cut
from eventsapp.events.models import Event
from eventsapp.people.models import Affiliation, Organisation
from eventsapp.people.queries import matches

PAGE = 50
_UNSIGNED = date(9999, 12, 31)  # what is not signed yet stands before what was signed last


def proceedings(event: Event) -> Sequence[Proceeding]:
    """The steps of an event's order of proceedings, as they follow one another."""
    return db.session.scalars(
        select(Proceeding)
        .where(Proceeding.event_id == event.id)
        .order_by(Proceeding.offset_minutes, Proceeding.position, Proceeding.id)
    ).all()


def step_of(event: Event, code: str) -> Proceeding | None:
    """A step of an event's order of proceedings by its public code."""
    return db.session.scalar(
        select(Proceeding).where(Proceeding.event_id == event.id, Proceeding.code == code)
    )


def instrument_by_code(code: str) -> Instrument | None:
    """The instrument with that public code, with all that belongs to it."""
    return db.session.scalar(select(Instrument).where(Instrument.code == code).options(*_whole()))


def instruments_of(event: Event, *, public_only: bool = False) -> Sequence[Instrument]:
    """The instruments of an event with all that belongs to them, in the order of their entry."""
    query = select(Instrument).where(Instrument.event_id == event.id).order_by(Instrument.id)
    if public_only:
        query = query.where(Instrument.is_public)
    return db.session.scalars(query.options(*_whole())).all()


def _whole() -> tuple[_AbstractLoad, ...]:
    signatories = selectinload(Instrument.parties).selectinload(Party.signatories)
    witnesses = selectinload(Instrument.witnesses)
    commitments = selectinload(Instrument.commitments)
    return (
        joinedload(Instrument.event),
        selectinload(Instrument.parties).joinedload(Party.organisation),
        signatories.joinedload(Signatory.person),
        signatories.joinedload(Signatory.affiliation).joinedload(Affiliation.organisation),
        witnesses.joinedload(Witness.person),
        witnesses.joinedload(Witness.affiliation).joinedload(Affiliation.organisation),
        witnesses.joinedload(Witness.party),
        selectinload(Instrument.areas),
        commitments.joinedload(Commitment.giver),
        commitments.joinedload(Commitment.recipient),
        commitments.joinedload(Commitment.area),
    )


def signed_by(person_id: int) -> Sequence[Signatory]:
    """Where a person signs, with instrument and event."""
    return db.session.scalars(
        select(Signatory)
        .where(Signatory.person_id == person_id)
        .order_by(Signatory.id)
        .options(
            joinedload(Signatory.party).joinedload(Party.instrument).joinedload(Instrument.event),
        )
    ).all()


def witnessed_by(person_id: int) -> Sequence[Instrument]:
    """The instruments a person witnesses, with their events."""
    return db.session.scalars(
        select(Instrument)
        .where(Instrument.witnesses.any(Witness.person_id == person_id))
        .order_by(Instrument.id)
        .options(joinedload(Instrument.event))
    ).all()


def instrument_is_in(event_ids: Collection[int]) -> ColumnElement[bool]:
    """That an instrument belongs to one of these events or to none."""
    return or_(Instrument.event_id.in_(event_ids), Instrument.event_id.is_(None))


@dataclass(frozen=True)
class Wanted:
    """What a reader of the register asks for; None: all."""

    status: InstrumentStatus | None = None
    partner: Organisation | None = None


def register(
    event_ids: Collection[int], wanted: Wanted, after: str | None = None, size: int = PAGE
) -> Page[Instrument]:
    """A page of instruments of these events or of none, with parties and event.

    What is not signed comes first, then the latest signed; `after` is a cursor.
    """
    key = (func.coalesce(Instrument.signed_on, _UNSIGNED), Instrument.id)
    query = (
        select(Instrument)
        .where(instrument_is_in(event_ids))
        .order_by(*(column.desc() for column in key))
        .options(
            joinedload(Instrument.event), selectinload(Instrument.parties).joinedload(Party.organisation)
        )
    )
    if wanted.status:
        query = query.where(Instrument.status == wanted.status)
    if wanted.partner:
        query = query.where(Instrument.parties.any(Party.organisation_id == wanted.partner.id))
    last = db.session.execute(select(*key).where(Instrument.code == after)).first() if after else None
    if last:
        query = query.where(tuple_(*key) < tuple_(*last))
    rows = db.session.scalars(query.limit(size + 1)).all()
    return cut(rows, size, [row.code for row in rows])


def open_commitments(instrument_ids: Collection[int]) -> Mapping[int, int]:
    """How many commitments of each instrument are still to be done (one query)."""
    rows = db.session.execute(
        select(Commitment.instrument_id, func.count())
        .where(Commitment.instrument_id.in_(instrument_ids), Commitment.status.in_(_UNSETTLED))
        .group_by(Commitment.instrument_id)
    )
    return {instrument_id: count for instrument_id, count in rows if instrument_id is not None}


_UNSETTLED = (CommitmentStatus.OPEN, CommitmentStatus.LATE)


def partners(event_ids: Collection[int]) -> Sequence[Organisation]:
    """Organisations that are party to an instrument, or give or receive by a commitment, seen from here."""
    seen = select(Instrument.id).where(instrument_is_in(event_ids))
    of_parties = select(Party.organisation_id).where(Party.instrument_id.in_(seen))
    givers = select(Commitment.giver_id).where(commitment_is_in(event_ids))
    recipients = select(Commitment.recipient_id).where(commitment_is_in(event_ids))
    return db.session.scalars(
        select(Organisation)
        .where(
            or_(
                Organisation.id.in_(of_parties),
                Organisation.id.in_(givers),
                Organisation.id.in_(recipients),
            )
        )
        .order_by(Organisation.sort_key, Organisation.id)
    ).all()


def commitment_is_in(event_ids: Collection[int]) -> ColumnElement[bool]:
    """That a commitment's instrument, or else its event, is one of these or none."""
    of_instrument = Commitment.instrument.has(instrument_is_in(event_ids))
    of_event = or_(Commitment.event_id.in_(event_ids), Commitment.event_id.is_(None))
    return or_(of_instrument, and_(Commitment.instrument_id.is_(None), of_event))


@dataclass(frozen=True)
class Followed:
    """Which commitments a reader asks for; empty: all. `area` are words of an area in any language."""

    status: CommitmentStatus | None = None
    partner: Organisation | None = None
    area: str = ""
    instrument: Instrument | None = None


def commitments(
    event_ids: Collection[int],
    wanted: Followed,
    today: date,
    after: str | None = None,
    size: int = PAGE,
) -> Page[Commitment]:
    """A page of commitments, the earliest due first, those without a date last; `after` is a cursor."""
    key = (func.coalesce(Commitment.due_on, _UNSIGNED), Commitment.id)
    query = (
        select(Commitment)
        .where(commitment_is_in(event_ids), *_asked(wanted, today))
        .order_by(*key)
        .options(
            joinedload(Commitment.instrument),
            joinedload(Commitment.event),
            joinedload(Commitment.area),
            joinedload(Commitment.giver),
            joinedload(Commitment.recipient),
        )
    )
    last = db.session.execute(select(*key).where(Commitment.code == after)).first() if after else None
    if last:
        query = query.where(tuple_(*key) > tuple_(*last))
    rows = db.session.scalars(query.limit(size + 1)).all()
    return cut(rows, size, [row.code for row in rows])


def _asked(wanted: Followed, today: date) -> list[ColumnElement[bool]]:
    asked: list[ColumnElement[bool]] = []
    if wanted.status:
        asked.append(_stands(wanted.status, today))
    if wanted.partner:
        asked.append(_concerns(wanted.partner.id))
    words = matches(Area.search_text, wanted.area)
    if words is not None:
        asked.append(Commitment.area.has(words))
    if wanted.instrument:
        asked.append(Commitment.instrument_id == wanted.instrument.id)
    return asked


def _stands(status: CommitmentStatus, today: date) -> ColumnElement[bool]:
    """What is open past its day is late, whether or not somebody said so."""
    overdue = and_(Commitment.status == CommitmentStatus.OPEN, Commitment.due_on < today)
    if status is CommitmentStatus.LATE:
        return or_(Commitment.status == CommitmentStatus.LATE, overdue)
    if status is CommitmentStatus.OPEN:
        return Commitment.status.in_(_UNSETTLED)
    return Commitment.status == status


def _concerns(organisation_id: int) -> ColumnElement[bool]:
    return or_(
        Commitment.giver_id == organisation_id,
        Commitment.recipient_id == organisation_id,
        Commitment.instrument.has(Instrument.parties.any(Party.organisation_id == organisation_id)),
    )


def commitment_by_code(code: str) -> Commitment | None:
    """The commitment with that public code, with what it belongs to."""
    return db.session.scalar(
        select(Commitment)
        .where(Commitment.code == code)
        .options(
            joinedload(Commitment.instrument).joinedload(Instrument.event),
            joinedload(Commitment.instrument).selectinload(Instrument.areas),
            joinedload(Commitment.event),
            joinedload(Commitment.giver),
            joinedload(Commitment.recipient),
        )
    )


def commitments_of(event: Event, *, public_only: bool = False) -> Sequence[Commitment]:
    """An event's commitments and those of its instruments, in the order of their entry."""
    of_event = or_(
        Commitment.instrument.has(Instrument.event_id == event.id),
        and_(Commitment.instrument_id.is_(None), Commitment.event_id == event.id),
    )
    query = (
        select(Commitment)
        .where(of_event)
        .order_by(Commitment.id)
        .options(joinedload(Commitment.giver), joinedload(Commitment.recipient), joinedload(Commitment.area))
    )
    if public_only:
        of_nothing_hidden = or_(
            Commitment.instrument_id.is_(None), Commitment.instrument.has(Instrument.is_public)
        )
        query = query.where(Commitment.is_public, of_nothing_hidden)
    return db.session.scalars(query).all()


def is_late(commitment: Commitment, today: date) -> bool:
    """Whether a promise is late: somebody said so, or it is still open past its day."""
    overdue = commitment.due_on is not None and commitment.due_on < today
    return commitment.status is CommitmentStatus.LATE or (
        commitment.status is CommitmentStatus.OPEN and overdue
    )


def for_public_page(event: Event) -> dict[str, Any] | None:
    """What the public page of an event shows of its instruments and promises; None for nothing."""
    instruments = instruments_of(event, public_only=True)
    promises = commitments_of(event, public_only=True)
    if not instruments and not promises:
        return None
    return {"instruments": instruments, "commitments": promises}
