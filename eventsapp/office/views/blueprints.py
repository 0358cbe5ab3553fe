"""The blueprints of the back office and their places in the navigation."""

from flask import Blueprint

from eventsapp.access.permissions import Permission
from eventsapp.core.text import N_
from eventsapp.web.navigation import desk_entry, event_entry

staff_pages = Blueprint("staff", __name__, url_prefix="/organise/staff")
team_pages = Blueprint("team", __name__, url_prefix="/organise/events/<slug>/roles")
mail_pages = Blueprint("mail", __name__, url_prefix="/organise")
record_pages = Blueprint("record", __name__, url_prefix="/organise")

desk_entry(70, N_("Mail"), "mail.index", Permission.VIEW_MAIL)
desk_entry(80, N_("Record"), "record.index", Permission.VIEW_RECORD)
desk_entry(90, N_("Staff"), "staff.index", Permission.MANAGE_STAFF)
event_entry(85, N_("Mail"), "mail.of_event", Permission.VIEW_MAIL)
event_entry(90, N_("Roles"), "team.index", Permission.ASSIGN_ROLES)
event_entry(95, N_("Record"), "record.of_event", Permission.VIEW_EVENT_RECORD)
