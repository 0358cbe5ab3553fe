"""The pages about lists, one file a step."""

from eventsapp.lists.views import deciding, exports, uploads
from eventsapp.lists.views.blueprint import list_pages

__all__ = ["deciding", "exports", "uploads"]

blueprints = (list_pages,)
