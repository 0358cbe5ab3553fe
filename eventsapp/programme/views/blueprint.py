"""The blueprint of the programme's pages and its place in the navigation."""

from flask import Blueprint

from eventsapp.access.permissions import Permission
from eventsapp.core.text import N_
from eventsapp.web.navigation import event_entry

programme_pages = Blueprint("programme", __name__, url_prefix="/organise/events/<slug>/programme")

event_entry(20, N_("Programme"), "programme.index", Permission.VIEW_EVENT)
