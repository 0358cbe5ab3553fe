"""The blueprints of the organisers' pages about guests and replies, and their place in the navigation."""

from flask import Blueprint

from eventsapp.access.permissions import Permission
from eventsapp.core.text import N_
from eventsapp.web.navigation import event_entry

guest_pages = Blueprint("guests", __name__, url_prefix="/organise/events/<slug>/guests")

reply_pages = Blueprint("replies", __name__, url_prefix="/organise/events/<slug>/replies")

event_entry(40, N_("Guests"), "guests.index", Permission.VIEW_GUESTS)
event_entry(41, N_("Reply desk"), "replies.index", Permission.VIEW_GUESTS)
