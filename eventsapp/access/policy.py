"""The policy: one table, one question. What is not in the table is denied."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from eventsapp.access.identity import DeviceIdentity, Identity, StaffIdentity
from eventsapp.access.permissions import Permission as P
from eventsapp.access.permissions import Role

_VIEWER = frozenset({P.VIEW_EVENT, P.VIEW_GUESTS})
_DOOR = frozenset({P.VIEW_EVENT, P.VIEW_GUESTS, P.RUN_DOOR})
_LIAISON = _VIEWER | {P.VIEW_GUEST_DETAILS, P.EDIT_VISIT}
_REGISTRAR = _VIEWER | {P.VIEW_GUEST_DETAILS, P.EDIT_GUESTS, P.SEND_INVITATIONS, P.ISSUE_BADGES, P.VIEW_MAIL}
_PROTOCOL = _REGISTRAR | {P.DECIDE_REPLIES, P.EDIT_PROGRAMME, P.EDIT_CEREMONY, P.EDIT_VISIT}
_ORGANISER = _PROTOCOL | _DOOR | {P.EDIT_EVENT, P.PUBLISH_EVENT, P.VIEW_EVENT_RECORD, P.ASSIGN_ROLES}

PERMISSIONS: Mapping[Role, frozenset[P]] = MappingProxyType(
    {
        Role.ORGANISER: _ORGANISER,
        Role.REGISTRAR: _REGISTRAR,
        Role.PROTOCOL: _PROTOCOL,
        Role.LIAISON: _LIAISON,
        Role.DOOR: _DOOR,
        Role.VIEWER: _VIEWER,
    }
)

_REGISTER = frozenset({P.VIEW_REGISTER, P.EDIT_REGISTER})

# What a role in any event opens beside that event: people and places are shared by all of them.
_DIRECTORY: Mapping[Role, frozenset[P]] = MappingProxyType(
    {
        Role.ORGANISER: frozenset({P.CREATE_EVENTS, P.VIEW_DIRECTORY, P.EDIT_DIRECTORY}) | _REGISTER,
        Role.REGISTRAR: frozenset({P.VIEW_DIRECTORY, P.EDIT_DIRECTORY}),
        Role.PROTOCOL: frozenset({P.VIEW_DIRECTORY, P.EDIT_DIRECTORY}) | _REGISTER,
        Role.LIAISON: frozenset({P.VIEW_DIRECTORY}),
    }
)


def allows(identity: Identity, permission: P, event_ids: Sequence[int] = ()) -> bool:
    """Whether `identity` may do `permission` in an event.

    `event_ids` is the event and the events it stands inside: a role in a visit holds for the
    signing inside it. Empty for what concerns the whole installation.
    """
    match identity:
        case StaffIdentity(administrator=True):
            return permission is not P.SCAN
        case StaffIdentity() if permission is P.ENTER_DESK:
            return True
        case StaffIdentity(roles=roles) if event_ids:
            held = frozenset[Role]().union(*(roles.get(event_id, ()) for event_id in event_ids))
            return any(permission in PERMISSIONS[role] for role in held)
        case StaffIdentity(roles=roles):
            held = frozenset[Role]().union(*roles.values())
            return any(permission in _DIRECTORY.get(role, ()) for role in held)
        case DeviceIdentity(event_id=event_id):
            return permission is P.SCAN and event_id in event_ids
        case _:
            return False
