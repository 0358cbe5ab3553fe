"""The blueprint of the pages about questions, and its place in the navigation."""

from flask import Blueprint

from eventsapp.access.permissions import Permission
from eventsapp.core.text import N_
from eventsapp.web.navigation import event_entry

question_pages = Blueprint("questions", __name__, url_prefix="/organise/events/<slug>/questions")

event_entry(45, N_("Questions"), "questions.index", Permission.EDIT_EVENT)
