"""The blueprints of visits' pages and their places in the navigation."""

from flask import Blueprint

from eventsapp.access.permissions import Permission
from eventsapp.core.text import N_
from eventsapp.events.enums import EventKind
from eventsapp.web.navigation import event_entry

visit_pages = Blueprint("visit", __name__, url_prefix="/organise/events/<slug>/visit")
itinerary_pages = Blueprint("itineraries", __name__, url_prefix="/organise/events/<slug>/visit/itinerary")

event_entry(26, N_("Visit"), "visit.index", Permission.VIEW_GUESTS, kinds=frozenset({EventKind.VISIT.value}))
event_entry(
    26,
    N_("Delegations"),
    "visit.list_delegations",
    Permission.VIEW_GUESTS,
    kinds=frozenset({EventKind.SUMMIT.value}),
)
event_entry(
    27,
    N_("Itineraries"),
    "itineraries.index",
    Permission.VIEW_GUEST_DETAILS,
    kinds=frozenset({EventKind.VISIT.value}),
)
