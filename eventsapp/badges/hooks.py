"""Badges follow their guests: whoever is admitted has one, whoever leaves has none that opens doors."""

from datetime import datetime

from eventsapp.access.identity import SYSTEM, Actor
from eventsapp.badges import service
from eventsapp.badges.enums import BadgeState
from eventsapp.core import clock
from eventsapp.core.db import db, transaction
from eventsapp.events.models import Event
from eventsapp.events.signals import event_moved
from eventsapp.jobs import handlers
from eventsapp.rsvps.enums import GuestState
from eventsapp.rsvps.models import Guest
from eventsapp.rsvps.signals import guest_admitted, guest_left

ISSUE_MISSING = "badges.issue-missing"
PORTION = 200  # badges in one transaction


def _on_admitted(_: object, *, guest: Guest, actor: Actor, now: datetime) -> None:
    service.issue(guest, actor=actor, now=now)


def _on_left(_: object, *, guest: Guest, actor: Actor, now: datetime) -> None:
    if guest.state is not GuestState.REPRESENTED:
        service.suspend(guest, actor=actor, now=now)
    elif (badge := service.of_guest(guest)) and badge.state is not BadgeState.REVOKED:
        service.revoke(badge, actor=actor, now=now)  # two people never hold badges for one place


def _on_moved(_: object, *, event: Event, **__: object) -> None:
    service.follow_event(event)


def issue_missing(event_id: int) -> None:
    """The job after an import: badges for accepted guests who have none, a portion at a time."""
    while True:
        with transaction():
            event = db.session.get(Event, event_id)
            made = service.issue_missing(event, limit=PORTION, actor=SYSTEM, now=clock.now()) if event else 0
        if made < PORTION:
            return


def init_app(_app: object) -> None:
    """Listen, and answer for the job."""
    handlers.register(ISSUE_MISSING, issue_missing)
    guest_admitted.connect(_on_admitted)
    guest_left.connect(_on_left)
    event_moved.connect(_on_moved)
