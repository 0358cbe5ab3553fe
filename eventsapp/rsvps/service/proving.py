"""A browser that did not give a guest's answer proves that it is theirs, by a code mailed to their address.

Whether a code is right, unused, young and not guessed at too often is decided by one UPDATE, at the moment
it is used: of many browsers with the same code one gets in, and no burst of guesses gets more tries.
"""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, case, delete, func, select, update

from eventsapp.access.identity import Actor
from eventsapp.audit.service import record
from eventsapp.core import tokens
from eventsapp.core.codes import normal_code
from eventsapp.core.db import db
from eventsapp.core.errors import Conflict
from eventsapp.core.text import N_
from eventsapp.core.tokens import Purpose
from eventsapp.rsvps import messages
from eventsapp.rsvps.models import Guest, MailedCode
from eventsapp.rsvps.service import locking

LASTS = timedelta(minutes=15)
TRIES = 5
SOON = timedelta(minutes=1)  # a second click mails no second code
MOST_AN_HOUR = 5


def send_code(guest: Guest, *, actor: Actor, now: datetime) -> bool:
    """Mail a fresh code; codes mailed before are worth nothing from then on.

    False where one went out within the last minute: that one holds. Raises `Conflict` where there is no
    address, and after several codes in an hour.
    """
    guest = locking.hold_guest(guest.id)
    if not guest.email:
        raise Conflict(N_("There is no mail address for this guest. Copy the link instead."))
    since = select(func.count(), func.max(MailedCode.created_at)).where(
        MailedCode.guest_id == guest.id, MailedCode.created_at > now - timedelta(hours=1)
    )
    mailed, last = db.session.execute(since).one()
    if last is not None and now - last < SOON:
        return False
    if mailed >= MOST_AN_HOUR:
        raise Conflict(N_("Several codes were mailed already. Look for them, or try again in an hour."))
    worthless = (MailedCode.guest_id == guest.id, MailedCode.expires_at < now - timedelta(days=1))
    db.session.execute(delete(MailedCode).where(*worthless))
    db.session.execute(update(MailedCode).where(*_open(guest, now)).values(expires_at=now))
    digits, digest = tokens.make_digits(Purpose.MAILED_CODE, guest.code)
    made = MailedCode(guest_id=guest.id, digest=digest, expires_at=now + LASTS, tries=0, created_at=now)
    db.session.add(made)
    db.session.flush()
    messages.code(guest, digits, str(made.id), actor=actor, now=now)
    record("guest.code-sent", "guest", guest.id, actor=actor, now=now, event_id=guest.event_id)
    return True


def prove(guest: Guest, typed: str, *, actor: Actor, now: datetime) -> bool:
    """Whether what was typed is the guest's code; it can be used no second time. A wrong guess is counted."""
    digest = tokens.digits_digest(Purpose.MAILED_CODE, guest.code, normal_code(typed))
    is_right = MailedCode.digest == digest
    used = db.session.execute(
        update(MailedCode)
        .where(*_open(guest, now), MailedCode.tries < TRIES)
        .values(
            used_at=case((is_right, now), else_=None),
            tries=case((is_right, MailedCode.tries), else_=MailedCode.tries + 1),
        )
        .returning(MailedCode.used_at)
        .execution_options(synchronize_session=False)
    ).scalars()
    proved = any(at is not None for at in used)
    if proved:
        record("guest.proved", "guest", guest.id, actor=actor, now=now, event_id=guest.event_id)
    return proved


def _open(guest: Guest, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (MailedCode.guest_id == guest.id, MailedCode.used_at.is_(None), MailedCode.expires_at > now)
