"""Organisers' pages about places."""

from eventsapp.places.views import parts, venues
from eventsapp.places.views.blueprint import places_pages

__all__ = ["parts", "venues"]

blueprints = (places_pages,)
