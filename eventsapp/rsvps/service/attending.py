"""What became of the answers on the day: attended, did not come, excused.

Who keeps a door says who came through it: `witness(who_came)`, with a statement that finds the ids of an
event's guests who were let in. It is asked when an organiser takes arrivals over, and when the event is
closed; then whoever was to come and did not is marked so, unless they were excused.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, Table, func, insert, literal, select, update

from eventsapp.access.identity import Actor
from eventsapp.audit.service import record
from eventsapp.core.db import db
from eventsapp.core.errors import Conflict, Invalid
from eventsapp.core.text import N_, clean
from eventsapp.events.models import Event
from eventsapp.rsvps.enums import LET_IN, Attendance, Channel, Recorded
from eventsapp.rsvps.models import Guest, ReplyRecord
from eventsapp.rsvps.service import locking
from eventsapp.rsvps.service.recording import REASON_LIMIT, note

WhoCame = Callable[[int], Select[Any]]

_witnesses: list[WhoCame] = []
_RECORDS = cast(Table, ReplyRecord.__table__)
_RECORDED = {
    Attendance.ATTENDED: Recorded.ATTENDED,
    Attendance.NO_SHOW: Recorded.NO_SHOW,
    Attendance.EXCUSED: Recorded.EXCUSED,
}


def witness(who_came: WhoCame) -> None:
    """Let `who_came` be asked: from an event's id, a statement for the ids of guests who were let in."""
    if who_came not in _witnesses:
        _witnesses.append(who_came)


def take_over(event: Event, *, actor: Actor, now: datetime) -> int:
    """Mark whoever came through a door as having attended; how many more that are.

    May be repeated: scans of a door that was offline come late, and are believed more than a missing one.
    """
    event = locking.hold_event(event.id)
    came = [Guest.id.in_(who_came(event.id)) for who_came in _witnesses]
    more = sum(_mark_many(event, Attendance.ATTENDED, found, Channel.IN_PERSON, actor, now) for found in came)
    if more:
        record(
            "event.arrivals-taken", "event", event.id, actor=actor, now=now, event_id=event.id, guests=more
        )
    return more


def settle(event: Event, *, actor: Actor, now: datetime) -> int:
    """The event is over: whoever was to come, and neither came nor was excused, did not come; how many."""
    take_over(event, actor=actor, now=now)
    missing = _mark_many(event, Attendance.NO_SHOW, Guest.state.in_(LET_IN), Channel.DESK, actor, now)
    record(
        "event.attendance-settled", "event", event.id, actor=actor, now=now, event_id=event.id, guests=missing
    )
    return missing


def _mark_many(
    event: Event,
    attendance: Attendance,
    found: ColumnElement[bool],
    channel: Channel,
    actor: Actor,
    now: datetime,
) -> int:
    """Mark guests who have no mark yet, by two statements: the record tells it of each."""
    db.session.flush()
    is_open: ColumnElement[bool] = Guest.attendance.is_(None)
    if attendance is Attendance.ATTENDED:
        is_open |= Guest.attendance == Attendance.NO_SHOW
    unmarked = (Guest.event_id == event.id, is_open, found)
    line = {
        "answer": _RECORDED[attendance].value,
        "at": now,
        "channel": channel,
        "actor_kind": actor.kind,
        "actor_id": actor.id,
        "on_behalf": False,
        "reason": "",
    }
    values = [literal(value, _RECORDS.c[name].type) for name, value in line.items()]
    told = select(Guest.id, *values).where(*unmarked).order_by(Guest.id)
    db.session.execute(insert(_RECORDS).from_select(["guest_id", *line], told))
    marked = db.session.execute(
        update(Guest)
        .where(*unmarked)
        .values(attendance=attendance)
        .returning(Guest.id)
        .execution_options(synchronize_session=False)
    ).all()
    db.session.expire_all()
    return len(marked)


def mark(guest: Guest, attendance: Attendance, *, reason: str = "", actor: Actor, now: datetime) -> Guest:
    """Say of one guest what became of them, once the event has begun; an excuse needs its reason.

    Also after the event was closed: excuses come late. The same once more changes nothing.
    """
    event = locking.hold_event(guest.event_id)
    guest = locking.hold_guest(guest.id)
    if now < event.starts_at:
        raise Conflict(N_("This event has not begun."))
    reason = clean(reason, limit=REASON_LIMIT)
    if attendance is Attendance.EXCUSED and not reason:
        raise Invalid(N_("Please give the reason of the excuse."), field="reason")
    if guest.attendance is attendance:
        return guest
    guest.attendance = attendance
    note(guest, _RECORDED[attendance], channel=Channel.DESK, actor=actor, reason=reason, now=now)
    db.session.flush()
    action = f"guest.{attendance.value}"
    record(action, "guest", guest.id, actor=actor, now=now, event_id=event.id)
    return guest


def counts(event: Event) -> dict[Attendance, int]:
    """How many attended, did not come, were excused (one statement)."""
    rows = db.session.execute(
        select(Guest.attendance, func.count())
        .where(Guest.event_id == event.id, Guest.attendance.is_not(None))
        .group_by(Guest.attendance)
    )
    found = {attendance: number for attendance, number in rows}  # noqa: C416 -- typed
    return {attendance: found.get(attendance, 0) for attendance in Attendance}
