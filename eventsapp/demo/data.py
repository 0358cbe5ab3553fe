"""The words of the demonstration's data: what a person, a body, a place and an item are made of."""

from dataclasses import dataclass
from datetime import datetime

from eventsapp.core.db import LanguageMap
from eventsapp.core.provenance import Source
from eventsapp.people.enums import NameKind, OrganisationKind
from eventsapp.programme.enums import Audience, ItemKind, PartRole

SEED, EXTERNAL, DEMO = Source.SEED, Source.EXTERNAL, Source.DEMO


def text(en: str, zh: str = "", uk: str = "") -> LanguageMap:
    """A text in the demonstration's three languages; what is left out is shown in English, marked so."""
    return {tag: given for tag, given in (("en", en), ("zh-Hant", zh), ("uk", uk)) if given}


def at(day: int, clock: str) -> datetime:
    """A local time of March 2023 (the true week, before it is moved)."""
    hour, minute = clock.split(":")
    return datetime(2023, 3, day, int(hour), int(minute))  # noqa: DTZ001 -- a wall-clock time in the item's zone


@dataclass(frozen=True)
class Name:
    """One name of a person."""

    full: str
    language: str = "en"
    kind: NameKind = NameKind.PREFERRED
    family: str = ""
    given: str = ""


@dataclass(frozen=True)
class Post:
    """One title of a person."""

    organisation: str
    title: LanguageMap
    source: Source = DEMO
    reference: str = ""


@dataclass(frozen=True)
class Somebody:
    """A person; `key` names them within the demonstration."""

    key: str
    names: tuple[Name, ...]
    posts: tuple[Post, ...] = ()
    source: Source = DEMO
    reference: str = ""
    languages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Body:
    """An organisation."""

    key: str
    names: LanguageMap
    kind: OrganisationKind
    short: LanguageMap | None = None
    parent: str = ""
    source: Source = DEMO
    reference: str = ""


@dataclass(frozen=True)
class Item:
    """One programme item; `people` are (key of a person, part)."""

    kind: ItemKind
    starts: datetime
    ends: datetime
    title: LanguageMap
    place: str = ""  # key of a room or a venue
    description: LanguageMap | None = None
    audience: Audience = Audience.EVERYONE
    groups: tuple[str, ...] = ()
    people: tuple[tuple[str, PartRole], ...] = ()
    wants_answer: bool = False
    capacity: int | None = None
    public: bool = True
    track: str = ""
    source: Source = DEMO
    reference: str = ""
