"""The blueprints of this wing, their place in the navigation, and the way in by a focal point's link."""

from flask import Blueprint, g

from eventsapp.access.identity import FocalPointIdentity
from eventsapp.access.permissions import Permission
from eventsapp.core.text import N_
from eventsapp.events import replayed
from eventsapp.focal import links
from eventsapp.focal.models import FocalPoint
from eventsapp.rsvps.views.asking import roomy
from eventsapp.rsvps.views.entering import unlisted
from eventsapp.web import locale
from eventsapp.web.current import set_identity, settings
from eventsapp.web.navigation import event_entry

focal_points = Blueprint("focal_points", __name__, url_prefix="/organise/events/<slug>/focal-points")
desk_pages = Blueprint("focal_desk", __name__, url_prefix="/f/<token>")
unlisted(desk_pages)
roomy(desk_pages, "person")

event_entry(42, N_("Focal points"), "focal_points.index", Permission.VIEW_GUESTS)


def enter(token: str) -> FocalPoint:
    """The focal point of a link, which is from now on the one asking. Raises `NotFound`."""
    point = links.resolve(settings(), token)
    set_identity(FocalPointIdentity(point.id, point.event_id))
    locale.prefer(point.language)
    g.demo_note = replayed.note(point.event)
    return point
