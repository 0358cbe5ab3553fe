"""Issuing, suspending, revoking and reissuing badges; remembering what was printed."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, cast

from sqlalchemy import Table, bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm.util import identity_key

from eventsapp.access.identity import Actor
from eventsapp.audit import service as audit
from eventsapp.badges.enums import BadgeState
from eventsapp.badges.models import Badge, BadgePrint
from eventsapp.core.codes import public_code, public_number
from eventsapp.core.db import db, is_sqlite
from eventsapp.core.errors import Conflict
from eventsapp.core.text import N_, clean
from eventsapp.events.models import Event
from eventsapp.rsvps.enums import LET_IN
from eventsapp.rsvps.models import Guest

NUMBER_BITS = 56
SHORT_CODE_LENGTH = 8
LAST_REVISION = 255
# Early enough for a rehearsal, long enough for an event that is put off by some days.
_MARGIN = timedelta(days=7)


def issue(guest: Guest, *, actor: Actor, now: datetime) -> None:
    """Give the guest a badge: made when there is none, woken when it was suspended.

    A revoked badge stays revoked (reissue it instead). Raises `Conflict` for a guest who has not accepted.
    """
    if guest.state not in LET_IN:
        raise Conflict(N_("Only a guest who has accepted gets a badge."))
    woken = _turn(guest, BadgeState.SUSPENDED, BadgeState.ACTIVE)
    if woken is not None:
        _record_of(guest, "badge.woken", woken, actor, now)
        return
    made = _make(guest, now)
    if made is not None:
        _record_of(guest, "badge.issued", made, actor, now)


def suspend(guest: Guest, *, actor: Actor, now: datetime) -> None:
    """Close the doors to a guest who no longer comes; accepting again opens them."""
    suspended = _turn(guest, BadgeState.ACTIVE, BadgeState.SUSPENDED)
    if suspended is not None:
        _record_of(guest, "badge.suspended", suspended, actor, now)


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
    if badge.guest.state not in LET_IN:
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


def issue_missing(event: Event, *, limit: int | None = None, actor: Actor, now: datetime) -> int:
    """Badges for accepted guests who have none, all or `limit` of them; how many were made."""
    guests = db.session.scalars(
        select(Guest)
        .outerjoin(Badge, Badge.guest_id == Guest.id)
        .where(Guest.event_id == event.id, Guest.state.in_(LET_IN), Badge.id.is_(None))
        .order_by(Guest.id)
        .limit(limit)
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


_BADGES = cast(Table, Badge.__table__)

# Every reply turns or makes a badge: each by one statement, which is made once and goes past the ORM.


def _turn(guest: Guest, before: BadgeState, after: BadgeState) -> tuple[int, int] | None:
    """Turn the guest's badge from one state to another; its id and revision, None when it stood elsewhere."""
    asked = {"of_guest": guest.id, "before": before, "after": after}
    row = db.session.connection().execute(_turning(), asked).first()
    if row is None:
        return None
    _forget(row.id)
    return row.id, row.revision


@cache
def _turning() -> Any:
    return (
        update(_BADGES)
        .where(_BADGES.c.guest_id == bindparam("of_guest"), _BADGES.c.state == bindparam("before"))
        .values(state=bindparam("after"))
        .returning(_BADGES.c.id, _BADGES.c.revision)
    )


def _forget(badge_id: int) -> None:
    """Have a badge that was read before read anew."""
    known = db.session.identity_map.get(identity_key(Badge, badge_id))
    if known is not None:
        db.session.expire(known)


def _make(guest: Guest, now: datetime) -> tuple[int, int] | None:
    """Make the guest's first badge; its id and revision, None when they have one."""
    first, last = validity(guest.event)
    made = {
        "event_id": guest.event_id,
        "guest_id": guest.id,
        "number": public_number(NUMBER_BITS),
        "short_code": public_code(SHORT_CODE_LENGTH),
        "revision": 1,
        "state": BadgeState.ACTIVE,
        "valid_from": first,
        "valid_until": last,
        "issued_at": now,
    }
    connection = db.session.connection()
    badge_id: int | None = connection.scalar(_making(on_sqlite=is_sqlite(connection)), made)
    return None if badge_id is None else (badge_id, 1)


@cache
def _making(*, on_sqlite: bool) -> Any:
    insert = sqlite.insert if on_sqlite else postgresql.insert
    return insert(_BADGES).on_conflict_do_nothing(index_elements=[_BADGES.c.guest_id]).returning(_BADGES.c.id)


def _held(badge: Badge) -> Badge:
    """The badge as it is now, held until the transaction ends."""
    return db.session.scalars(
        select(Badge).where(Badge.id == badge.id).with_for_update().execution_options(populate_existing=True)
    ).one()


def _record_of(guest: Guest, action: str, badge: tuple[int, int], actor: Actor, now: datetime) -> None:
    badge_id, revision = badge
    audit.record(action, "badge", badge_id, actor=actor, now=now, event_id=guest.event_id, revision=revision)


def _record(action: str, badge: Badge, actor: Actor, now: datetime) -> None:
    db.session.flush()
    audit.record(
        action, "badge", badge.id, actor=actor, now=now, event_id=badge.event_id, revision=badge.revision
    )
