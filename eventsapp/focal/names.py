"""People as a desk names them, and whether somebody like that is on its list already. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from eventsapp.core.text import fold


@dataclass(frozen=True)
class NewName:
    """Somebody to be named; `line` is where they stand in what was pasted, from 1.

    `again`: the desk has seen that somebody like that is on its list, and names another.
    """

    line: int
    name: str
    title: str = ""
    organisation: str = ""
    email: str = ""
    again: bool = False


class Listed:
    """Who is on a desk's list: by every recorded spelling, its words in any order, and by mail address."""

    def __init__(self, known: Iterable[tuple[str, str]]) -> None:
        """`known` are the (folded spellings, one a line; mail address) of each."""
        people = list(known)
        self._names = {
            in_any_order(spelling) for spellings, _ in people for spelling in spellings.split("\n")
        }
        self._addresses = {email.casefold() for _, email in people if email}

    def has(self, given: NewName) -> bool:
        """Whether somebody with this name or address is there."""
        name = fold(given.name)
        forms = {in_any_order(name), name.replace(" ", "")}
        if name and not self._names.isdisjoint(forms):
            return True
        return given.email.casefold() in self._addresses


def in_any_order(folded: str) -> str:
    """A folded name without regard to which of its words comes first."""
    return " ".join(sorted(folded.split()))
