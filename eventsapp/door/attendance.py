"""What the doors know of who came: the guests whose badge was let in somewhere, whenever."""

from sqlalchemy import Select, select

from eventsapp.badges.models import Badge
from eventsapp.door.models import Admission
from eventsapp.rsvps.service import attending


def who_came(event_id: int) -> Select[int]:
    """A statement for the ids of an event's guests who were let in."""
    return (
        select(Badge.guest_id)
        .join(Admission, Admission.badge_id == Badge.id)
        .where(Admission.event_id == event_id)
        .distinct()
    )


def init_app(_app: object) -> None:
    """Tell the reply desk when it asks."""
    attending.witness(who_came)
