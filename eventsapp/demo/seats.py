"""Writes a category with few seats: who waits for one, to whom one is offered, and who brings somebody.

Everybody here is fictional, as their names tell.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from eventsapp.access.identity import SYSTEM
from eventsapp.core.provenance import Source
from eventsapp.demo.occasions import SUMMIT, Occasions
from eventsapp.events import categories
from eventsapp.events.categories import CategoryInput
from eventsapp.people.service import NameInput
from eventsapp.rsvps import service as rsvps
from eventsapp.rsvps import terms
from eventsapp.rsvps.enums import Answer, Channel
from eventsapp.rsvps.models import Guest
from eventsapp.rsvps.service import CompanionInput, ReplyInput, TermsInput, companions

_LETTER = "M"  # the press
_HOURS = 24
# Name, its language, precedence and why.
_WAITING = (
    ("Jo Placeholder", "en", 0, ""),
    ("林示範", "zh-Hant", 2, "Broadcasts from the hall (demo)"),
    ("Ганна Умовна", "uk", 1, "The only reporter of her city (demo)"),
)
# Who brings whom: the name, its language, what they do not eat.
_BRINGS = {
    "musterfrau": ("Max Mustermann-Beispielhausen", "de", "Keine Nüsse"),
    "hypothesis": ("Αλέξανδρος Παραδείγματος", "el", ""),
}


def write(made: Occasions, guests: Mapping[tuple[str, str], Guest], now: datetime) -> None:
    """Seats of the summit: the press has few, a freed one is offered, and a spouse comes along."""
    _offers(made, now)
    _press(made, now)
    for key, told in _BRINGS.items():
        _spouse(guests[SUMMIT, key], *told, now=now)


def _offers(made: Occasions, now: datetime) -> None:
    held = terms.of(made.events[SUMMIT].id)
    given = TermsInput(
        mode=held.mode,
        holds_seats=held.holds_seats,
        offer_hours=_HOURS,
        remind_days=held.remind_days,
        wants_approval=held.wants_approval,
        approves_list=held.approves_list,
    )
    rsvps.set_terms(made.events[SUMMIT], given, actor=SYSTEM, now=now)


def _press(made: Occasions, now: datetime) -> None:
    press = made.categories[SUMMIT, _LETTER]
    given = CategoryInput(
        names=press.names,
        letter=press.letter,
        colour=press.colour,
        pattern=press.pattern,
        zones=press.zones,
        for_registration=press.for_registration,
        capacity=press.seats_taken,
    )
    categories.edit_category(press, given, actor=SYSTEM, now=now)
    for at, (name, language, precedence, why) in enumerate(_WAITING):
        guest = rsvps.add_new_guest(
            made.events[SUMMIT],
            [NameInput(name, language=language)],
            category=press,
            email=f"press-{at}@newsroom.example",
            language=language,
            actor=SYSTEM,
            now=now,
        )
        guest.source = guest.person.source = Source.DEMO
        rsvps.invite(guest, actor=SYSTEM, now=now)
        rsvps.reply(guest, ReplyInput(Answer.ACCEPTED), channel=Channel.LINK, actor=SYSTEM, now=now)
        if precedence:
            rsvps.prioritise(guest, precedence, why, actor=SYSTEM, now=now)
    one_more = replace(given, capacity=press.seats_taken + 1)
    categories.edit_category(press, one_more, actor=SYSTEM, now=now)


def _spouse(guest: Guest, name: str, language: str, diet: str, *, now: datetime) -> None:
    companions.allow(guest, 1, actor=SYSTEM, now=now)
    named = CompanionInput(name=name, language=language, diet=diet)
    rsvps.change_companions(guest, [named], channel=Channel.LINK, actor=SYSTEM, now=now)
    for companion in guest.companions:
        companion.source = companion.person.source = Source.DEMO
