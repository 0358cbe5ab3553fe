"""Addresses of calendars: files of what is public, and each guest's private feed."""

from eventsapp.calendars.views import own, public
from eventsapp.rsvps import own_page

blueprints = (public.blueprint, own.blueprint)

own_page.section(20, "calendars/own_page.html", own.section)
