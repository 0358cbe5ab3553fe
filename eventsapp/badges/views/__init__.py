"""Pages about badges: for organisers, and the badge on a guest's own page."""

from flask import Flask

from eventsapp.access.permissions import Permission
from eventsapp.badges.keys import BadgeKeys
from eventsapp.badges.views import desk, own
from eventsapp.core.config import Settings
from eventsapp.rsvps import own_page

blueprints = (desk.blueprint, own.blueprint)


def init_app(app: Flask) -> None:
    """Hold the installation's keys; show a guest's badge on their pages."""
    settings: Settings = app.extensions["settings"]
    app.extensions["badge_keys"] = BadgeKeys(settings.instance)
    own_page.section(10, "badges/own_page.html", own.section)
    own_page.desk_section(10, Permission.ISSUE_BADGES, "badges/desk_section.html", desk.section)
