"""Setting the terms on which an event takes answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from eventsapp.access.identity import Actor
from eventsapp.audit.service import record
from eventsapp.core.db import db
from eventsapp.core.errors import Invalid
from eventsapp.core.text import N_
from eventsapp.events.models import Event
from eventsapp.events.service import must_be_open
from eventsapp.rsvps import terms
from eventsapp.rsvps.enums import ReplyMode
from eventsapp.rsvps.models import ReplyTerms
from eventsapp.rsvps.service import locking, reminding

LONGEST_OFFER = 24 * 30  # hours
EARLIEST_REMINDER = 180  # days before the reply-by date
MOST_REMINDERS = 6


@dataclass(frozen=True, kw_only=True)
class TermsInput:
    """The terms as entered; what each means is said at `ReplyTerms`."""

    mode: ReplyMode = ReplyMode.REPLY
    holds_seats: bool = False
    offer_hours: int | None = None
    remind_days: Sequence[int] = ()
    wants_approval: bool = False
    approves_list: bool = False


def set_terms(event: Event, given: TermsInput, *, actor: Actor, now: datetime) -> ReplyTerms:
    """Change an event's terms. Whoever was invited before stays as they are.

    Reminders need a reply-by date. Raises `Invalid` at the field that cannot be right, `Conflict` once the
    event is over.
    """
    event = locking.hold_event(event.id)
    must_be_open(event)
    held = terms.of(event.id)
    held.remind_days = _ladder(event, given.remind_days)
    held.offer_hours = _hours(given.offer_hours)
    held.mode, held.holds_seats = given.mode, given.holds_seats
    held.wants_approval, held.approves_list = given.wants_approval, given.approves_list
    db.session.add(held)
    reminding.keep_looking(event, held, now=now)
    record(
        "event.terms-set", "event", event.id, actor=actor, now=now, event_id=event.id, mode=given.mode.value
    )
    return held


def _ladder(event: Event, days: Sequence[int]) -> list[int]:
    """The days in order, the earliest reminder first, none twice."""
    if not days:
        return []
    if event.reply_by_at is None:
        raise Invalid(
            N_("Give the event a reply-by date first; reminders are counted from it."), field="remind_days"
        )
    if len(set(days)) > MOST_REMINDERS or not all(1 <= day <= EARLIEST_REMINDER for day in days):
        raise Invalid(
            N_("Please give at most %(most)s numbers of days, from 1 to %(earliest)s."),
            field="remind_days",
            most=MOST_REMINDERS,
            earliest=EARLIEST_REMINDER,
        )
    return sorted(set(days), reverse=True)


def _hours(hours: int | None) -> int | None:
    if hours is not None and not 1 <= hours <= LONGEST_OFFER:
        raise Invalid(N_("Please give a number from 1 to %(most)s."), field="offer_hours", most=LONGEST_OFFER)
    return hours
