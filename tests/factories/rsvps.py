"""Guests for tests."""

from datetime import datetime
from typing import Any

from eventsapp.access.identity import SYSTEM, Actor, ActorKind
from eventsapp.events.models import Event
from eventsapp.people.models import Person
from eventsapp.rsvps import service
from eventsapp.rsvps.enums import Answer, Channel, GuestState
from eventsapp.rsvps.models import Guest
from eventsapp.rsvps.service import CompanionInput, ReplyInput, ReplyResult
from tests.factories.events import make_category
from tests.factories.people import NOW, make_person


def make_guest(event: Event, person: Person | str = "Ada Example", **given: Any) -> Guest:
    """A draft on an event's list, with a mail address; the event's first category unless one is given.

    With `party_size` they bring as many companions as make that number.
    """
    if isinstance(person, str):
        person = make_person(person)
    category = given.pop("category", None) or (event.categories[0] if event.categories else None)
    size = given.pop("party_size", 1)
    usual: dict[str, Any] = {
        "email": f"guest-{person.code.lower()}@example.org",
        "companions_allowed": size - 1,
    }
    guest = service.add_guest(
        event, person, category=category or make_category(event), actor=SYSTEM, now=NOW, **{**usual, **given}
    )
    if size > 1:
        bring(guest, size - 1)
    return guest


def bring(guest: Guest, number: int, *, now: datetime = NOW) -> None:
    """The guest names so many companions, as if the host had allowed no fewer."""
    if guest.companions_allowed < number:
        guest.companions_allowed = number
    known = [CompanionInput(name=one.person.display_name, code=one.code) for one in guest.companions]
    more = [CompanionInput(name=f"Companion {at + 1}") for at in range(len(known), number)]
    service.change_companions(guest, [*known[:number], *more], channel=Channel.DESK, actor=SYSTEM, now=now)


def make_invited(event: Event, person: Person | str = "Ada Example", **given: Any) -> Guest:
    """A guest of a published event, invited."""
    guest = make_guest(event, person, **given)
    service.invite(guest, actor=SYSTEM, now=NOW)
    return guest


def make_accepted(event: Event, person: Person | str = "Ada Example", **given: Any) -> Guest:
    """A guest who has accepted (and may wait, where the seats are taken)."""
    guest = make_invited(event, person, **given)
    answer(guest, Answer.ACCEPTED)
    assert guest.state in (GuestState.ACCEPTED, GuestState.WAITLISTED)
    return guest


def answer(guest: Guest, said: Answer, **given: Any) -> ReplyResult:
    """The guest says so, by the link; further keywords as in `ReplyInput`, and `now`."""
    now = given.pop("now", NOW)
    actor = Actor(ActorKind.GUEST, guest.id)
    return service.reply(guest, ReplyInput(said, **given), channel=Channel.LINK, actor=actor, now=now)
