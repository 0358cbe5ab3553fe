"""What this wing does when somebody comes in a guest's place: the focal point goes on answering for it."""

from sqlalchemy import select

from eventsapp.core.db import db
from eventsapp.focal import queries
from eventsapp.focal.models import FocalPlace
from eventsapp.rsvps import own_page
from eventsapp.rsvps.models import Guest
from eventsapp.rsvps.signals import guest_represented, guest_returned


def _on_represented(_: object, *, guest: Guest, substitute: Guest, **__: object) -> None:
    """The substitute is the focal point's too; a place of a quota passes on with the guest's."""
    place = _place(guest)
    if place is not None:
        entrusted = FocalPlace(
            guest=substitute,
            focal_point_id=place.focal_point_id,
            quota_id=place.quota_id,
            named_here=place.named_here,
        )
        place.quota_id, place.named_here = None, False
        db.session.add(entrusted)
        db.session.flush()


def _on_returned(_: object, *, guest: Guest, substitute: Guest, **__: object) -> None:
    """A place of a quota is the guest's again, and the substitute nobody's."""
    place, lent = _place(guest), _place(substitute)
    if place is None or lent is None or place.focal_point_id != lent.focal_point_id:
        return
    place.quota_id, place.named_here = lent.quota_id, lent.named_here
    db.session.delete(lent)
    db.session.flush()


def _place(guest: Guest) -> FocalPlace | None:
    return db.session.scalar(select(FocalPlace).where(FocalPlace.guest_id == guest.id))


def init_app(_app: object) -> None:
    """Listen, and say in guests' records who acted for them."""
    own_page.name_focal_points(queries.names_for)
    guest_represented.connect(_on_represented)
    guest_returned.connect(_on_returned)
