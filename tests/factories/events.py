"""Events and categories for tests."""

from datetime import datetime
from typing import Any

from eventsapp.access.identity import SYSTEM
from eventsapp.events import categories, service
from eventsapp.events.categories import CategoryInput
from eventsapp.events.enums import EventKind, Visibility
from eventsapp.events.models import Category, Event
from eventsapp.events.service import EventInput
from tests.factories.people import NOW


def event_input(title: str | dict[str, str] = "Harbour Cities Forum", **given: Any) -> EventInput:
    """A summit in Taipei, 2 to 4 June 2026."""
    usual: dict[str, Any] = {
        "kind": EventKind.SUMMIT,
        "title": {"en": title} if isinstance(title, str) else title,
        "timezone": "Asia/Taipei",
        "starts_local": datetime(2026, 6, 2, 9),
        "ends_local": datetime(2026, 6, 4, 18),
    }
    return EventInput(**{**usual, **given})


def make_event(
    title: str | dict[str, str] = "Harbour Cities Forum", *, published: bool = False, **given: Any
) -> Event:
    """An event, a draft unless `published`; further keywords as in `EventInput`."""
    event = service.create_event(event_input(title, **given), actor=SYSTEM, now=NOW)
    if published:
        service.publish_event(event, actor=SYSTEM, now=NOW)
    return event


def make_public_event(title: str | dict[str, str] = "Harbour Cities Forum", **given: Any) -> Event:
    """A published event that everybody may read."""
    return make_event(title, published=True, visibility=Visibility.PUBLIC, **given)


def make_category(event: Event, letter: str = "D", name: str = "Delegate", **given: Any) -> Category:
    """A category of an event."""
    usual: dict[str, Any] = {"names": {"en": name}, "letter": letter, "colour": "#1a5fb4"}
    return categories.create_category(event, CategoryInput(**{**usual, **given}), actor=SYSTEM, now=NOW)
