"""Pages of the back office."""

from eventsapp.office.views import mail, mails, record, staff, team
from eventsapp.office.views.blueprints import mail_pages, record_pages, staff_pages, team_pages

__all__ = ["blueprints", "mail", "mails", "record", "staff", "team"]

blueprints = (staff_pages, team_pages, mail_pages, record_pages)
