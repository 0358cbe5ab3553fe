"""What a mail to a guest would say, for a preview: their own data, and words where nothing is known yet."""

from typing import Any

from eventsapp.core.text import N_
from eventsapp.mail.kinds import Kind
from eventsapp.rsvps import messages, queries
from eventsapp.rsvps.models import Guest

_SAMPLES: dict[str, Any] = {
    "digits": "123456",
    "delegation": {},
    "quotas": [],
}
OTHER = N_("(told when the message is written)")


def context(kind: Kind, guest: Guest, language: str, other: str) -> dict[str, Any]:
    """What a message of that kind to that guest is made of, in a language.

    `other` stands where only the occasion tells what is to be said.
    """
    known = messages.about(guest, language)
    items = [messages.about_item(item, language, state="accepted") for item in queries.items_to_answer(guest)]
    samples = _SAMPLES | {"items": items, "item": items[0] if items else {"title": {"en": other}}}
    given = {
        variable: samples.get(variable, {language: other} if variable in kind.maps else other)
        for variable in kind.variables.values()
        if variable not in known and variable != "to_name"
    }
    return {**given, **known, "state": kind.answer or "accepted"}


def without(kind: Kind, known: dict[str, Any]) -> set[str]:
    """The placeholders that stand for nothing in an event, for our words to leave out."""
    return {name for name, variable in kind.variables.items() if variable in known and not known[variable]}
