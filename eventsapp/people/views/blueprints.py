"""The blueprints of people's pages and their places in the navigation."""

from flask import Blueprint

from eventsapp.access.permissions import Permission
from eventsapp.core.text import N_
from eventsapp.web.navigation import desk_entry

people_pages = Blueprint("people", __name__, url_prefix="/organise/people")
organisations_pages = Blueprint("organisations", __name__, url_prefix="/organise/organisations")

desk_entry(20, N_("People"), "people.index", Permission.VIEW_DIRECTORY)
desk_entry(30, N_("Organisations"), "organisations.index", Permission.VIEW_DIRECTORY)
