"""What an import would do, or did: counts, and a line for each row with something to tell. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from eventsapp.lists.enums import Fate

MOST_TOLD = 1_000  # lines of one fate; the counts are always whole


@dataclass(frozen=True, slots=True)
class Told:
    """One row. `message` is a catalogue entry, `column` the letters of the cell that it is about.

    `changed` names what changes, by the meanings of columns; `people` are the codes of who it may be,
    `same_as` another row of the list.
    """

    row: int
    fate: Fate
    name: str = ""
    column: str = ""
    message: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    changed: Sequence[str] = ()
    people: Sequence[str] = ()
    same_as: int = 0


@dataclass
class Report:
    """All rows. `refusals` are sentences about the list as a whole: (catalogue entry, its params)."""

    counts: Counter[Fate] = field(default_factory=Counter)
    told: list[Told] = field(default_factory=list)
    refusals: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    rows: int = 0
    new_people: int = 0
    new_organisations: int = 0

    def add(self, told: Told, *, silent: bool = False) -> None:
        """Count a row, and keep its line unless there is nothing to tell."""
        self.counts[told.fate] += 1
        self.rows += 1
        if not silent and self.counts[told.fate] <= MOST_TOLD:
            self.told.append(told)

    @property
    def is_clear(self) -> bool:
        """Whether nothing stands in the way: no row refused, none to be decided."""
        return not (self.refusals or self.counts[Fate.REFUSED] or self.counts[Fate.DUPLICATE])

    def of(self, fate: Fate) -> list[Told]:
        """The lines of one fate, in the order of the rows."""
        return [told for told in self.told if told.fate is fate]

    def to_json(self) -> dict[str, Any]:
        """As it is stored."""
        return {
            "counts": {fate.value: number for fate, number in sorted(self.counts.items())},
            "rows": self.rows,
            "new_people": self.new_people,
            "new_organisations": self.new_organisations,
            "refusals": [list(refusal) for refusal in self.refusals],
            "told": [_short(asdict(told)) for told in self.told],
        }

    def without_names(self) -> "Report":
        """What stays when the import is over: row numbers and no personal data."""
        told = [Told(one.row, one.fate, column=one.column, changed=one.changed) for one in self.told]
        return Report(self.counts, told, self.refusals, self.rows, self.new_people, self.new_organisations)


def from_json(stored: Mapping[str, Any]) -> Report:
    """A report as it was stored; an empty one from nothing."""
    return Report(
        Counter({Fate(fate): number for fate, number in stored.get("counts", {}).items()}),
        [Told(**{**told, "fate": Fate(told["fate"])}) for told in stored.get("told", ())],
        [(message, dict(params)) for message, params in stored.get("refusals", ())],
        stored.get("rows", 0),
        stored.get("new_people", 0),
        stored.get("new_organisations", 0),
    )


def _short(told: dict[str, Any]) -> dict[str, Any]:
    kept = {key: list(value) if isinstance(value, tuple) else value for key, value in told.items() if value}
    kept["fate"] = told["fate"].value
    return kept
