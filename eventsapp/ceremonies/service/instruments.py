"""Instruments: create, edit, pass to another status, strike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from eventsapp.access.identity import Actor
from eventsapp.audit import service as audit
from eventsapp.ceremonies import life
from eventsapp.ceremonies.enums import InstrumentKind, InstrumentStatus
from eventsapp.ceremonies.models import Instrument
from eventsapp.ceremonies.readiness import Lack, points
from eventsapp.core.db import db
from eventsapp.core.errors import Conflict, Invalid
from eventsapp.core.maps import clean_line, clean_map, clean_paragraphs, clean_tags
from eventsapp.core.provenance import Source
from eventsapp.core.text import N_
from eventsapp.events.models import Event

MOST_ORIGINALS = 200
TITLE_LIMIT = 300


@dataclass(frozen=True, kw_only=True)
class InstrumentInput:
    """An instrument as entered. None for `languages`, `originals` and dates means "not stated".

    `signed_on` may be given only for one that is signed; `change_status` sets it first.
    """

    kind: InstrumentKind
    title: Mapping[str, str]
    event: Event | None = None
    number: str = ""
    place: Mapping[str, str] = field(default_factory=dict)
    languages: Sequence[str] | None = None
    originals: int | None = None
    duration: Mapping[str, str] = field(default_factory=dict)
    signed_on: date | None = None
    expires_on: date | None = None
    is_public: bool = True
    note: str = ""


def create_instrument(
    given: InstrumentInput,
    *,
    source: Source = Source.ENTERED,
    source_reference: str = "",
    actor: Actor,
    now: datetime,
) -> Instrument:
    """A new instrument, as an idea. Refuses (`Invalid`) at the field that cannot be right."""
    instrument = Instrument(
        status=InstrumentStatus.IDEA, source=source, source_reference=source_reference, created_at=now
    )
    _fill(instrument, given)
    db.session.add(instrument)
    return _stored(instrument, "instrument.created", actor, now)


def edit_instrument(
    instrument: Instrument, given: InstrumentInput, *, actor: Actor, now: datetime
) -> Instrument:
    """Change what is said of an instrument; it may be moved to another event or to none."""
    _fill(instrument, given)
    return _stored(instrument, "instrument.edited", actor, now)


def delete_instrument(instrument: Instrument, *, actor: Actor, now: datetime) -> None:
    """Strike an instrument with all that belongs to it. Refuses (`Conflict`) one that was signed."""
    if life.is_signed(instrument.status):
        raise Conflict(N_("What was signed stays in the register."))
    instrument_id, event_id = instrument.id, instrument.event_id
    for commitment in list(instrument.commitments):
        db.session.delete(commitment)
    db.session.delete(instrument)
    db.session.flush()
    audit.record("instrument.deleted", "instrument", instrument_id, actor=actor, now=now, event_id=event_id)


def change_status(
    instrument: Instrument,
    status: InstrumentStatus,
    *,
    signed_on: date | None = None,
    on_record: bool = False,
    actor: Actor,
    now: datetime,
) -> Instrument:
    """Pass an instrument on to another status of its life (`life.NEXT`).

    "Signed" asks for the day and refuses (`Conflict`) while there are fewer than two parties, a party has no
    signatory, or by what authority somebody signs is unknown. `on_record` says that the signing is known to
    have happened (an archive, a public source): then what is missing, the day included, is shown as "not
    stated" and hinders nothing.
    """
    if status not in life.NEXT[instrument.status]:
        raise Conflict(
            N_("An instrument cannot pass from this status to that one. Please reload the page."),
            field="status",
        )
    before, missing = instrument.status, 0
    if status is InstrumentStatus.SIGNED:
        missing = _sign(instrument, signed_on, on_record, now)
    elif not life.is_signed(status):
        instrument.signed_on = None
    instrument.status = status
    db.session.flush()
    audit.record(
        "instrument.status-changed",
        "instrument",
        instrument.id,
        actor=actor,
        now=now,
        event_id=instrument.event_id,
        before=before.value,
        after=status.value,
        on_record=on_record,
        missing=missing,
    )
    return instrument


_REFUSALS = {
    Lack.PARTIES: N_("An instrument has two parties at least. Please add them first."),
    Lack.SIGNATORY: N_("A party has no signatory yet. Please say who signs for it."),
    Lack.AUTHORITY: N_(
        "By what authority somebody signs is not stated. Please say so at the signatory, "
        "or confirm that the signing is on record."
    ),
}


def _sign(instrument: Instrument, signed_on: date | None, on_record: bool, now: datetime) -> int:
    """Set the day of signing; returns how many hindrances were passed over."""
    hindrances = [point for point in points(instrument) if point.hinders]
    if not on_record:
        if hindrances:
            raise Conflict(_REFUSALS[hindrances[0].lack], field="status")
        if signed_on is None:
            raise Invalid(N_("Please give the day on which it was signed."), field="signed_on")
        # It may be tomorrow already at the table where they sign.
        if signed_on > (now + timedelta(days=1)).date():
            raise Invalid(N_("This day has not come yet."), field="signed_on")
    instrument.signed_on = signed_on
    return len(hindrances)


def _fill(instrument: Instrument, given: InstrumentInput) -> None:
    signed = life.is_signed(instrument.status)
    if given.signed_on is not None and not signed:
        raise Invalid(N_("The day of signing is set when the status becomes “signed”."), field="signed_on")
    if given.originals is not None and not 1 <= given.originals <= MOST_ORIGINALS:
        raise Invalid(
            N_("Please give a number from 1 to %(most)s, or leave this empty."),
            field="originals",
            most=MOST_ORIGINALS,
        )
    signed_on = given.signed_on if signed else None
    if signed_on and given.expires_on and given.expires_on < signed_on:
        raise Invalid(N_("This ends before it begins."), field="expires_on")
    instrument.kind = given.kind
    instrument.title = clean_map(given.title, field="title", limit=TITLE_LIMIT, required=True)
    instrument.event = given.event
    instrument.event_id = given.event.id if given.event else None
    instrument.number = clean_line(given.number, field="number", limit=60)
    instrument.place = clean_map(given.place, field="place")
    instrument.languages = clean_tags(tuple(given.languages), field="languages") if given.languages else None
    instrument.originals = given.originals
    instrument.duration = clean_map(given.duration, field="duration", limit=300)
    instrument.signed_on = signed_on
    instrument.expires_on = given.expires_on
    instrument.is_public = given.is_public
    instrument.note = clean_paragraphs(given.note, field="note")


def _stored(instrument: Instrument, action: str, actor: Actor, now: datetime) -> Instrument:
    db.session.flush()
    audit.record(action, "instrument", instrument.id, actor=actor, now=now, event_id=instrument.event_id)
    return instrument
