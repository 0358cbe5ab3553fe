"""The organiser's pages about focal points, and the desk that a focal point's link opens."""

from flask import Flask

from eventsapp.access.permissions import Permission
from eventsapp.core.config import Settings
from eventsapp.focal import links, queries
from eventsapp.focal.views import desk, listing, naming, organising, person, substituting
from eventsapp.focal.views.blueprint import desk_pages, focal_points
from eventsapp.rsvps import own_page
from eventsapp.rsvps.models import Guest

__all__ = ["desk", "listing", "naming", "organising", "person", "substituting"]

blueprints = (focal_points, desk_pages)


def _place(guest: Guest) -> dict[str, object] | None:
    place = queries.answers_for(guest)
    return {"place": place} if place else None


def init_app(app: Flask) -> None:
    """Let the template of the mail make the link; say on a guest's page who answers for them."""
    settings: Settings = app.extensions["settings"]

    def focal_link(code: str, generation: int) -> str:
        return links.address_of(settings, code, generation)

    app.jinja_env.globals["focal_link"] = focal_link
    own_page.desk_section(5, Permission.VIEW_GUESTS, "focal/guest_section.html", _place)
