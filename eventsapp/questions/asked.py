"""A question as it is asked at this moment: what forms show, what answers are measured by."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from eventsapp.core.db import LanguageMap


@dataclass(frozen=True)
class Option:
    """One answer to choose; `left` places of it are free (None: as many as one likes)."""

    id: int
    code: str
    label: LanguageMap
    left: int | None = None


@dataclass(frozen=True)
class Heading:
    """The section a question stands in."""

    code: str
    title: LanguageMap
    intro: LanguageMap


@dataclass(frozen=True)
class Asked:
    """One question, free of the database. Without `categories` everybody is asked."""

    kind: str
    label: LanguageMap
    id: int = 0
    code: str = ""
    help: LanguageMap = field(default_factory=dict)
    required: bool = False
    needs_approval: bool = False
    condition: Mapping[str, Any] = field(default_factory=dict)
    limits: Mapping[str, Any] = field(default_factory=dict)
    version: int = 1
    section: Heading | None = None
    categories: frozenset[int] = frozenset()
    options: tuple[Option, ...] = ()

    @property
    def field(self) -> str:
        """The name of the question's field in every form."""
        return f"q_{self.code}"

    def is_for(self, category_id: int) -> bool:
        """Whether guests of that category are asked."""
        return not self.categories or category_id in self.categories

    def option(self, code: str) -> Option | None:
        """The choice with that code."""
        return next((option for option in self.options if option.code == code), None)
