"""Organisers' pages about a programme."""

from eventsapp.programme.views import announcing, items, moving, overview, strands
from eventsapp.programme.views.blueprint import programme_pages

__all__ = ["announcing", "items", "moving", "overview", "strands"]

blueprints = (programme_pages,)
