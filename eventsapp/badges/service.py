"""Issuing, suspending, revoking and reissuing badges; remembering what was printed."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import insert, select

from eventsapp.access.identity import Actor
from eventsapp.audit import service as audit
from eventsapp.badges.enums import BadgeState
from eventsapp.badges.models import Badge, BadgePrint
from eventsapp.core.codes import public_code, public_number
from eventsapp.core.db import db
from eventsapp.core.errors import Conflict
from eventsapp.core.text import N_, clean
from eventsapp.events.models import Event
from eventsapp.rsvps.enums import GuestState
from eventsapp.rsvps.models import Guest

NUMBER_BITS = 56
SHORT_CODE_LENGTH = 8
LAST_REVISION = 255
# Early enough for a rehearsal, long enough for an event that is put off by some days.
_MARGIN = timedelta(days=7)


def issue(guest: Guest, *, actor: Actor, now: datetime) -> Badge:
    """The guest's badge: made when there is none, woken when it was suspended.

    A revoked badge stays revoked (reissue it instead). Raises `Conflict` for a guest who has not accepted.
    """
    if guest.state is not GuestState.ACCEPTED:
        raise Conflict(N_("Only a guest who has accepted gets a badge."))
    badge = of_guest(guest)
    if badge is None:
        badge = _made(guest, now)
        _record("badge.issued", badge, actor, now)
    elif badge.state is BadgeState.SUSPENDED:
        badge.state = BadgeState.ACTIVE
        _record("badge.woken", badge, actor, now)
    db.session.flush()
    return badge


def suspend(guest: Guest, *, actor: Actor, now: datetime) -> None:
    """Close the doors to a guest who no longer comes; accepting again opens them."""
    badge = of_guest(guest)
    if badge is not None and badge.state is BadgeState.ACTIVE:
        badge.state = BadgeState.SUSPENDED
        _record("badge.suspended", badge, actor, now)


def revoke(badge: Badge, *, reason: str = "", actor: Actor, now: datetime) -> Badge:
    """Close the doors to this badge for good. Raises `Conflict` when it was revoked before."""
    badge = _held(badge)
    if badge.state is BadgeState.REVOKED:
        raise Conflict(N_("This badge was revoked already."))
    badge.state = BadgeState.REVOKED
    badge.revoked_at = now
    badge.revoke_reason = clean(reason, limit=300)
    _record("badge.revoked", badge, actor, now)
    return badge


def reissue(badge: Badge, *, reason: str = "", actor: Actor, now: datetime) -> Badge:
    """A new revision, the only one that opens doors from now on, with a new short code.

    Also brings a revoked badge back. Raises `Conflict` for a guest who has not accepted, and after
    254 reissues.
    """
    badge = _held(badge)
    if badge.guest.state is not GuestState.ACCEPTED:
        raise Conflict(N_("Only a guest who has accepted gets a badge."))
    if badge.revision >= LAST_REVISION:
        raise Conflict(N_("This badge was reissued too often. Withdraw the guest and add them anew."))
    badge.revision += 1
    badge.short_code = public_code(SHORT_CODE_LENGTH)
    badge.state = BadgeState.ACTIVE
    badge.issued_at = now
    badge.revoked_at = None
    badge.revoke_reason = clean(reason, limit=300)
    badge.valid_from, badge.valid_until = validity(badge.guest.event)
    _record("badge.reissued", badge, actor, now)
    return badge


def issue_missing(event: Event, *, actor: Actor, now: datetime) -> int:
    """Badges for every accepted guest who has none; how many were made."""
    guests = db.session.scalars(
        select(Guest)
        .outerjoin(Badge, Badge.guest_id == Guest.id)
        .where(Guest.event_id == event.id, Guest.state == GuestState.ACCEPTED, Badge.id.is_(None))
        .order_by(Guest.id)
    ).all()
    for guest in guests:
        issue(guest, actor=actor, now=now)
    return len(guests)


def follow_event(event: Event) -> None:
    """Bring the validity of an event's badges in line with the days it was moved to."""
    first, last = validity(event)
    db.session.execute(
        db.update(Badge).where(Badge.event_id == event.id).values(valid_from=first, valid_until=last)
    )


def validity(event: Event) -> tuple[date, date]:
    """The first and the last day on which the event's badges open doors."""
    return event.starts_local.date() - _MARGIN, event.ends_local.date() + _MARGIN


def note_printed(
    prints: Sequence[tuple[int, int, str]], sheet: str, *, event_id: int, actor: Actor, now: datetime
) -> None:
    """Remember what was printed: (badge id, revision, digest of the face) each."""
    if prints:
        db.session.execute(
            insert(BadgePrint),
            [
                {
                    "badge_id": badge_id,
                    "revision": revision,
                    "face_digest": digest,
                    "sheet": sheet,
                    "printed_at": now,
                    "actor_kind": actor.kind,
                    "actor_id": actor.id,
                }
                for badge_id, revision, digest in prints
            ],
        )
        audit.record(
            "badge.printed", "event", event_id, actor=actor, now=now, event_id=event_id, count=len(prints)
        )


def of_guest(guest: Guest) -> Badge | None:
    """The guest's badge, if one was ever made."""
    return db.session.scalar(select(Badge).where(Badge.guest_id == guest.id))


def _made(guest: Guest, now: datetime) -> Badge:
    first, last = validity(guest.event)
    badge = Badge(
        event_id=guest.event_id,
        guest=guest,
        number=public_number(NUMBER_BITS),
        short_code=public_code(SHORT_CODE_LENGTH),
        revision=1,
        state=BadgeState.ACTIVE,
        valid_from=first,
        valid_until=last,
        issued_at=now,
    )
    db.session.add(badge)
    db.session.flush()
    return badge


def _held(badge: Badge) -> Badge:
    """The badge as it is now, held until the transaction ends."""
    return db.session.scalars(
        select(Badge).where(Badge.id == badge.id).with_for_update().execution_options(populate_existing=True)
    ).one()


def _record(action: str, badge: Badge, actor: Actor, now: datetime) -> None:
    db.session.flush()
    audit.record(
        action, "badge", badge.id, actor=actor, now=now, event_id=badge.event_id, revision=badge.revision
    )
