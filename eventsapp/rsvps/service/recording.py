"""The record of a guest's life with an event: each answer and each step, who took it and how it came."""

from datetime import datetime

from eventsapp.access.identity import Actor
from eventsapp.core.db import db
from eventsapp.core.text import clean
from eventsapp.programme.models import ProgrammeItem
from eventsapp.rsvps.enums import Answer, Channel, Recorded
from eventsapp.rsvps.models import Guest, ReplyRecord

REASON_LIMIT = 300


def note(
    guest: Guest,
    said: Answer | Recorded,
    *,
    channel: Channel,
    actor: Actor,
    on_behalf: bool = False,
    reason: str = "",
    item: ProgrammeItem | None = None,
    now: datetime,
) -> None:
    """Add one line to a guest's record, about the event or about one `item` of it.

    The guest must have an id. Written with the next flush. Raises `Invalid` for a reason that is too long
    or cannot be stored.
    """
    db.session.add(
        ReplyRecord(
            guest_id=guest.id,
            item_id=item.id if item else None,
            answer=said.value,
            at=now,
            channel=channel,
            actor_kind=actor.kind,
            actor_id=actor.id,
            on_behalf=on_behalf,
            reason=clean(reason, limit=REASON_LIMIT),
        )
    )
