"""What this wing shows on the public page of an event: the way to register, while it is open."""

from typing import Any

from flask import url_for

from eventsapp.core import clock
from eventsapp.events import public_sections
from eventsapp.events.models import Event
from eventsapp.events.public_sections import Place
from eventsapp.rsvps import deadlines, service
from eventsapp.web.responses import until


def _registration(event: Event) -> dict[str, Any] | None:
    if not service.registration_is_open(event, clock.now()):
        return None
    until(deadlines.closes_at(event))
    return {"address": url_for("registration.show", slug=event.slug)}


public_sections.section(10, "rsvps/public/registration.html", _registration, place=Place.TOP)
