"""Pages for guests (by personal link), for people who register, and for staff."""

from eventsapp.rsvps.views import blueprint, guests, invitation, listing, own, registration

__all__ = ["guests", "listing"]

blueprints = (invitation.blueprint, own.blueprint, registration.blueprint, blueprint.blueprint)
