"""Moves the demonstration by whole days, keeping whatever was changed in it meanwhile."""

from datetime import date, datetime, timedelta

from sqlalchemy import select

from eventsapp.access.identity import SYSTEM
from eventsapp.accounts.models import StaffUser
from eventsapp.badges.models import Badge
from eventsapp.core.db import db
from eventsapp.core.zones import to_utc
from eventsapp.demo.load import SCANNER, TRUE_TUESDAY
from eventsapp.demo.occasions import FORUM, SIGNING, SUMMIT, VISIT
from eventsapp.devices import service as devices
from eventsapp.devices.models import Device
from eventsapp.devices.service import PairingLink
from eventsapp.door.models import Checkpoint
from eventsapp.events.models import Event
from eventsapp.programme.models import ProgrammeItem

MOVED = (SUMMIT, FORUM, VISIT, SIGNING)


def is_loaded() -> bool:
    """Whether the demonstration is in this database."""
    return db.session.scalar(select(Event.id).where(Event.slug == VISIT)) is not None


def is_untouched() -> bool:
    """Whether nobody has begun anything in this database: it has no staff."""
    return db.session.scalar(select(StaffUser.id).limit(1)) is None


def replay(tuesday: date, *, now: datetime) -> int:
    """Move the four occasions so that the visit's Tuesday is that day; by how many days they moved.

    What was added to them since moves with them; calendars learn of it by SEQUENCE.
    """
    target = (tuesday - TRUE_TUESDAY).days
    moved = 0
    for event in db.session.scalars(select(Event).where(Event.slug.in_(MOVED))):
        days = target - event.shifted_days
        if days:
            _move(event, timedelta(days=days), now)
            moved = days
    return moved


def renewed_scanner(*, now: datetime) -> PairingLink | None:
    """A fresh pairing link for the demonstration's scanner; None where it was revoked or removed."""
    scanner = db.session.scalar(select(Device).where(Device.name == SCANNER, Device.revoked_at.is_(None)))
    return devices.renew_pairing(scanner, actor=SYSTEM, now=now) if scanner else None


def _move(event: Event, by: timedelta, now: datetime) -> None:
    event.shifted_days += by.days
    _move_span(event, by, now)
    if event.reply_by_local:
        event.reply_by_local += by
        event.reply_by_at = to_utc(event.reply_by_local, event.timezone)
    for item in db.session.scalars(select(ProgrammeItem).where(ProgrammeItem.event_id == event.id)):
        _move_span(item, by, now)
    for checkpoint in db.session.scalars(select(Checkpoint).where(Checkpoint.event_id == event.id)):
        if checkpoint.opens_local:
            checkpoint.opens_local += by
            checkpoint.opens_at = to_utc(checkpoint.opens_local, event.timezone)
        if checkpoint.closes_local:
            checkpoint.closes_local += by
            checkpoint.closes_at = to_utc(checkpoint.closes_local, event.timezone)
    for badge in db.session.scalars(select(Badge).where(Badge.event_id == event.id)):
        badge.valid_from += by
        badge.valid_until += by


def _move_span(row: Event | ProgrammeItem, by: timedelta, now: datetime) -> None:
    row.starts_local += by
    row.ends_local += by
    row.starts_at = to_utc(row.starts_local, row.timezone)
    row.ends_at = to_utc(row.ends_local, row.timezone)
    row.sequence += 1
    row.revised_at = now
