"""The blueprint of the places' pages and its place in the navigation."""

from flask import Blueprint

from eventsapp.access.permissions import Permission
from eventsapp.core.text import N_
from eventsapp.web.navigation import desk_entry

places_pages = Blueprint("places", __name__, url_prefix="/organise/places")

desk_entry(40, N_("Places"), "places.index", Permission.VIEW_DIRECTORY)
