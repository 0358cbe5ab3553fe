"""Visits and delegations for tests."""

from typing import Any

from eventsapp.access.identity import SYSTEM
from eventsapp.events.enums import EventKind
from eventsapp.events.models import Event
from eventsapp.people.models import Person
from eventsapp.visits import service
from eventsapp.visits.models import Delegation, Member, Visit
from tests.factories.events import make_event
from tests.factories.people import NOW, make_person


def make_visit_event(title: str = "Visit of the Northport delegation", **given: Any) -> Event:
    """A delegation visit; further keywords as in `make_event`."""
    return make_event(title, kind=EventKind.VISIT, **given)


def make_visit(event: Event, **given: Any) -> Visit:
    """The bodies of a visit; keywords as in `VisitInput`."""
    return service.set_visit(event, service.VisitInput(**given), actor=SYSTEM, now=NOW)


def make_delegation(event: Event, name: str = "Delegation of Northport", **given: Any) -> Delegation:
    """A delegation without members; further keywords as in `DelegationInput`."""
    return service.create_delegation(
        event, service.DelegationInput(names={"en": name}, **given), actor=SYSTEM, now=NOW
    )


def make_member(delegation: Delegation, person: Person | str = "Ada Example", **given: Any) -> Member:
    """A member; further keywords as in `MemberInput`."""
    if isinstance(person, str):
        person = make_person(person)
    return service.add_member(delegation, service.MemberInput(person=person, **given), actor=SYSTEM, now=NOW)
