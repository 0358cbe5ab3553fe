"""A text as the templates take it."""

import re
from functools import lru_cache
from typing import Any, Final

from eventsapp.core.languages import language_and_script, normalise
from eventsapp.printing.fonts import direction, han_style

# Lines break at spaces, and between the letters of scripts that are written without spaces.
_SOLID: Final = re.compile(r"[\u2e80-\u30ff\u31c0-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]|\s+")
# Scripts whose letters reach further above and below the line than Latin, Greek, Cyrillic or Han do.
_TALL: Final = re.compile("[\u0600-\u08ff\u0900-\u109f\u1780-\u17ff\ufb50-\ufdff\ufe70-\ufefc]")
_LONGEST: Final = 3  # so many of the longest words are measured: letters differ in width


@lru_cache(maxsize=4096)
def run(text: str, lang: str = "") -> dict[str, Any]:
    """`text` with all that setting it needs: language, direction, Han style, longest words. Read only.

    `lang` is a language tag, or empty where it is not known (as with most names). The direction is
    that of the first letter that has one: a name keeps its own whatever stands around it.
    """
    rise, fall = (0.98, 0.42) if _TALL.search(text) else (0.84, 0.26)
    return {
        "text": text,
        "lang": _language(lang),
        "region": _region(lang),
        "rtl": direction(text) == "rtl",
        "han": han_style(text, lang),
        "rise": rise,
        "fall": fall,
        "words": sorted({*_SOLID.split(text)} - {""}, key=len)[-_LONGEST:],
    }


def _language(lang: str) -> str:
    """The language as typst takes it: two or three letters, or none."""
    try:
        language = normalise(lang).split("-")[0]
    except ValueError:
        return ""
    return language if len(language) in (2, 3) else ""


def _region(lang: str) -> str:
    """The region as typst takes it; it tells it apart how Chinese punctuation sits."""
    if language_and_script(lang)[0] != "zh" or not lang:
        return ""
    return "CN" if language_and_script(lang)[1] == "Hans" else "TW"
