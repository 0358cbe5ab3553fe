"""What the programme tells on other pages: the event's overview, the list of events, a person's page."""

from collections.abc import Iterator, Mapping, Sequence

from flask import url_for
from flask_babel import gettext

from eventsapp.access.permissions import Permission
from eventsapp.core.text import N_
from eventsapp.events import overview
from eventsapp.events import queries as events
from eventsapp.events.models import Event
from eventsapp.events.overview import Figure, Step
from eventsapp.events.sight import events_open_to
from eventsapp.people.engagements import Engagement, engagements
from eventsapp.people.forms import titled
from eventsapp.programme import queries
from eventsapp.web.current import identity
from eventsapp.web.filters import number
from eventsapp.web.words import word


@overview.column(20, N_("Items"))
def items_of(event_ids: Sequence[int]) -> Mapping[int, int]:
    """How many items each event has."""
    return queries.item_counts(event_ids)


@overview.figures(20, Permission.VIEW_EVENT)
def figures(event: Event) -> Iterator[Figure]:
    """How many items the programme has."""
    count = queries.item_counts([event.id]).get(event.id, 0)
    yield Figure(number(count), gettext("items"), href=url_for("programme.index", slug=event.slug))


@overview.steps(20, Permission.EDIT_PROGRAMME)
def steps(event: Event) -> Iterator[Step]:
    """Whether there is a programme."""
    planned = bool(queries.item_counts([event.id]))
    yield Step(gettext("Plan the programme"), planned, url_for("programme.create", slug=event.slug))


@engagements
def parts_of(person_id: int) -> Iterator[Engagement]:
    """The items a person takes part in, of events that the reader may see."""
    seen = events_open_to(identity(), events.family())
    for part in queries.parts_of_person(person_id):
        item = part.item
        if item.event_id in seen:
            yield Engagement(
                event_title=item.event.title,
                title=item.title,
                href=url_for("programme.show", slug=item.event.slug, code=item.code),
                part=", ".join(
                    text for text in (word(part.role), part.affiliation and titled(part.affiliation)) if text
                ),
                starts_local=item.starts_local,
                ends_local=item.ends_local,
                timezone=item.timezone,
            )
