"""Answers to an event's questions as cells: read from a list, written into one. Pure.

What an answer must be, the question's kind says (`questions/kinds`); here stands only how a cell says it.
"""

from typing import Any

from eventsapp.core.errors import Invalid
from eventsapp.core.languages import pick
from eventsapp.core.text import N_, fold
from eventsapp.lists import values
from eventsapp.questions.asked import Asked
from eventsapp.questions.kinds import Kind, kind_of
from eventsapp.questions.kinds.choosing import NO, YES, ManyOf, YesNo
from eventsapp.questions.kinds.contacts import Country, Somebody, country_code

BETWEEN = ";"
_WITH = " | "  # between a person and where they belong
_YES_NO = {"en": ("yes", "no"), "zh-Hant": ("是", "否"), "uk": ("так", "ні")}


def answer_of(asked: Asked, cell: str) -> Any:
    """What a cell answers, as it is stored; None for nothing. Raises `Invalid`."""
    kind = kind_of(asked)
    if kind.takes_upload:
        raise Invalid(N_("Files cannot be taken from a list. Leave this column out."))
    return kind.clean(_sent(kind, asked, cell), asked)


def _sent(kind: Kind, asked: Asked, cell: str) -> Any:
    """A cell as a form would have sent it."""
    if isinstance(kind, YesNo):
        return YES if values.yes_or_no(cell) else NO
    if isinstance(kind, ManyOf):
        return [_choice(asked, part) for part in cell.split(BETWEEN) if part.strip()]
    if kind.has_choices:
        return _choice(asked, cell)
    if isinstance(kind, Country):
        return country_code(cell)
    if isinstance(kind, Somebody):
        name, _, organisation = cell.partition(_WITH)
        return {"name": name, "organisation": organisation}
    return cell.strip()


def cell_of(asked: Asked, value: Any, reader: str) -> str:
    """An answer as a cell that `answer_of` reads back; "" for files, which no list holds."""
    kind = kind_of(asked)
    if kind.takes_upload or value is None:
        return ""
    if isinstance(kind, YesNo):
        return _YES_NO.get(reader, _YES_NO["en"])[0 if value else 1]
    if kind.has_choices:
        return f"{BETWEEN} ".join(_label(asked, code, reader) for code in kind.chosen(value))
    if isinstance(kind, Somebody):
        return _WITH.join(part for part in (value["name"], value.get("organisation")) if part)
    return str(value)


def _choice(asked: Asked, cell: str) -> str:
    wanted, text = fold(cell), cell.strip()
    found = [
        option
        for option in asked.options
        if option.code == text or wanted in {fold(label) for label in option.label.values()}
    ]
    if len(found) != 1:
        raise Invalid(N_("“%(text)s” is not among the answers to choose from."), text=text[:60])
    if found[0].left is not None:
        raise Invalid(
            N_("“%(text)s” has a limited number of places: enter it on the guest’s page."), text=text[:60]
        )
    return found[0].code


def _label(asked: Asked, code: str, reader: str) -> str:
    """The choice's words, or its code where the words would not be read back."""
    option = asked.option(code)
    if option is None:
        return code
    label = pick(option.label, reader).text
    alike = [other for other in asked.options if fold(label) in map(fold, other.label.values())]
    return label if len(alike) == 1 and BETWEEN not in label else code
