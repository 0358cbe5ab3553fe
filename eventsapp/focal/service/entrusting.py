"""Which guests a focal point answers for."""

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from sqlalchemy import Table, select

from eventsapp.access.identity import Actor
from eventsapp.audit.service import record
from eventsapp.core.db import db, insert_new
from eventsapp.core.errors import Conflict
from eventsapp.core.text import N_
from eventsapp.events.service import must_be_open
from eventsapp.focal import queries
from eventsapp.focal.models import FocalPlace, FocalPoint
from eventsapp.rsvps.models import Guest


def entrust(point: FocalPoint, guests: Sequence[Guest], *, actor: Actor, now: datetime) -> int:
    """Let a focal point answer for guests of its event; how many are new to it.

    Guests of other events and companions are passed over, and so is whoever has a focal point already:
    that one must release them first. No quota is touched: these are the host's own guests.
    """
    must_be_open(point.event)
    rows = [
        {"guest_id": guest.id, "focal_point_id": point.id, "quota_id": None, "named_here": False}
        for guest in guests
        if guest.event_id == point.event_id and guest.companion_of_id is None
    ]
    if not rows:
        return 0
    table = cast(Table, FocalPlace.__table__)
    stored = insert_new(db.session.connection(), table).returning(table.c.guest_id)
    taken = db.session.scalars(stored, rows).all()
    if taken:
        record(
            "focal_point.entrusted",
            "focal-point",
            point.id,
            actor=actor,
            now=now,
            event_id=point.event_id,
            guests=len(taken),
        )
    return len(taken)


def entrust_delegation(point: FocalPoint, *, actor: Actor, now: datetime) -> int:
    """Entrust every member of the focal point's delegation who is a guest of the event; how many are new.

    Raises `Conflict` for a focal point without a delegation.
    """
    if point.delegation_id is None:
        raise Conflict(N_("Choose the delegation of this focal point first."))
    found = queries.delegation_guests(point.event, point.delegation_id)
    return entrust(point, found, actor=actor, now=now)


def release(point: FocalPoint, guest: Guest, *, actor: Actor, now: datetime) -> None:
    """A guest answers for themselves again.

    Raises `Conflict` for one whom the focal point named itself: they stand in a place of its quota.
    """
    place = db.session.scalar(
        select(FocalPlace)
        .where(FocalPlace.guest_id == guest.id, FocalPlace.focal_point_id == point.id)
        .with_for_update()
    )
    if place is None:
        return
    if place.named_here:
        raise Conflict(N_("This guest was named by the focal point and counts against its quota."))
    db.session.delete(place)
    db.session.flush()
    record(
        "focal_point.released",
        "focal-point",
        point.id,
        actor=actor,
        now=now,
        event_id=point.event_id,
        guest=guest.id,
    )
