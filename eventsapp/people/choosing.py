"""Telling which person is meant by what somebody typed or picked."""

from collections.abc import Sequence
from dataclasses import dataclass

from eventsapp.core.text import fold
from eventsapp.people import queries
from eventsapp.people.models import Person

MOST = 12  # people offered when several match


@dataclass(frozen=True)
class Choice:
    """Who was meant: one person, or several to choose from, or nobody."""

    person: Person | None
    offered: Sequence[Person] = ()


def choose(typed: str, code: str = "") -> Choice:
    """The person with that code, if what is typed still names them; else whoever the words find.

    One match is taken; of several, one whose shown name is exactly what was typed.
    """
    picked = queries.person_by_code(code) if code else None
    if picked and (not typed.strip() or fold(typed) == fold(picked.display_name)):
        return Choice(picked)
    found = queries.search_people(typed, MOST)
    exact = [person for person in found if fold(person.display_name) == fold(typed)]
    for only in (found, exact):
        if len(only) == 1:
            return Choice(only[0])
    return Choice(None, found)
