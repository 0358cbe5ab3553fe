"""Which events a member of staff sees: those with a role of theirs, and the events inside them."""

from collections.abc import Mapping

from eventsapp.access.identity import Identity, StaffIdentity
from eventsapp.access.permissions import Permission
from eventsapp.access.policy import allows

Family = Mapping[int, int | None]
"""Every event's id and the id of the event it stands inside."""


def lineage(event_id: int, family: Family) -> tuple[int, ...]:
    """The event and the events it stands inside, nearest first."""
    ids: list[int] = []
    step: int | None = event_id
    while step is not None and step not in ids:
        ids.append(step)
        step = family.get(step)
    return tuple(ids)


def events_open_to(
    identity: Identity, family: Family, permission: Permission = Permission.VIEW_EVENT
) -> frozenset[int]:
    """The ids of the events in which somebody holds a permission."""
    if isinstance(identity, StaffIdentity) and identity.administrator:
        return frozenset(family)
    return frozenset(
        event_id for event_id in family if allows(identity, permission, lineage(event_id, family))
    )
