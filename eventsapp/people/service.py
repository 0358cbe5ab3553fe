"""People: who they are and every way they are named."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from eventsapp.access.identity import Actor
from eventsapp.audit import service as audit
from eventsapp.core import languages as tags
from eventsapp.core.db import db
from eventsapp.core.errors import Invalid
from eventsapp.core.maps import clean_line, clean_paragraphs, clean_tags, searchable
from eventsapp.core.provenance import Source
from eventsapp.core.text import N_, fold
from eventsapp.people.enums import NameKind
from eventsapp.people.models import Person, PersonName

NAME_LIMIT = 200
PART_LIMIT = 120


@dataclass(frozen=True)
class NameInput:
    """One way a person is named; `full` is enough, parts are kept only when somebody knows them."""

    full: str
    kind: NameKind = NameKind.PREFERRED
    language: str = ""  # BCP 47
    script: str = ""  # ISO 15924; told from the language when empty
    family: str = ""
    given: str = ""


def create_person(
    *,
    names: Sequence[NameInput],
    languages: Sequence[str] = (),
    note: str = "",
    source: Source = Source.ENTERED,
    source_reference: str = "",
    actor: Actor,
    now: datetime,
) -> Person:
    """A new person with at least one name; the names stand in the order given.

    `languages` are those the person speaks. Refuses (`Invalid`) a person without a name.
    """
    if not names:
        raise Invalid(N_("Please give one name at least."), field="full")
    person = Person(
        languages=clean_tags(tuple(languages), field="languages"),
        note=clean_paragraphs(note, field="note"),
        source=source,
        source_reference=source_reference,
        created_at=now,
        names=[_name(given, at, source) for at, given in enumerate(names)],
    )
    derive(person)
    db.session.add(person)
    db.session.flush()
    audit.record("person.created", "person", person.id, actor=actor, now=now)
    return person


def edit_person(
    person: Person, *, languages: Sequence[str], note: str, actor: Actor, now: datetime
) -> Person:
    """What is known of a person beside names and titles."""
    person.languages = clean_tags(tuple(languages), field="languages")
    person.note = clean_paragraphs(note, field="note")
    return _changed(person, "person.edited", actor, now)


def set_names(person: Person, names: Sequence[NameInput], *, actor: Actor, now: datetime) -> Person:
    """All names of a person at once, in this order; names that stay as they were keep their source."""
    if not names:
        raise Invalid(N_("Please give one name at least."), field="full")
    before = {_key(name): name for name in person.names}
    kept: list[PersonName] = []
    for position, given in enumerate(names):
        fresh = _name(given, position, Source.ENTERED)
        name = before.pop(_key(fresh), fresh)
        name.position = position
        kept.append(name)
    person.names = kept
    return _changed(person, "person.names-set", actor, now)


def _key(name: PersonName) -> tuple[str, ...]:
    return (name.kind.value, name.full, name.language, name.script, name.family, name.given)


def _name(given: NameInput, position: int, source: Source) -> PersonName:
    language = _language(given.language)
    return PersonName(
        kind=NameKind(given.kind),
        full=clean_line(given.full, field="full", limit=NAME_LIMIT, required=True),
        family=clean_line(given.family, field="family", limit=PART_LIMIT),
        given=clean_line(given.given, field="given", limit=PART_LIMIT),
        language=language,
        script=_script(given.script) or (tags.language_and_script(language)[1] if language else ""),
        position=position,
        source=source,
    )


def _language(tag: str) -> str:
    return clean_tags((tag,), field="language")[0] if tag.strip() else ""


def _script(script: str) -> str:
    script = script.strip().title()
    if script and not (len(script) == 4 and script.isascii() and script.isalpha()):
        raise Invalid(N_("A script is named by four letters, such as Latn, Hant or Cyrl."), field="script")
    return script


def display(names: Sequence[PersonName]) -> PersonName:
    """The name a person is shown by: the first preferred one, else the first."""
    ordered = sorted(names, key=lambda name: name.position)
    return next((name for name in ordered if name.kind is NameKind.PREFERRED), ordered[0])


def derive(person: Person) -> None:
    """Bring what repeats a person's names up to date; whoever changes the names calls it."""
    shown = display(person.names)
    person.display_name = shown.full
    person.display_language = shown.language
    person.search_text = searchable([name.full for name in person.names])
    by_parts = f"{shown.family} {shown.given}" if shown.family else ""
    person.sort_key = (fold(by_parts or shown.full) or shown.full.casefold())[:NAME_LIMIT]


def _changed(person: Person, action: str, actor: Actor, now: datetime) -> Person:
    derive(person)
    db.session.flush()
    audit.record(action, "person", person.id, actor=actor, now=now)
    return person
