"""Words for members of closed lists, in the reader's language: `{{ event.kind|word }}`."""

from collections.abc import Iterable, Mapping
from enum import Enum

from flask import Flask
from flask_babel import gettext

_words: dict[tuple[type[Enum], str], str] = {}


def spell(words: Mapping[Enum, str]) -> None:
    """Give each member its word, a catalogue entry. Every member must have one before it is shown."""
    for member, entry in words.items():
        _words[type(member), member.name] = entry


def word(member: Enum) -> str:
    """The word for a member in the reader's language."""
    return str(gettext(_words[type(member), member.name]))


def choices(members: Iterable[Enum]) -> list[tuple[str, str]]:
    """(value, word) of members, for a choice field."""
    return [(str(member.value), word(member)) for member in members]


def init_app(app: Flask) -> None:
    """Offer `word` to templates as a filter."""
    app.jinja_env.filters["word"] = word
