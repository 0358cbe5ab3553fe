"""Commitments: what was promised, by whom to whom, and what became of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from babel.core import get_global
from sqlalchemy import func, select

from eventsapp.access.identity import Actor
from eventsapp.audit import service as audit
from eventsapp.ceremonies.enums import CommitmentStatus
from eventsapp.ceremonies.models import Area, Commitment, Instrument
from eventsapp.core.db import db
from eventsapp.core.errors import Invalid
from eventsapp.core.maps import clean_map, clean_paragraphs
from eventsapp.core.provenance import Source
from eventsapp.core.text import N_
from eventsapp.events.models import Event
from eventsapp.people.models import Organisation

MOST = 10**15  # hundredths
_MADE_ON = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, kw_only=True)
class CommitmentInput:
    """A commitment as entered. It may belong to an instrument, to an event, to both or to neither.

    `amount_minor` is in hundredths of `currency` (ISO 4217): both or neither. The recipient may be a third
    party. `made_on` is as precise as it is known: "2022", "2022-04" or "2022-04-07".
    """

    text: Mapping[str, str]
    giver: Organisation | None = None
    recipient: Organisation | None = None
    instrument: Instrument | None = None
    area: Area | None = None
    event: Event | None = None
    amount_minor: int | None = None
    currency: str = ""
    status: CommitmentStatus = CommitmentStatus.OPEN
    due_on: date | None = None
    made_on: str = ""
    evidence: str = ""
    is_public: bool = False


def create_commitment(
    given: CommitmentInput,
    *,
    source: Source = Source.ENTERED,
    source_reference: str = "",
    actor: Actor,
    now: datetime,
) -> Commitment:
    """A new commitment, after the others of its instrument. Refuses (`Invalid`) at the field to mend."""
    position = 0
    if given.instrument is not None:
        position = _next_position(given.instrument)
    commitment = Commitment(
        source=source, source_reference=source_reference, created_at=now, position=position
    )
    _fill(commitment, given)
    db.session.add(commitment)
    return _stored("commitment.created", commitment, actor, now)


def edit_commitment(
    commitment: Commitment, given: CommitmentInput, *, actor: Actor, now: datetime
) -> Commitment:
    """Change a commitment."""
    _fill(commitment, given)
    return _stored("commitment.edited", commitment, actor, now)


def delete_commitment(commitment: Commitment, *, actor: Actor, now: datetime) -> None:
    """Strike a commitment that was entered by mistake; one that was given up is `DROPPED` instead."""
    _record("commitment.deleted", commitment, actor, now)
    db.session.delete(commitment)
    db.session.flush()


def _next_position(instrument: Instrument) -> int:
    highest = db.session.scalar(
        select(func.max(Commitment.position)).where(Commitment.instrument_id == instrument.id)
    )
    return 0 if highest is None else highest + 1


def _fill(commitment: Commitment, given: CommitmentInput) -> None:
    if given.area is not None and (
        given.instrument is None or given.area.instrument_id != given.instrument.id
    ):
        raise Invalid(N_("This area belongs to another instrument."), field="area")
    commitment.amount_minor, commitment.currency = _amount(given)
    commitment.text = clean_map(given.text, field="text", limit=1000, multiline=True, required=True)
    commitment.giver, commitment.recipient = given.giver, given.recipient
    commitment.instrument, commitment.area, commitment.event = given.instrument, given.area, given.event
    commitment.status = given.status
    commitment.due_on = given.due_on
    commitment.made_on = _precise(given.made_on)
    commitment.evidence = clean_paragraphs(given.evidence, field="evidence")
    commitment.is_public = given.is_public


def _amount(given: CommitmentInput) -> tuple[int | None, str]:
    currency = given.currency.strip().upper()
    if given.amount_minor is None:
        return None, ""
    if not 0 <= given.amount_minor <= MOST:
        raise Invalid(N_("This amount cannot be right."), field="amount")
    if currency not in get_global("all_currencies"):
        raise Invalid(N_("Please name the currency by three letters, such as EUR."), field="currency")
    return given.amount_minor, currency


def _precise(made_on: str) -> str:
    made_on = made_on.strip()
    if not made_on:
        return ""
    match = _MADE_ON.fullmatch(made_on)
    try:
        if match is None:
            raise ValueError(made_on)
        date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError as error:
        raise Invalid(
            N_("Please give a year, a month or a day, such as 2022, 2022-04 or 2022-04-07."), field="made_on"
        ) from error
    return made_on


def _stored(action: str, commitment: Commitment, actor: Actor, now: datetime, **detail: Any) -> Commitment:
    db.session.flush()
    _record(action, commitment, actor, now, **detail)
    return commitment


def _record(action: str, commitment: Commitment, actor: Actor, now: datetime, **detail: Any) -> None:
    instrument = commitment.instrument
    event_id = instrument.event_id if instrument else commitment.event_id
    audit.record(action, "commitment", commitment.id, actor=actor, now=now, event_id=event_id, **detail)
