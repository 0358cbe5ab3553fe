"""Who is asking."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from eventsapp.access.permissions import Role


class ActorKind(StrEnum):
    """What sort of somebody did a thing, as the record keeps it."""

    STAFF = "staff"
    GUEST = "guest"
    FOCAL_POINT = "focal-point"  # a secretary or embassy that answers for others
    DEVICE = "device"
    SYSTEM = "system"  # a job or a command
    VISITOR = "visitor"  # anonymous


@dataclass(frozen=True)
class Actor:
    """Who does a thing, for services and the record. `id` is the row id within its kind."""

    kind: ActorKind
    id: int | None = None


SYSTEM = Actor(ActorKind.SYSTEM)
VISITOR = Actor(ActorKind.VISITOR)


@dataclass(frozen=True)
class Anonymous:
    """Nobody we know."""

    actor: Actor = VISITOR


@dataclass(frozen=True)
class StaffIdentity:
    """A signed-in member of staff: `roles` by event id; an administrator may do everything."""

    user_id: int
    email: str
    administrator: bool = False
    roles: Mapping[int, frozenset[Role]] = field(default_factory=dict)

    @property
    def actor(self) -> Actor:
        return Actor(ActorKind.STAFF, self.user_id)


@dataclass(frozen=True)
class GuestIdentity:
    """Whoever holds a guest's personal link."""

    guest_id: int
    event_id: int

    @property
    def actor(self) -> Actor:
        return Actor(ActorKind.GUEST, self.guest_id)


@dataclass(frozen=True)
class FocalPointIdentity:
    """Whoever holds a focal point's link: answers for the guests entrusted to it, in one event."""

    focal_point_id: int
    event_id: int

    @property
    def actor(self) -> Actor:
        return Actor(ActorKind.FOCAL_POINT, self.focal_point_id)


@dataclass(frozen=True)
class DeviceIdentity:
    """A paired scanner: bound to one event and to some of its checkpoints."""

    device_id: int
    event_id: int
    checkpoint_ids: frozenset[int]
    name: str = ""

    @property
    def actor(self) -> Actor:
        return Actor(ActorKind.DEVICE, self.device_id)


Identity = Anonymous | StaffIdentity | GuestIdentity | FocalPointIdentity | DeviceIdentity
