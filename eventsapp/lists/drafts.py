"""A row of a list as what it says of a guest, cell by cell, before anybody is looked up. Nearly pure."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from eventsapp.core.db import LanguageMap
from eventsapp.core.errors import Invalid
from eventsapp.core.text import N_, fold
from eventsapp.lists import columns, values
from eventsapp.lists.answers import answer_of
from eventsapp.lists.enums import Fate
from eventsapp.lists.reading import Row, letters
from eventsapp.lists.reports import Told
from eventsapp.questions.asked import Asked
from eventsapp.rsvps.enums import GuestState

NAME_LIMIT, DETAIL_LIMIT = 200, 500
NOTE_LIMIT = 2_000
_OWN_LANGUAGE = "und"


@dataclass(slots=True)
class Draft:
    """What a row says; None or empty where it says nothing. `fault` is why it is refused."""

    row: int
    names: tuple[tuple[str, str], ...] = ()  # (name, language or ""), the preferred one first
    title: LanguageMap = field(default_factory=dict)
    organisation: LanguageMap = field(default_factory=dict)
    email: str = ""
    category_id: int = 0
    language: str = ""
    companions: int | None = None
    reply: GuestState | None = None
    badge_name: str = ""
    details: dict[str, str] = field(default_factory=dict)
    answers: dict[int, Any] = field(default_factory=dict)  # question id → value
    reference: str = ""
    fault: Told | None = None

    @property
    def name(self) -> str:
        return self.names[0][0] if self.names else ""


@dataclass(frozen=True)
class Grammar:
    """What cells of this event's lists may say."""

    columns: tuple[str, ...]
    language: str  # of the event
    categories: Mapping[str, int]  # folded letter or name → id; 0 where two are called so
    default_category: int
    questions: Mapping[str, Asked]  # by code


def reader(grammar: Grammar) -> Callable[[Row], Draft]:
    """A function that reads a row; it never raises, what is wrong stands in `fault`."""
    addresses = values.Addresses()
    used = [(place, *_split(meaning)) for place, meaning in enumerate(grammar.columns) if meaning]

    def read(row: Row) -> Draft:
        draft, names, own_language = Draft(row.number), [], ""
        for place, word, rest in used:
            cell = row.cells[place] if place < len(row.cells) else ""
            if not cell or cell.isspace():
                continue
            try:
                if word in (columns.NAME, columns.OTHER_NAME):
                    names.append((values.line(cell, NAME_LIMIT), rest, word))
                elif word == columns.NAME_LANGUAGE:
                    own_language = values.language(cell)
                else:
                    _take(draft, word, rest, cell, grammar, addresses)
            except Invalid as error:
                draft.fault = Told(
                    row.number,
                    Fate.REFUSED,
                    column=letters(place + 1),
                    message=error.message,
                    params=error.params,
                )
                break
        draft.names = _named(names, own_language)
        _finish(draft, grammar)
        return draft

    return read


def _split(meaning: str) -> tuple[str, str]:
    word, _, rest = meaning.partition(".")
    return word, "" if rest == _OWN_LANGUAGE else rest


def _named(names: Sequence[tuple[str, str, str]], own_language: str) -> tuple[tuple[str, str], ...]:
    """The names in their order; first the preferred one: the first plain name, else the first of all."""
    ordered = sorted(names, key=lambda name: (name[2] == columns.OTHER_NAME, bool(name[1])))
    found: dict[str, str] = {}
    for place, (full, language, _) in enumerate(ordered):
        found.setdefault(full, language or (own_language if place == 0 else ""))
    return tuple((full, language) for full, language in found.items() if full)


def _take(
    draft: Draft, word: str, rest: str, cell: str, grammar: Grammar, addresses: values.Addresses
) -> None:
    if word in columns.IN_LANGUAGES:
        text = values.line(cell, NAME_LIMIT)
        texts = draft.title if word == columns.TITLE else draft.organisation
        texts[rest or language_of(text, grammar.language)] = text
    elif word in _LIMITS:
        draft.details[word] = values.paragraphs(cell, _LIMITS[word])
    elif word == columns.ANSWER:
        question = grammar.questions[rest]
        draft.answers[question.id] = answer_of(question, cell)
    elif word == columns.CATEGORY:
        draft.category_id = _category(cell, grammar)
    elif word == columns.EMAIL:
        draft.email = addresses.read(cell)
    else:
        attribute, read = _PLAIN[word]
        setattr(draft, attribute, read(cell))


_LIMITS = {columns.DIET: DETAIL_LIMIT, columns.ACCESS_NEEDS: DETAIL_LIMIT, columns.NOTE: NOTE_LIMIT}
_PLAIN: Mapping[str, tuple[str, Callable[[str], Any]]] = {
    columns.LANGUAGE: ("language", values.language),
    columns.COMPANIONS: ("companions", values.companions),
    columns.REPLY: ("reply", values.reply),
    columns.BADGE_NAME: ("badge_name", lambda cell: values.line(cell, NAME_LIMIT)),
    columns.REFERENCE: ("reference", lambda cell: values.line(cell, 60)),
}


def _category(cell: str, grammar: Grammar) -> int:
    found = grammar.categories.get(fold(cell))
    if found is None:
        raise Invalid(N_("This event has no category “%(category)s”."), category=cell[:60])
    if not found:
        raise Invalid(N_("Two categories are called “%(category)s”: use the letter."), category=cell[:60])
    return found


def _finish(draft: Draft, grammar: Grammar) -> None:
    if draft.fault:
        return
    if not draft.names:
        draft.fault = Told(draft.row, Fate.REFUSED, message=N_("This row has no name."))
    elif not (draft.category_id or grammar.default_category or draft.reference):
        draft.fault = Told(draft.row, Fate.REFUSED, message=N_("This row has no category."))


def language_of(text: str, usual: str) -> str:
    """The language in which a title is kept that nobody named one for, told by its script alone."""
    for character in text:
        if character.isalpha():
            script = unicodedata.name(character, "").split()[0]
            if script == "CJK":
                return "zh-Hant"
            if script == "CYRILLIC":
                return "uk"
            return usual if usual not in ("uk", "zh-Hant") else "en"
    return usual
