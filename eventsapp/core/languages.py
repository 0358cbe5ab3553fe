"""Language tags (BCP 47) and texts in several languages.

A text that a guest reads is a map from tag to text, `{"en": …, "zh-Hant": …}`. `pick` chooses the
one to show and says whether it is the reader's language or a fallback, which is then made visible.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global

MAX_TAG_LENGTH = 35

# RFC 5646: language, extended language, script, region, variants, extensions, private use.
_TAG = re.compile(
    r"(?P<language>[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4,8})"
    r"(?:-(?P<script>[a-z]{4}))?"
    r"(?:-(?P<region>[a-z]{2}|[0-9]{3}))?"
    r"(?P<variants>(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*)"
    r"(?P<extensions>(?:-[a-wy-z0-9](?:-[a-z0-9]{2,8})+)*)"
    r"(?P<private>(?:-x(?:-[a-z0-9]{1,8})+)?)",
    re.IGNORECASE,
)
_RIGHT_TO_LEFT = frozenset({"Adlm", "Arab", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"})
_LANGUAGE_OF_LAST_RESORT = "en"


@dataclass(frozen=True, slots=True)
class Picked:
    """The text to show, its language tag, and whether the reader asked for another language."""

    text: str
    tag: str
    is_fallback: bool


@lru_cache(maxsize=512)
def normalise(tag: str) -> str:
    """The tag in its customary form (`zh_hant` → `zh-Hant`).

    Any well-formed BCP 47 tag is accepted, known to this machine or not; an underscore counts as
    a hyphen. Raises `ValueError` for anything else.
    """
    plain = tag.strip().replace("_", "-")
    match = _TAG.fullmatch(plain) if len(plain) <= MAX_TAG_LENGTH else None
    if match is None:
        raise ValueError(f"not a language tag: {tag[:MAX_TAG_LENGTH]!r}")
    parts = [match["language"].lower()]
    if match["script"]:
        parts.append(match["script"].title())
    if match["region"]:
        parts.append(match["region"].upper())
    rest = match["variants"] + match["extensions"] + match["private"]
    return "-".join(parts) + rest.lower()


def is_tag(tag: str) -> bool:
    """Whether `tag` is a well-formed BCP 47 tag."""
    try:
        normalise(tag)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=512)
def language_and_script(tag: str) -> tuple[str, str]:
    """The language and its script, the usual one where the tag names none (`zh-TW` → zh, Hant)."""
    match = _TAG.fullmatch(tag.replace("_", "-"))
    if match is None:
        return tag.lower(), ""
    language = match["language"].lower()
    if match["script"]:
        return language, match["script"].title()
    likely = get_global("likely_subtags")
    full = likely.get(f"{language}_{(match['region'] or '').upper()}") or likely.get(language) or language
    script = next((part for part in full.split("_")[1:] if len(part) == 4), "")
    return language, script


@lru_cache(maxsize=512)
def direction(tag: str) -> str:
    """`"rtl"` for a language written from right to left, else `"ltr"`."""
    return "rtl" if language_and_script(tag)[1] in _RIGHT_TO_LEFT else "ltr"


def locale_of(tag: str) -> Locale | None:
    """Babel's locale for a tag, or the nearest it knows; None for a language it does not."""
    parts = tag.replace("-", "_").split("_")
    while parts:
        try:
            return Locale.parse("_".join(parts))
        except (UnknownLocaleError, ValueError):
            parts.pop()
    return None


@lru_cache(maxsize=512)
def own_name(tag: str) -> str:
    """A language's name in that language, to stand alone (`uk` → "Українська"); else the tag."""
    return language_name(tag, tag)


@lru_cache(maxsize=1024)
def language_name(tag: str, reader: str) -> str:
    """A language's name as a reader of language `reader` calls it; the tag where nobody knows it."""
    named, spoken = locale_of(tag), locale_of(reader)
    if spoken is None:
        return tag
    key = tag.replace("-", "_")
    name = spoken.languages.get(key)
    if name is None and named is not None:
        name = named.get_display_name(spoken)
    name = name or spoken.languages.get(key.split("_")[0])
    return name[:1].upper() + name[1:] if name else tag


def pick(texts: Mapping[str, str] | None, wanted: str, default: str | None = None) -> Picked:
    """The text for a reader of `wanted`.

    In this order: that very tag; a text of the same language and script, or of a parent tag; then,
    marked as a fallback, the event's `default` language, English, and the first there is. Blank
    texts count as absent; with none at all the result is an empty text in `wanted`.
    """
    if not texts:
        return Picked("", wanted, is_fallback=False)
    if (text := texts.get(wanted)) and not text.isspace():
        return Picked(text, wanted, is_fallback=False)
    filled = {tag: text for tag, text in texts.items() if text and text.strip()}
    if near := _nearest(filled, wanted):
        return Picked(filled[near], near, is_fallback=False)
    for tag in (default, _LANGUAGE_OF_LAST_RESORT):
        if tag and (near := _nearest(filled, tag)):
            return Picked(filled[near], near, is_fallback=True)
    for tag, text in filled.items():
        return Picked(text, tag, is_fallback=True)
    return Picked("", wanted, is_fallback=False)


def _nearest(texts: Mapping[str, str], wanted: str) -> str | None:
    """The tag that a reader of `wanted` reads as their own; another script is another language."""
    if wanted in texts:
        return wanted
    parent = wanted
    while "-" in parent:
        parent = parent.rpartition("-")[0]
        if parent in texts:
            return parent
    same = language_and_script(wanted)
    return next((tag for tag in texts if language_and_script(tag) == same), None)
