"""Checkpoints, badges and paired devices for tests."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from eventsapp.access.identity import SYSTEM, DeviceIdentity
from eventsapp.badges import service as badges
from eventsapp.badges.code import BadgeCode, encode
from eventsapp.badges.keys import BadgeKeys
from eventsapp.badges.models import Badge
from eventsapp.core.config import Settings
from eventsapp.core.db import db
from eventsapp.devices import service as devices
from eventsapp.door import checkpoints
from eventsapp.door.checkpoints import CheckpointInput
from eventsapp.door.models import Checkpoint
from eventsapp.events.models import Event
from eventsapp.rsvps.models import Guest
from tests.factories.people import NOW


def make_checkpoint(event: Event, name: str = "Main", **given: Any) -> Checkpoint:
    """A checkpoint that admits every badge of the event, unless a zone is given."""
    return checkpoints.create_checkpoint(event, CheckpointInput(name=name, **given), actor=SYSTEM, now=NOW)


def make_badge(guest: Guest, **given: Any) -> Badge:
    """The badge of a guest who accepted, good in May and June 2026 unless other days are given."""
    badges.issue(guest, actor=SYSTEM, now=NOW)
    badge = badges.of_guest(guest)
    usual: dict[str, Any] = {"valid_from": date(2026, 5, 1), "valid_until": date(2026, 6, 30)}
    for name, value in {**usual, **given}.items():
        setattr(badge, name, value)
    db.session.flush()
    return badge


def code_of(badge: Badge, settings: Settings, /, **changes: Any) -> str:
    """The text of the badge's QR symbol, signed with the installation's key."""
    key = BadgeKeys(settings.instance).current()
    said: dict[str, Any] = {
        "key_id": key.key_id,
        "event": badge.event_id & 0xFFFFFF,
        "badge": badge.number,
        "revision": badge.revision,
        "category": 1,
        "first_day": badge.valid_from,
        "last_day": badge.valid_until,
    }
    return encode(BadgeCode(**{**said, **changes}), key.signing_key)


@dataclass(frozen=True)
class Gate:
    """A paired device: its token, who it is, and its checkpoints."""

    token: str
    identity: DeviceIdentity
    checkpoints: tuple[Checkpoint, ...]

    @property
    def headers(self) -> dict[str, str]:
        """What it sends with every call."""
        return {"Authorization": f"Bearer {self.token}"}


def make_gate(event: Event, *places: Checkpoint, name: str = "Gate A") -> Gate:
    """A device paired for these checkpoints (a new one, "Main", when none is given)."""
    places = places or (make_checkpoint(event),)
    link = devices.create_pairing(event.id, [place.id for place in places], name=name, actor=SYSTEM, now=NOW)
    paired = devices.pair(link.token, now=NOW)
    ids = frozenset(place.id for place in places)
    return Gate(paired.token, DeviceIdentity(paired.device_id, event.id, ids, name), places)
