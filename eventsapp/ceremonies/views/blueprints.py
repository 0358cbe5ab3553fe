"""The blueprints of pages about instruments and their places in the navigation."""

from flask import Blueprint

from eventsapp.access.permissions import Permission
from eventsapp.core.text import N_
from eventsapp.events.enums import EventKind
from eventsapp.web.navigation import desk_entry, event_entry

ceremony_pages = Blueprint("ceremony", __name__, url_prefix="/organise/events/<slug>/ceremony")
instrument_pages = Blueprint("instruments", __name__, url_prefix="/organise/instruments")
commitment_pages = Blueprint("commitments", __name__, url_prefix="/organise/commitments")

event_entry(
    25, N_("Ceremony"), "ceremony.index", Permission.VIEW_EVENT, kinds=frozenset({EventKind.SIGNING.value})
)
desk_entry(50, N_("Instruments"), "instruments.index", Permission.VIEW_REGISTER)
desk_entry(55, N_("Commitments"), "commitments.index", Permission.VIEW_REGISTER)
