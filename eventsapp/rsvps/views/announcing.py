"""What this wing tells on other pages: figures, next steps and a column of events; the way to register."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext, ngettext
from sqlalchemy import func, select

from eventsapp.access.permissions import Permission
from eventsapp.core import clock
from eventsapp.core.db import db
from eventsapp.core.text import N_
from eventsapp.events import overview, public_sections
from eventsapp.events.models import Event
from eventsapp.events.overview import Figure, Step
from eventsapp.events.public_sections import Place
from eventsapp.rsvps import deadlines, roll, service
from eventsapp.rsvps.enums import GuestState
from eventsapp.rsvps.models import Guest
from eventsapp.web.filters import number
from eventsapp.web.responses import until
from eventsapp.web.words import word

_SHOWN = (
    GuestState.ACCEPTED,
    GuestState.EXPECTED,
    GuestState.WAITLISTED,
    GuestState.INVITED,
    GuestState.SUBMITTED,
    GuestState.DECLINED,
)


@overview.figures(20, Permission.VIEW_GUESTS)
def replies(event: Event) -> Iterator[Figure]:
    """How many answered what."""
    counts = roll.counts(event)
    for state in _SHOWN:
        if counts[state].guests or state is GuestState.ACCEPTED:
            href = url_for("guests.index", slug=event.slug, state=state.value)
            yield Figure(number(counts[state].guests), word(state), _seats(event, state), href)


def _seats(event: Event, state: GuestState) -> str:
    if state is not GuestState.ACCEPTED or event.capacity is None:
        return ""
    taken, capacity = number(event.seats_taken), number(event.capacity)
    return str(gettext("%(seats)s seats of %(capacity)s", seats=taken, capacity=capacity))


@overview.steps(40, Permission.VIEW_GUESTS)
def inviting(event: Event) -> Iterator[Step]:
    """Guests are listed, and everybody listed is invited."""
    href = url_for("guests.index", slug=event.slug)
    counts = roll.counts(event)
    listed = any(count.guests for count in counts.values())
    uninvited = counts[GuestState.DRAFT].guests + counts[GuestState.APPROVED].guests
    yield Step(gettext("Put guests on the list"), listed, href)
    if listed:
        yield Step(gettext("Invite the guests on the list"), not uninvited, href)


@overview.steps(41, Permission.VIEW_GUESTS)
def reaching(event: Event) -> Iterator[Step]:
    """A concern while there is one: somebody's address takes no mail."""
    if lost := roll.bounced(event):
        words = ngettext(
            "Correct the address of one guest: mail to it came back",
            "Correct the addresses of %(num)s guests: mail to them came back",
            lost,
        )
        yield Step(words, False, url_for("guests.index", slug=event.slug, bounced="1"))


@overview.column(40, N_("Guests"))
def guests(event_ids: Sequence[int]) -> Mapping[int, int]:
    """Guests of each event, whatever they answered."""
    query = select(Guest.event_id, func.count()).where(Guest.event_id.in_(event_ids))
    return {event_id: count for event_id, count in db.session.execute(query.group_by(Guest.event_id))}  # noqa: C416 -- typed


def _registration(event: Event) -> dict[str, Any] | None:
    if not service.registration_is_open(event, clock.now()):
        return None
    until(deadlines.closes_at(event))
    return {"address": url_for("registration.show", slug=event.slug)}


public_sections.section(10, "rsvps/public/registration.html", _registration, place=Place.TOP)
