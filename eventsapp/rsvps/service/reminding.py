"""The ladder of reminders: some days before the reply-by date the silent are asked again, and they alone.

A rung is one morning, by the event's clock. Once a day a job looks which rung was passed last and reminds
whoever was invited before it, is silent, and was not reminded since. So a job that runs twice, late, or
after days without a worker sends nobody two reminders for one rung, and none for rungs passed long ago.
"""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload

from eventsapp.access.identity import SYSTEM, Actor
from eventsapp.audit.service import record, record_many
from eventsapp.core.db import db
from eventsapp.core.zones import to_local, to_utc
from eventsapp.events.enums import EventState
from eventsapp.events.models import Event
from eventsapp.jobs.service import enqueue
from eventsapp.rsvps import deadlines, messages, terms
from eventsapp.rsvps.enums import Channel, GuestState, Recorded
from eventsapp.rsvps.models import Guest, ReplyRecord, ReplyTerms
from eventsapp.rsvps.service import locking
from eventsapp.rsvps.service.recording import note

REMIND_SILENT = "rsvps.remind-silent"
MORNING = time(9)
A_DAY = timedelta(days=1)


def ladder(event: Event, days: Sequence[int]) -> list[datetime]:
    """When reminders go out, in order; none without a reply-by date."""
    if event.reply_by_local is None:
        return []
    last_day = event.reply_by_local.date()
    mornings = (datetime.combine(last_day - timedelta(days=day), MORNING) for day in days)
    return sorted(to_utc(morning, event.timezone) for morning in mornings)


def passed(event: Event, given: ReplyTerms, now: datetime) -> datetime | None:
    """The rung that was passed last; None before the first, and when nobody is awaited any more."""
    if event.state is not EventState.PUBLISHED or deadlines.is_past(event, now):
        return None
    return max((rung for rung in ladder(event, given.remind_days) if rung <= now), default=None)


def keep_looking(event: Event, held: ReplyTerms, *, now: datetime) -> None:
    """Write the job that looks tomorrow morning, in place of one that waits; none without reminders."""
    ends = not held.remind_days or event.state not in (EventState.DRAFT, EventState.PUBLISHED)
    held.remind_at = None if ends or now >= event.starts_at else _next_morning(event, now)
    db.session.flush()
    if held.remind_at is not None:
        at = held.remind_at.isoformat()
        enqueue(REMIND_SILENT, now=now, due_at=held.remind_at, event_id=event.id, at=at)


def is_current(event_id: int, at: str) -> bool:
    """Whether the job that was due `at` is the one that looks; another may have taken its place."""
    due = terms.of(event_id).remind_at
    return due is not None and due.isoformat() == at


def look_again(event_id: int, at: str, *, now: datetime) -> None:
    """Let tomorrow's job follow the one that was due `at`."""
    event = locking.hold_event(event_id)
    if is_current(event_id, at):
        keep_looking(event, terms.of(event_id), now=now)


def _next_morning(event: Event, now: datetime) -> datetime:
    today = to_local(now, event.timezone).date()
    mornings = (to_utc(datetime.combine(day, MORNING), event.timezone) for day in (today, today + A_DAY))
    return next(morning for morning in mornings if morning > now)


def remind_due(event_id: int, *, limit: int, now: datetime) -> int:
    """Remind up to `limit` guests for the rung that was passed last; how many. Nought: nobody is left."""
    event = locking.hold_event(event_id)
    rung = passed(event, terms.of(event_id), now)
    if rung is None:
        return 0
    return _remind(event, _left_out_since(event, rung), limit, SYSTEM, now)


def remind_now(event: Event, *, limit: int, actor: Actor, now: datetime) -> int:
    """Remind up to `limit` of the silent who heard nothing for a day, rung or not; how many."""
    event = locking.hold_event(event.id)
    if event.state is not EventState.PUBLISHED or deadlines.is_past(event, now):
        return 0
    return _remind(event, _left_out_since(event, now - A_DAY), limit, actor, now)


def count_silent(event: Event, now: datetime) -> int:
    """How many could be reminded now."""
    found = _left_out_since(event, now - A_DAY)
    return db.session.scalar(select(func.count()).select_from(Guest).where(*found)) or 0


def _left_out_since(event: Event, since: datetime) -> tuple[ColumnElement[bool], ...]:
    """Silent since they were invited, before that instant, and not reminded since."""
    reminded = (
        select(ReplyRecord.id)
        .where(
            ReplyRecord.guest_id == Guest.id,
            ReplyRecord.answer == Recorded.REMINDED.value,
            ReplyRecord.at >= since,
        )
        .exists()
    )
    return (
        Guest.event_id == event.id,
        Guest.state == GuestState.INVITED,
        Guest.companion_of_id.is_(None),
        Guest.invited_at < since,
        Guest.email != "",
        Guest.bounced_at.is_(None),
        Guest.reminders_off.is_(False),
        ~reminded,
    )


def _remind(
    event: Event, found: Sequence[ColumnElement[bool]], limit: int, actor: Actor, now: datetime
) -> int:
    guests = db.session.scalars(
        select(Guest)
        .where(*found)
        .order_by(Guest.id)
        .limit(limit)
        .options(joinedload(Guest.person, innerjoin=True))
        .with_for_update(of=Guest, key_share=True)
        .execution_options(populate_existing=True)
    ).all()
    for guest in guests:
        guest.reminders_sent += 1
        note(guest, Recorded.REMINDED, channel=Channel.MAIL, actor=actor, now=now)
    db.session.flush()
    messages.reminders(event, guests, actor=actor, now=now)
    ids = [guest.id for guest in guests]
    record_many("guest.reminded", "guest", ids, actor=actor, now=now, event_id=event.id)
    return len(guests)


def switch_reminders(guest: Guest, *, off: bool, actor: Actor, now: datetime) -> None:
    """The guest wants no more reminders, or wants them again after all. Repeating it changes nothing."""
    guest = locking.hold_guest(guest.id)
    if guest.reminders_off == off:
        return
    guest.reminders_off = off
    db.session.flush()
    action = "guest.reminders-off" if off else "guest.reminders-on"
    record(action, "guest", guest.id, actor=actor, now=now, event_id=guest.event_id)
