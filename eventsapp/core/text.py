"""Text: marking for translation, the one input gate, and folding for search."""

import re
import unicodedata

from eventsapp.core.errors import Invalid


def N_(message: str) -> str:  # noqa: N802 -- gettext's customary name for "translate later"
    """Mark a text for the catalogue; it is translated where it is shown."""
    return message


# C0 and C1 controls, line and paragraph separators, and the direction overrides that can make a
# name read as something else. Marks that scripts need (ZWJ, ZWNJ, LRM, RLM) stay.
FORBIDDEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_SPACES = re.compile(r"\s+")


def clean(text: str, *, limit: int, multiline: bool = False) -> str:
    """The input gate: text as it may be stored on every database and shown everywhere.

    NFC, outer spaces trimmed; runs of white space become one space unless `multiline`. Case,
    spaces inside and apostrophes are kept. Refuses (`Invalid`) control characters, lone
    surrogates, direction overrides and anything longer than `limit` characters.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if FORBIDDEN.search(text):
        raise Invalid(N_("This text contains characters that cannot be used here."))
    text = unicodedata.normalize("NFC", text)
    text = text.strip() if multiline else _SPACES.sub(" ", text).strip()
    if len(text) > limit:
        raise Invalid(N_("Please keep this to %(limit)s characters."), limit=limit)
    return text


# Letters that are variants of a base letter to a searcher but do not decompose.
_PLAIN = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "ħ": "h",
        "ŋ": "n",
        "ґ": "г",
    }
)


class _Kept(dict[int, str | None]):
    """What folding makes of a character, worked out once: itself, its plain form, a space or nothing."""

    def __missing__(self, code: int) -> str | None:
        character = chr(code)
        kept: str | None = " " if character.isspace() else None
        if unicodedata.category(character)[0] in "LN":
            kept = character.translate(_PLAIN)
        self[code] = kept
        return kept


_KEPT = _Kept()


def fold(text: str) -> str:
    """The form in which names are compared: no case, no diacritics, no punctuation inside words.

    "Shu-Chuan Lee" → "shuchuan lee"; scripts are not transliterated. Words stay apart by one space.
    """
    return " ".join(unicodedata.normalize("NFKD", text.casefold()).translate(_KEPT).split())


def like(term: str) -> str:
    """A folded search term as a LIKE pattern that matches anywhere (escape character `\\`)."""
    escaped = term.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
