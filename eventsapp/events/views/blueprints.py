"""The blueprints of the events' pages and their places in the navigation."""

from flask import Blueprint

from eventsapp.access.permissions import Permission
from eventsapp.core.text import N_
from eventsapp.web.navigation import desk_entry, event_entry

desk = Blueprint("desk", __name__, url_prefix="/organise")
event_pages = Blueprint("event", __name__, url_prefix="/organise/events")
categories_pages = Blueprint("categories", __name__, url_prefix="/organise/events/<slug>/categories")

desk_entry(10, N_("Events"), "desk.index", Permission.ENTER_DESK)
event_entry(10, N_("Overview"), "event.overview", Permission.VIEW_EVENT)
event_entry(80, N_("Categories"), "categories.index", Permission.EDIT_EVENT)
