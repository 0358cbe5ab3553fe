"""Checkpoints: create, edit, remove."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from eventsapp.access.identity import Actor
from eventsapp.audit import service as audit
from eventsapp.core.db import db, violated
from eventsapp.core.errors import Conflict, Invalid
from eventsapp.core.maps import clean_line
from eventsapp.core.provenance import Source
from eventsapp.core.text import N_
from eventsapp.door.models import Admission, Checkpoint, Scan
from eventsapp.events.models import Event
from eventsapp.events.times import instant
from eventsapp.places.models import Zone

MOST_INSIDE = 1_000_000


@dataclass(frozen=True, kw_only=True)
class CheckpointInput:
    """A checkpoint as entered. Local times are naive, in the event's zone.

    Checkpoints with the same `area` lead into the same place; empty: a place of its own. Without a
    `zone` every valid badge of the event enters.
    """

    name: str
    area: str = ""
    zone: Zone | None = None
    opens_local: datetime | None = None
    closes_local: datetime | None = None
    capacity: int | None = None


def create_checkpoint(
    event: Event,
    given: CheckpointInput,
    *,
    source: Source = Source.ENTERED,
    source_reference: str = "",
    actor: Actor,
    now: datetime,
) -> Checkpoint:
    """A new checkpoint. Refuses (`Invalid`, `Conflict`) at the field that cannot be right."""
    checkpoint = Checkpoint(
        event_id=event.id, source=source, source_reference=source_reference, created_at=now
    )
    _write(checkpoint, event, given)
    db.session.add(checkpoint)
    _flush()
    audit.record("checkpoint.created", "checkpoint", checkpoint.id, actor=actor, now=now, event_id=event.id)
    return checkpoint


def edit_checkpoint(
    checkpoint: Checkpoint, event: Event, given: CheckpointInput, *, actor: Actor, now: datetime
) -> None:
    """Change a checkpoint; scans that were made stay as they were answered."""
    _write(checkpoint, event, given)
    _flush()
    audit.record("checkpoint.edited", "checkpoint", checkpoint.id, actor=actor, now=now, event_id=event.id)


def remove_checkpoint(checkpoint: Checkpoint, *, actor: Actor, now: datetime) -> None:
    """Remove a checkpoint at which nobody was ever scanned. Refuses (`Conflict`) any other."""
    used = select(Scan.id).where(Scan.checkpoint_id == checkpoint.id).limit(1)
    admitted = select(Admission.id).where(Admission.checkpoint_id == checkpoint.id).limit(1)
    if db.session.execute(used).first() or db.session.execute(admitted).first():
        raise Conflict(N_("Badges were scanned here, so this checkpoint stays. Close it instead."))
    event_id, checkpoint_id = checkpoint.event_id, checkpoint.id
    db.session.delete(checkpoint)
    db.session.flush()
    audit.record("checkpoint.removed", "checkpoint", checkpoint_id, actor=actor, now=now, event_id=event_id)


def _write(checkpoint: Checkpoint, event: Event, given: CheckpointInput) -> None:
    checkpoint.name = clean_line(given.name, field="name", limit=120, required=True)
    checkpoint.area = clean_line(given.area, field="area", limit=40) or checkpoint.name[:40]
    checkpoint.zone_id = given.zone.id if given.zone else None
    checkpoint.opens_local, checkpoint.opens_at = given.opens_local, None
    checkpoint.closes_local, checkpoint.closes_at = given.closes_local, None
    if given.opens_local is not None:
        checkpoint.opens_at = instant(given.opens_local, event.timezone, field="opens_local")
    if given.closes_local is not None:
        checkpoint.closes_at = instant(given.closes_local, event.timezone, field="closes_local")
    if checkpoint.opens_at and checkpoint.closes_at and checkpoint.closes_at <= checkpoint.opens_at:
        raise Invalid(N_("This closes before it opens."), field="closes_local")
    if given.capacity is not None and not 0 < given.capacity <= MOST_INSIDE:
        raise Invalid(N_("Please give a number between 1 and %(most)s."), field="capacity", most=MOST_INSIDE)
    checkpoint.capacity = given.capacity


def _flush() -> None:
    try:
        db.session.flush()
    except IntegrityError as error:
        if violated(error, "uq_checkpoint_event_id_name"):
            raise Conflict(N_("There is a checkpoint of this name already."), field="name") from error
        raise
