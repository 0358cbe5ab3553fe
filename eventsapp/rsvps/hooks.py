"""What this wing does when others announce something, and its jobs."""

from datetime import datetime

from eventsapp.access.identity import Actor, ActorKind
from eventsapp.events import signals
from eventsapp.events.models import Event
from eventsapp.jobs import handlers
from eventsapp.jobs.service import enqueue
from eventsapp.mail import signals as mail_signals
from eventsapp.rsvps import jobs, open_points, seat_jobs, service
from eventsapp.rsvps.service import attending, fate, late, reminding, representing


def _on_cancelled(_: object, *, event: Event, actor: Actor, now: datetime) -> None:
    staff_id = actor.id if actor.kind is ActorKind.STAFF else None
    enqueue(jobs.TELL_CANCELLED, now=now, event_id=event.id, staff_id=staff_id)


def _on_closed(_: object, *, event: Event, actor: Actor, now: datetime) -> None:
    attending.settle(event, actor=actor, now=now)


def _on_sent(
    _: object, *, template: str, guest_id: int | None, actor: Actor, now: datetime, **__: object
) -> None:
    if guest_id is not None:
        fate.sent(guest_id, template, actor=actor, now=now)


def _on_bounced(
    _: object, *, guest_id: int | None, address: str, reason: str, actor: Actor, now: datetime, **__: object
) -> None:
    if guest_id is not None:
        fate.bounced(guest_id, address, reason, actor=actor, now=now)


def _on_seats_added(_: object, *, event: Event, now: datetime, **__: object) -> None:
    service.offer_free_seats(event, now=now)


def init_app(_app: object) -> None:
    """Listen, and answer for the jobs."""
    signals.event_cancelled.connect(_on_cancelled)
    signals.event_closed.connect(_on_closed)
    mail_signals.mail_sent.connect(_on_sent)
    mail_signals.mail_bounced.connect(_on_bounced)
    signals.seats_added.connect(_on_seats_added)
    late.init()
    seat_jobs.init()
    representing.init()
    open_points.init()
    handlers.register(jobs.TELL_CANCELLED, jobs.tell_cancelled)
    handlers.register(jobs.INVITE_ALL, jobs.invite_all)
    handlers.register(jobs.APPROVE_ALL, jobs.approve_all)
    handlers.register(jobs.HOLD_DATES, jobs.hold_dates)
    handlers.register(reminding.REMIND_SILENT, jobs.remind_silent)
