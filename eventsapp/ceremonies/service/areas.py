"""The areas of cooperation of an instrument, in its own words and order."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from eventsapp.access.identity import Actor
from eventsapp.audit import service as audit
from eventsapp.ceremonies.models import Area, Instrument
from eventsapp.core import order
from eventsapp.core.db import db
from eventsapp.core.maps import clean_map, searchable
from eventsapp.core.provenance import Source

LIMIT = 300


def add_area(
    instrument: Instrument,
    text: Mapping[str, str],
    *,
    source: Source = Source.ENTERED,
    source_reference: str = "",
    actor: Actor,
    now: datetime,
) -> Area:
    """One more area, after the others."""
    area = Area(position=len(instrument.areas), source=source, source_reference=source_reference)
    _fill(area, text)
    instrument.areas.append(area)
    return _stored("area.added", area, instrument, actor, now)


def add_areas(
    instrument: Instrument,
    texts: Sequence[Mapping[str, str]],
    *,
    source: Source = Source.ENTERED,
    source_reference: str = "",
    actor: Actor,
    now: datetime,
) -> list[Area]:
    """Several areas in this order, after those that are there."""
    return [
        add_area(instrument, text, source=source, source_reference=source_reference, actor=actor, now=now)
        for text in texts
    ]


def edit_area(
    instrument: Instrument, area: Area, text: Mapping[str, str], *, actor: Actor, now: datetime
) -> Area:
    """Correct an area's words; commitments in it stay."""
    _fill(area, text)
    return _stored("area.edited", area, instrument, actor, now)


def move_area(instrument: Instrument, area: Area, by: int, *, actor: Actor, now: datetime) -> None:
    """Put an area so many places later (negative: earlier)."""
    order.move(instrument.areas, area, by)
    _stored("area.moved", area, instrument, actor, now)


def remove_area(instrument: Instrument, area: Area, *, actor: Actor, now: datetime) -> None:
    """Strike an area; commitments in it stay with the instrument, in no area."""
    _record("area.removed", area, instrument, actor, now)
    for commitment in instrument.commitments:
        if commitment.area is area:
            commitment.area = None
    instrument.areas.remove(area)
    order.number(instrument.areas)
    db.session.flush()


def _fill(area: Area, text: Mapping[str, str]) -> None:
    area.text = clean_map(text, field="text", limit=LIMIT, required=True)
    area.search_text = searchable([*area.text.values()])


def _stored(action: str, area: Area, instrument: Instrument, actor: Actor, now: datetime) -> Area:
    db.session.flush()
    _record(action, area, instrument, actor, now)
    return area


def _record(action: str, area: Area, instrument: Instrument, actor: Actor, now: datetime) -> None:
    audit.record(
        action,
        "area",
        area.id,
        actor=actor,
        now=now,
        event_id=instrument.event_id,
        instrument=instrument.id,
    )
