"""Whole calendars of what is public."""

from eventsapp.calendars import serving
from eventsapp.calendars.entries import Writing, event_entry, item_entry
from eventsapp.core.links import absolute
from eventsapp.events.models import Event
from eventsapp.programme import queries as programme
from eventsapp.programme.models import ProgrammeItem


def of_event(event: Event, to: Writing) -> bytes:
    """The event's frame and its public programme, as a feed to subscribe to."""
    parts = programme.public_parts(event)
    items = programme.items(event, public_only=True)
    return serving.feed(
        [event_entry(event, to), *(item_entry(item, event, to, parts.get(item.id, ())) for item in items)],
        zone=event.timezone,
        name=to.text(event.title, event),
        source=absolute(to.base_url, f"/events/{event.slug}.ics"),
        language=to.language,
    )


def of_item(item: ProgrammeItem, event: Event, to: Writing) -> bytes:
    """One public item, to add to a diary."""
    parts = programme.public_parts(event, item)
    return serving.single(item_entry(item, event, to, parts.get(item.id, ())))
