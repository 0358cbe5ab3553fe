"""Organisers' pages about people and organisations."""

from eventsapp.people.views import affiliations, duplicates, organisations, people
from eventsapp.people.views.blueprints import organisations_pages, people_pages

__all__ = ["affiliations", "duplicates", "organisations", "people"]

blueprints = (people_pages, organisations_pages)
