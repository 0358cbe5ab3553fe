"""A new event with what it needs from the first minute: its categories, and somebody who may organise it."""

from datetime import datetime

from eventsapp.access.identity import Actor, ActorKind
from eventsapp.access.permissions import Role
from eventsapp.accounts import service as accounts
from eventsapp.accounts.models import StaffUser
from eventsapp.core.db import db
from eventsapp.events import categories, service
from eventsapp.events.models import Event
from eventsapp.events.service import EventInput


def found_event(given: EventInput, *, actor: Actor, now: datetime) -> Event:
    """Create an event with the usual categories of its kind; whoever creates it becomes its organiser.

    An administrator may do everything anyway and gets no role.
    """
    event = service.create_event(given, actor=actor, now=now)
    categories.add_usual_categories(event, actor=actor, now=now)
    founder = db.session.get(StaffUser, actor.id) if actor.kind is ActorKind.STAFF else None
    if founder is not None and not founder.administrator:
        accounts.set_roles(founder, event.id, {Role.ORGANISER}, actor=actor, now=now)
    return event
