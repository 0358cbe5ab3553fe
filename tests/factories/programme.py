"""Programme items for tests."""

from datetime import datetime, timedelta
from typing import Any

from eventsapp.access.identity import SYSTEM
from eventsapp.events.models import Event
from eventsapp.people.models import Person
from eventsapp.programme import service, strands
from eventsapp.programme.enums import ItemKind
from eventsapp.programme.models import ParticipantGroup, ProgrammeItem, Track
from eventsapp.programme.service import ItemInput, PartInput
from tests.factories.people import NOW

START = datetime(2026, 6, 2, 9, 30)


def item_input(title: str = "Opening", **given: Any) -> ItemInput:
    """A session of an hour from `starts_local` (2 June 2026, 09:30)."""
    starts = given.get("starts_local", START)
    usual: dict[str, Any] = {
        "kind": ItemKind.SESSION,
        "title": {"en": title},
        "starts_local": starts,
        "ends_local": starts + timedelta(hours=1),
    }
    return ItemInput(**{**usual, **given})


def make_item(event: Event, title: str = "Opening", *people: Person, **given: Any) -> ProgrammeItem:
    """An item of an event with these people taking part; further keywords as in `ItemInput`."""
    if people:
        given["parts"] = [PartInput(person) for person in people]
    return service.create_item(event, item_input(title, **given), actor=SYSTEM, now=NOW)


def make_track(event: Event, name: str = "Mobility") -> Track:
    """A track of an event."""
    return strands.create_track(event, names={"en": name}, actor=SYSTEM, now=NOW)


def make_group(event: Event, name: str = "Group A", *people: Person) -> ParticipantGroup:
    """A group of an event's people."""
    return strands.create_group(event, names={"en": name}, people=people, actor=SYSTEM, now=NOW)
