"""The input gate for what a form's field holds: texts in one or several languages, tags, colours."""

import re
from collections.abc import Mapping

from eventsapp.core import languages
from eventsapp.core.db import LanguageMap
from eventsapp.core.errors import Invalid
from eventsapp.core.text import N_, clean, fold

_COLOUR = re.compile(r"#[0-9a-f]{6}")


def clean_map(
    texts: Mapping[str, str] | None,
    *,
    field: str,
    limit: int = 200,
    multiline: bool = False,
    required: bool = False,
) -> LanguageMap:
    """A language map as it may be stored: tags in their customary form, texts cleaned, blank ones left out.

    Refuses (`Invalid`, naming `field`) what is no language tag, a text that `clean` refuses, and, where
    the text is `required`, a map without any text.
    """
    cleaned: LanguageMap = {}
    for tag, text in (texts or {}).items():
        try:
            kept = clean(text, limit=limit, multiline=multiline)
            if kept:
                cleaned[languages.normalise(tag)] = kept
        except ValueError as error:
            raise Invalid(N_("“%(tag)s” is not a language."), field=field, tag=tag[:35]) from error
        except Invalid as error:
            error.field = field
            raise
    if required and not cleaned:
        raise Invalid(N_("Please fill this in, in one language at least."), field=field)
    return cleaned


def clean_line(text: str, *, field: str, limit: int = 200, required: bool = False) -> str:
    """One line of text, cleaned; a refusal names `field`."""
    try:
        kept = clean(text, limit=limit)
    except Invalid as error:
        error.field = field
        raise
    if required and not kept:
        raise Invalid(N_("Please fill this in."), field=field)
    return kept


def clean_paragraphs(text: str, *, field: str, limit: int = 10_000) -> str:
    """Paragraphs of text, cleaned; a refusal names `field`."""
    try:
        return clean(text, limit=limit, multiline=True)
    except Invalid as error:
        error.field = field
        raise


def clean_tags(tags: "list[str] | tuple[str, ...]", *, field: str) -> list[str]:
    """Language tags in their customary form, each once, in the order given."""
    try:
        return list(dict.fromkeys(languages.normalise(tag) for tag in tags))
    except ValueError as error:
        raise Invalid(N_("This is not a language."), field=field) from error


def clean_colour(text: str, *, field: str) -> str:
    """A colour as `#rrggbb` in small letters; a refusal names `field`."""
    colour = text.strip().lower()
    if not _COLOUR.fullmatch(colour):
        raise Invalid(N_("Please give a colour as # and six figures, such as #1a5fb4."), field=field)
    return colour


def searchable(texts: list[str]) -> str:
    """Everything under which a thing may be looked for: each text folded, as written and without spaces.

    So that "Shuchuan", "Shu-Chuan" and "Shu Chuan" find one another.
    """
    folded = dict.fromkeys(fold(text) for text in texts)
    joined = dict.fromkeys(text.replace(" ", "") for text in folded)
    return "\n".join(text for text in {**folded, **joined} if text)
