"""What visits tell on other pages: an event's next steps, and where a person is a member."""

from collections.abc import Iterator

from flask import url_for
from flask_babel import gettext

from eventsapp.access.permissions import Permission
from eventsapp.events import overview
from eventsapp.events import queries as events
from eventsapp.events.enums import EventKind
from eventsapp.events.models import Event
from eventsapp.events.overview import Step
from eventsapp.events.sight import events_open_to
from eventsapp.people.engagements import Engagement, engagements
from eventsapp.visits import queries
from eventsapp.visits.views.visit import home_of
from eventsapp.web.current import identity
from eventsapp.web.words import word


@overview.steps(26, Permission.EDIT_VISIT)
def steps(event: Event) -> Iterator[Step]:
    """What a visit still needs: its bodies, and a delegation with its head."""
    if event.kind is not EventKind.VISIT:
        return
    said = queries.visit_of(event) is not None
    yield Step(gettext("Say who invites and who hosts"), said, url_for("visit.edit", slug=event.slug))
    headed = any(member.is_head for each in queries.delegations(event) for member in each.members)
    yield Step(gettext("Name the delegation and its head"), headed, home_of(event))


@engagements
def memberships_of(person_id: int) -> Iterator[Engagement]:
    """The delegations a person belongs to, of events whose guests the reader may see."""
    seen = events_open_to(identity(), events.family(), Permission.VIEW_GUESTS)
    for member in queries.memberships(person_id):
        event = member.delegation.event
        if event.id in seen:
            yield Engagement(
                event_title=event.title,
                title=member.delegation.names,
                href=home_of(event, f"delegation-{member.delegation.code}"),
                part=word(member.function),
                starts_local=event.starts_local,
                ends_local=event.ends_local,
                timezone=event.timezone,
                affiliation=member.affiliation.title if member.affiliation else None,
            )
