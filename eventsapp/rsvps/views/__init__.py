"""Pages for guests (by personal link), for people who register, and for staff."""

from flask import Flask

from eventsapp.core.config import Settings
from eventsapp.rsvps import links
from eventsapp.rsvps.views import (
    announcing,
    answers,
    attending,
    companions,
    deciding,
    desk,
    guests,
    handing_in,
    invitation,
    listing,
    own,
    registration,
    reminders,
    steps,
    substituting,
)
from eventsapp.rsvps.views.blueprint import guest_pages, reply_pages

__all__ = ["announcing", "answers", "attending", "deciding", "desk", "guests", "listing", "steps"]

blueprints = (
    invitation.blueprint,
    own.blueprint,
    companions.blueprint,
    registration.blueprint,
    reminders.blueprint,
    substituting.blueprint,
    handing_in.blueprint,
    guest_pages,
    reply_pages,
)


def init_app(app: Flask) -> None:
    """Let the templates of mails make personal links."""
    companions.init_app(app)
    settings: Settings = app.extensions["settings"]

    def guest_link(purpose: str, code: str, generation: int) -> str:
        return links.address_of(settings, purpose, code, generation)

    app.jinja_env.globals["guest_link"] = guest_link
