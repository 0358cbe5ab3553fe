"""Badges follow their guests: whoever is admitted has one, whoever leaves has none that opens doors."""

from datetime import datetime

from eventsapp.access.identity import Actor
from eventsapp.badges import service
from eventsapp.events.models import Event
from eventsapp.events.signals import event_moved
from eventsapp.rsvps.models import Guest
from eventsapp.rsvps.signals import guest_admitted, guest_left


def _on_admitted(_: object, *, guest: Guest, actor: Actor, now: datetime) -> None:
    service.issue(guest, actor=actor, now=now)


def _on_left(_: object, *, guest: Guest, actor: Actor, now: datetime) -> None:
    service.suspend(guest, actor=actor, now=now)


def _on_moved(_: object, *, event: Event, **__: object) -> None:
    service.follow_event(event)


def init_app(_app: object) -> None:
    """Listen."""
    guest_admitted.connect(_on_admitted)
    guest_left.connect(_on_left)
    event_moved.connect(_on_moved)
