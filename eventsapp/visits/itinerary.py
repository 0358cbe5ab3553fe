"""Whose itinerary an item stands in. Pure: it needs only what was read."""

from collections.abc import Collection, Sequence

from eventsapp.people.models import Person
from eventsapp.programme.enums import Audience, PartRole
from eventsapp.programme.models import ParticipantGroup, ProgrammeItem


def of_person(
    items: Sequence[ProgrammeItem], person: Person, groups: Collection[ParticipantGroup]
) -> list[ProgrammeItem]:
    """The items for all, those of the person's groups, and those in which the person has a part."""
    own = {group.id for group in groups if any(member.id == person.id for member in group.people)}
    return [item for item in items if _is_for_groups(item, own) or roles(item, person)]


def of_group(items: Sequence[ProgrammeItem], group: ParticipantGroup) -> list[ProgrammeItem]:
    """The items for all, and those of the group."""
    return [item for item in items if _is_for_groups(item, {group.id})]


def roles(item: ProgrammeItem, person: Person) -> list[PartRole]:
    """A person's parts in an item."""
    return [part.role for part in item.participations if part.person_id == person.id]


def _is_for_groups(item: ProgrammeItem, group_ids: Collection[int]) -> bool:
    if item.audience is Audience.GROUPS:
        return any(group.id in group_ids for group in item.groups)
    return item.audience is Audience.EVERYONE
