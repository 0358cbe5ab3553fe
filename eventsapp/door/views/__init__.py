"""The door's pages: the scanner under `/door/`, and the organisers' pages about it."""

from eventsapp.door.views import desk, scanner

blueprints = (scanner.blueprint, desk.blueprint)
