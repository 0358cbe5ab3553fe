"""Pairing scanners, recognising them, revoking them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from eventsapp.access.identity import Actor, ActorKind, DeviceIdentity
from eventsapp.audit import service as audit
from eventsapp.core import tokens
from eventsapp.core.codes import public_code
from eventsapp.core.db import db
from eventsapp.core.errors import Conflict, DomainError, Invalid, NotFound
from eventsapp.core.prepared import Query
from eventsapp.core.text import N_, clean
from eventsapp.core.tokens import Purpose
from eventsapp.devices.models import Device, Pairing, device_checkpoints

PAIRING_LIFE = timedelta(hours=24)
SEEN_EVERY = timedelta(minutes=1)  # how exactly the organiser knows when a device last called
_NAME_LIMIT = 120


@dataclass(frozen=True)
class PairingLink:
    """A pairing that waits: the token for `/door/pair/<token>`, shown once and stored as a digest."""

    device: Device
    token: str
    expires_at: datetime


@dataclass(frozen=True)
class Paired:
    """A device that may call from now on with its own token, which is stored as a digest only."""

    device_id: int
    event_id: int
    token: str


def create_pairing(
    event_id: int, checkpoint_ids: Sequence[int], *, name: str, actor: Actor, now: datetime
) -> PairingLink:
    """A new device for some checkpoints of the event, and the link that pairs it once, within a day.

    Without a name the device is called by its code. Refuses (`Invalid`) a device without a checkpoint.
    The caller has made sure that the checkpoints are the event's.
    """
    if not checkpoint_ids:
        raise Invalid(N_("Please choose a checkpoint."), field="checkpoints")
    name = clean(name, limit=_NAME_LIMIT)
    code = public_code()
    device = Device(event_id=event_id, name=name or code, code=code)
    db.session.add(device)
    db.session.flush()
    db.session.execute(
        insert(device_checkpoints),
        [{"device_id": device.id, "checkpoint_id": checkpoint} for checkpoint in sorted(set(checkpoint_ids))],
    )
    audit.record("device.added", "device", device.id, actor=actor, now=now, event_id=event_id)
    return _link(device, now)


def renew_pairing(device: Device, *, actor: Actor, now: datetime) -> PairingLink:
    """Another link for the same device; links handed out before no longer work.

    The device calls with its present token until the new link is used. Refuses (`Conflict`) a revoked one.
    """
    if device.revoked_at is not None:
        raise Conflict(N_("This device was revoked. Please add a new one."))
    db.session.execute(
        update(Pairing)
        .where(Pairing.device_id == device.id, Pairing.used_at.is_(None), Pairing.expires_at > now)
        .values(expires_at=now)
    )
    audit.record(
        "device.pairing-renewed", "device", device.id, actor=actor, now=now, event_id=device.event_id
    )
    return _link(device, now)


def _link(device: Device, now: datetime) -> PairingLink:
    token, digest = tokens.make_secret(Purpose.PAIRING)
    pairing = Pairing(device_id=device.id, digest=digest, expires_at=now + PAIRING_LIFE, created_at=now)
    db.session.add(pairing)
    db.session.flush()
    return PairingLink(device, token, pairing.expires_at)


def pairing_waits(token: str, *, now: datetime) -> bool:
    """Whether a pairing link would work now."""
    found = db.session.execute(
        select(Pairing.id)
        .join(Device)
        .where(
            Pairing.digest == tokens.digest(Purpose.PAIRING, token),
            Pairing.used_at.is_(None),
            Pairing.expires_at > now,
            Device.revoked_at.is_(None),
        )
    )
    return found.first() is not None


def pair(token: str, *, now: datetime) -> Paired:
    """Use a pairing link: its device gets a token of its own; one it had before ends.

    Refuses (`NotFound`) an unknown, used, expired or revoked link, all alike. Of many who use one at
    once, one succeeds.
    """
    used = db.session.execute(
        update(Pairing)
        .where(
            Pairing.digest == tokens.digest(Purpose.PAIRING, token),
            Pairing.used_at.is_(None),
            Pairing.expires_at > now,
        )
        .values(used_at=now)
        .returning(Pairing.device_id)
    ).scalar()
    if used is None:
        raise NotFound(N_("This link has been used or is no longer valid."))
    own, digest = tokens.make_secret(Purpose.DEVICE)
    event_id = db.session.execute(
        update(Device)
        .where(Device.id == used, Device.revoked_at.is_(None))
        .values(token_digest=digest, paired_at=now, last_seen_at=now)
        .returning(Device.event_id)
    ).scalar()
    if event_id is None:
        raise NotFound(N_("This link has been used or is no longer valid."))
    device = Actor(ActorKind.DEVICE, used)
    audit.record("device.paired", "device", used, actor=device, now=now, event_id=event_id)
    return Paired(used, event_id, own)


def revoke(device: Device, *, actor: Actor, now: datetime) -> None:
    """The device's token and its waiting links end at once. Doing it twice changes nothing."""
    if device.revoked_at is not None:
        return
    device.revoked_at = now
    device.token_digest = None
    db.session.flush()
    audit.record("device.revoked", "device", device.id, actor=actor, now=now, event_id=device.event_id)


class NotPairedError(DomainError):
    """The token is no device's, or no more."""

    status = HTTPStatus.UNAUTHORIZED
    code = "unauthorized"

    def __init__(self) -> None:
        super().__init__(N_("This device is not paired, or not any more."))


_RECOGNISE = Query(
    select(
        Device.id,
        Device.event_id,
        Device.name,
        Device.token_digest,
        Device.last_seen_at,
        device_checkpoints.c.checkpoint_id,
    )
    .outerjoin(device_checkpoints, device_checkpoints.c.device_id == Device.id)
    .where(Device.token_digest.in_(bindparam("digests", expanding=True)), Device.revoked_at.is_(None))
)


@dataclass(slots=True)
class Recognised:
    """A device that showed a good token; `is_due` when its last call should be noted anew."""

    identity: DeviceIdentity
    is_due: bool


def recognise(connection: Connection, digests: Iterable[bytes], *, now: datetime) -> dict[bytes, Recognised]:
    """The devices whose tokens have these digests, unless they were revoked. One query."""
    found: dict[bytes, tuple[Any, list[int]]] = {}
    for row in _RECOGNISE.rows(connection, digests=list(digests)):
        places = found.setdefault(row.token_digest, (row, []))[1]
        if row.checkpoint_id is not None:
            places.append(row.checkpoint_id)
    return {digest: _recognised(row, places, now) for digest, (row, places) in found.items()}


def _recognised(row: Any, places: list[int], now: datetime) -> Recognised:
    identity = DeviceIdentity(row.id, row.event_id, frozenset(places), row.name)
    return Recognised(identity, row.last_seen_at is None or now - row.last_seen_at > SEEN_EVERY)


def authenticate(token: str, *, now: datetime) -> Recognised | None:
    """The device whose token this is, unless it was revoked; None for every other text. One query."""
    digest = tokens.digest(Purpose.DEVICE, token)
    return recognise(db.session.connection(), [digest], now=now).get(digest)


_SEEN = update(Device).where(Device.id == bindparam("device")).values(last_seen_at=bindparam("now"))


def note_seen(connection: Connection, device_id: int, *, now: datetime) -> None:
    """Keep when the device last called."""
    connection.execute(_SEEN, {"device": device_id, "now": now})
