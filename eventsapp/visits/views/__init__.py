"""Organisers' pages about visits, delegations and itineraries."""

from eventsapp.events import public_sections
from eventsapp.events.enums import EventKind
from eventsapp.visits import queries
from eventsapp.visits.views import announcing, delegations, itinerary, visit
from eventsapp.visits.views.blueprint import itinerary_pages, visit_pages

__all__ = ["announcing", "delegations", "itinerary", "visit"]

blueprints = (visit_pages, itinerary_pages)

public_sections.section(
    15, "visits/_public.html", queries.for_public_page, kinds=frozenset({EventKind.VISIT})
)
