"""Organisers' pages about events."""

from eventsapp.events.views import categories, listing, passing, single
from eventsapp.events.views.blueprints import categories_pages, desk, event_pages

__all__ = ["categories", "listing", "passing", "single"]

blueprints = (desk, event_pages, categories_pages)
