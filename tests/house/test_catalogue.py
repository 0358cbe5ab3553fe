"""Every sentence of the interface stands in every language, with the same placeholders."""

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from eventsapp.core.config import ROOT

TRANSLATIONS = ROOT / "eventsapp" / "translations"
LANGUAGES = ("zh_Hant", "uk")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "lazy_gettext": None,
    "lazy_ngettext": (1, 2),
    "_l": None,
    "N_": None,
}
_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%%|\{(\w+)\}")


@cache
def used() -> dict[str, tuple[str, ...] | None]:
    """Every sentence in the code: singular → (singular, plural) or None."""
    with (ROOT / ".babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    found: dict[str, tuple[str, ...] | None] = {}
    for folder in ("eventsapp", "templates"):
        rooted = [(pattern.removeprefix(f"{folder}/"), method) for pattern, method in methods]
        rooted_options = {pattern.removeprefix(f"{folder}/"): given for pattern, given in options.items()}
        for _, _, message, _, _ in extract_from_dir(ROOT / folder, rooted, rooted_options, KEYWORDS):
            key = message if isinstance(message, str) else message[0]
            found[key] = None if isinstance(message, str) else tuple(message)
    return found


@cache
def catalogue(language: str) -> Catalog:
    path = TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"
    with Path(path).open("rb") as file:
        return read_po(file, locale=language)


def placeholders(text: str) -> set[str]:
    return {match.group() for match in _PLACEHOLDER.finditer(text)} - {"%%"}


def test_the_code_has_sentences() -> None:
    assert len(used()) > 1000


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_translated(language: str) -> None:
    known = catalogue(language)
    missing = [key for key in used() if not _strings(known, key)]
    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_the_placeholders_and_are_not_guessed(language: str) -> None:
    wrong = []
    for message in catalogue(language):
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, list | tuple) else (message.id,)
        wanted = placeholders(ids[-1]) | placeholders(ids[0])
        strings = message.string if isinstance(message.string, list | tuple) else (message.string,)
        given = [placeholders(text) for text in strings if text]
        exact = len(ids) == 1  # a plural form may say "one" in words
        if message.fuzzy or any(not found <= wanted or (exact and found != wanted) for found in given):
            wrong.append(ids[0])
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_holds_no_sentence_that_is_gone(language: str) -> None:
    known = {
        message.id[0] if isinstance(message.id, list | tuple) else message.id
        for message in catalogue(language)
    } - {""}
    assert known - set(used()) == set()


def _strings(known: Catalog, key: str) -> bool:
    message = known.get(key)
    if message is None:
        return False
    strings = message.string if isinstance(message.string, list | tuple) else (message.string,)
    return bool(strings) and all(strings)
