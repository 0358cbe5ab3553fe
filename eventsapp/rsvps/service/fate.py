"""What became of the mails to guests, in their record: the invitation left, or an address takes no mail."""

from datetime import datetime

from sqlalchemy import update

from eventsapp.access.identity import Actor
from eventsapp.core.db import db
from eventsapp.rsvps.enums import Channel, Recorded
from eventsapp.rsvps.models import Guest
from eventsapp.rsvps.service.recording import REASON_LIMIT, note

INVITATION = "invitation"


def sent(guest_id: int, template: str, *, actor: Actor, now: datetime) -> None:
    """A mail to a guest has left; that of an invitation is a step of its life."""
    guest = db.session.get(Guest, guest_id) if template == INVITATION else None
    if guest is not None:
        note(guest, Recorded.SENT, channel=Channel.MAIL, actor=actor, now=now)


def bounced(guest_id: int, address: str, reason: str, *, actor: Actor, now: datetime) -> None:
    """A mail to a guest came back: no reminders go there until the address is another one.

    Nothing where it is another one already.
    """
    marked = db.session.execute(
        update(Guest)
        .where(Guest.id == guest_id, Guest.email == address, Guest.bounced_at.is_(None))
        .values(bounced_at=now)
        .returning(Guest.id)
    ).all()
    guest = db.session.get(Guest, guest_id) if marked else None
    if guest is not None:
        note(
            guest, Recorded.BOUNCED, channel=Channel.MAIL, actor=actor, reason=reason[:REASON_LIMIT], now=now
        )
