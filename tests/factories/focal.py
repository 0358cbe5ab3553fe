"""Focal points for tests."""

from collections.abc import Mapping
from typing import Any

from eventsapp.access.identity import SYSTEM, Actor, ActorKind
from eventsapp.events.models import Category, Event
from eventsapp.focal import queries, service
from eventsapp.focal.models import FocalPlace, FocalPoint
from eventsapp.focal.names import NewName
from eventsapp.focal.service import FocalPointInput
from eventsapp.rsvps.models import Guest
from tests.factories.people import NOW


def make_focal_point(
    event: Event,
    name: str = "Embassy of Northport",
    quotas: Mapping[Category, int] | None = None,
    **given: Any,
) -> FocalPoint:
    """A focal point with a mail address; further keywords as in `FocalPointInput`."""
    usual: dict[str, Any] = {"email": "office@northport.example", "language": "en", "quotas": quotas or {}}
    return service.create(event, FocalPointInput(name=name, **{**usual, **given}), actor=SYSTEM, now=NOW)


def entrust(point: FocalPoint, *guests: Guest) -> None:
    """Let it answer for these guests."""
    service.entrust(point, guests, actor=SYSTEM, now=NOW)


def desk_of(point: FocalPoint) -> Actor:
    """Whoever holds its link."""
    return Actor(ActorKind.FOCAL_POINT, point.id)


def name_there(point: FocalPoint, category: Category, *names: str, **given: Any) -> list[Guest]:
    """New people named at the desk; they come unless `accept=False`."""
    people = [NewName(line, name) for line, name in enumerate(names, 1)]
    usual: dict[str, Any] = {"accept": True, "now": NOW}
    return service.name_people(point, category, people, actor=desk_of(point), **{**usual, **given})


def place_of(guest: Guest) -> FocalPlace:
    """The guest's place with whoever answers for them."""
    found = queries.answers_for(guest)
    assert found is not None
    return found
