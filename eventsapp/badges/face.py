"""What stands on a badge, all of it given: no look-ups, no translation, only strings to place."""

import re
from dataclasses import dataclass
from typing import Final

from eventsapp.events.enums import Pattern

_COLOUR: Final = re.compile("#[0-9a-fA-F]{6}")
_DARK, _LIGHT = "#101820", "#ffffff"


@dataclass(frozen=True, slots=True)
class BadgeFace:
    """One badge as it is printed. Empty strings leave their place out; `name` and `code` must be filled.

    `code` is the text of the QR symbol, `short_code` what a person can type instead. The category
    is shown by colour, letter and pattern together, for colour is not seen by all. `zones` are
    letters, printed in the given order. Language tags may be empty where they are not known.
    """

    event_title: str
    name: str
    code: str
    short_code: str
    category_name: str
    category_letter: str
    category_colour: str
    category_pattern: Pattern = Pattern.PLAIN
    event_note: str = ""
    native_name: str = ""
    title: str = ""
    organisation: str = ""
    zones: tuple[str, ...] = ()
    lang: str = ""
    name_lang: str = ""
    native_name_lang: str = ""

    def __post_init__(self) -> None:
        if not self.name.strip() or not self.code:
            raise ValueError("a badge needs a name and a code")
        if not _COLOUR.fullmatch(self.category_colour):
            raise ValueError(f"not a colour (#rrggbb): {self.category_colour[:20]!r}")


def ink_on(colour: str) -> str:
    """Near-black or white, whichever stands out more on `colour` (`#rrggbb`; contrast as in WCAG 2)."""
    ground = _luminance(colour)
    return max(_DARK, _LIGHT, key=lambda ink: _contrast(_luminance(ink), ground))


def _contrast(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
