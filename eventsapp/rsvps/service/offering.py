"""A freed seat offered for some hours to the first who waits: theirs, until the offer ends.

The seats are held meanwhile. The job that ends an offer looks again whether it stands: it may run twice, or
late, and an answer that comes after the end but before the job ends the offer first.
"""

from datetime import datetime, timedelta

from eventsapp.access.identity import SYSTEM
from eventsapp.audit.service import record
from eventsapp.events.models import Event
from eventsapp.jobs.service import enqueue
from eventsapp.rsvps import life, messages
from eventsapp.rsvps.enums import Channel, Recorded
from eventsapp.rsvps.life import Step
from eventsapp.rsvps.models import Guest
from eventsapp.rsvps.service.recording import note

LAPSE_OFFERS = "rsvps.lapse-offers"


def offer(guest: Guest, event: Event, hours: int, *, now: datetime) -> None:
    """Offer the seats that were taken for a waiting guest, and write when that ends; they are told by mail.

    No offer outlasts the beginning of the event, or its end once it has begun.
    """
    life.move(guest, Step.OFFER)
    guest.offer_until = min(now + timedelta(hours=hours), _last(event, now))
    guest.revision += 1
    note(guest, Recorded.OFFERED, channel=Channel.WAITING_LIST, actor=SYSTEM, now=now)
    record("guest.offered", "guest", guest.id, actor=SYSTEM, now=now, event_id=event.id)
    messages.offer(guest, now=now)
    enqueue(LAPSE_OFFERS, now=now, due_at=guest.offer_until, event_id=event.id)


def is_possible(event: Event, now: datetime) -> bool:
    """Whether there is time left in which a seat could be offered."""
    return now < event.ends_at


def _last(event: Event, now: datetime) -> datetime:
    return event.starts_at if now < event.starts_at else event.ends_at


def has_ended(guest: Guest, now: datetime) -> bool:
    """Whether a seat was offered to this guest until an instant that is past."""
    return guest.offer_until is not None and guest.offer_until <= now
