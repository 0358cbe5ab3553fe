"""Itineraries: what a person or a group does, day by day; on the screen and on paper."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort, render_template, request

from eventsapp.access.permissions import Permission
from eventsapp.events.desk import for_event
from eventsapp.events.models import Event
from eventsapp.people.models import Person
from eventsapp.programme import queries as programme
from eventsapp.programme.grid import days
from eventsapp.programme.models import ParticipantGroup, ProgrammeItem
from eventsapp.visits import itinerary as itineraries
from eventsapp.visits import queries
from eventsapp.visits.models import Delegation
from eventsapp.visits.views.blueprint import itinerary_pages


@dataclass(frozen=True)
class Choice:
    """Everybody and every group that has an itinerary here, and whose is shown."""

    groups: Sequence[ParticipantGroup]
    people: Sequence[Person]
    group: ParticipantGroup | None
    person: Person | None


@itinerary_pages.get("/")
@for_event(Permission.VIEW_GUEST_DETAILS)
def index(event: Event) -> str:
    """Of a person (`?person=`), a group (`?group=`), or all of it."""
    return _page(event, "visits/itinerary.html")


@itinerary_pages.get("/print")
@for_event(Permission.VIEW_GUEST_DETAILS)
def printed(event: Event) -> str:
    """The same on paper."""
    return _page(event, "visits/itinerary_print.html")


def _page(event: Event, template: str) -> str:
    items = queries.itinerary_items(event)
    delegations = queries.delegations(event)
    choice = _choice(items, delegations, programme.groups(event))
    return render_template(
        template,
        event=event,
        choice=choice,
        days=days(_chosen(items, choice)),
        roles=itineraries.roles,
        delegation=_delegation_of(delegations, choice.person),
    )


def _choice(
    items: Sequence[ProgrammeItem],
    delegations: Sequence[Delegation],
    groups: Sequence[ParticipantGroup],
) -> Choice:
    people = {member.person.id: member.person for each in delegations for member in each.members}
    for item in items:
        people.update({part.person.id: part.person for part in item.participations})
    ordered = sorted(people.values(), key=lambda person: (person.sort_key, person.id))
    asked_person, asked_group = request.args.get("person"), request.args.get("group")
    person = next((each for each in ordered if each.code == asked_person), None)
    group = next((each for each in groups if each.code == asked_group), None)
    if (asked_person and not person) or (asked_group and not group):
        abort(404)
    return Choice(groups, ordered, group, person)


def _chosen(items: Sequence[ProgrammeItem], choice: Choice) -> list[ProgrammeItem]:
    if choice.person:
        return itineraries.of_person(items, choice.person, choice.groups)
    if choice.group:
        return itineraries.of_group(items, choice.group)
    return list(items)


def _delegation_of(delegations: Sequence[Delegation], person: Person | None) -> Delegation | None:
    if person is None:
        return None
    return next(
        (each for each in delegations if any(row.person_id == person.id for row in each.members)), None
    )
