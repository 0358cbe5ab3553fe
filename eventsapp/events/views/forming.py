"""The event form with what whoever asks may choose in it."""

from typing import Any

from eventsapp.access.permissions import Permission
from eventsapp.events import queries
from eventsapp.events.enums import EventKind
from eventsapp.events.forms import EventForm, event_data
from eventsapp.events.models import Event
from eventsapp.events.sight import events_open_to
from eventsapp.people import queries as people
from eventsapp.places import queries as places
from eventsapp.web.current import identity


def event_form(kind: EventKind, data: dict[str, Any], event: Event | None = None) -> EventForm:
    """The form for an event of this kind.

    It may stand inside an event that whoever asks may edit, and attend a summit they may see; what is so
    already can always stay.
    """
    family = queries.family()
    editable = events_open_to(identity(), family, Permission.EDIT_EVENT)
    known = queries.choosable(events_open_to(identity(), family))
    others = [other for other in known if event is None or other.id != event.id]
    parents = [other for other in others if other.id in editable]
    if event and event.parent and event.parent not in parents:
        parents.append(event.parent)
    attended = [other for other in others if other.kind is EventKind.SUMMIT]
    attended += [other for other in (event.attends if event else ()) if other not in attended]
    form = EventForm(data=data)
    return form.prepare(kind, places.venues(), people.organisations(), parents, attended)


def form_of(event: Event) -> EventForm:
    """The form that shows an event as it is."""
    return event_form(event.kind, event_data(event), event)
