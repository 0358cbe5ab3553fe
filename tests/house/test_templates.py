"""Templates compile, have a title, and hold nothing that the content security policy would refuse."""

import re
from collections.abc import Callable

import pytest
from jinja2 import Environment

from tests.house.source import ROOT
from tests.support.databases import SQLITE, Database

TEMPLATES = sorted(str(path.relative_to(ROOT / "templates")) for path in (ROOT / "templates").rglob("*.*"))
PAGES = [
    name for name in TEMPLATES if name.endswith(".html") and not name.startswith(("mail/", "components/"))
]
MARKUP = [name for name in TEMPLATES if name.endswith((".html", ".svg")) and not name.startswith("mail/")]

INLINE = {
    "a script in the page": re.compile(r"<script(?![^>]*\bsrc=)", re.IGNORECASE),
    "a style in the page": re.compile(r"<style\b", re.IGNORECASE),
    "a style attribute": re.compile(r"""\sstyle\s*=\s*["'{]""", re.IGNORECASE),
    "an event attribute": re.compile(r"""<[^>{]*\son[a-z]+\s*=\s*["']""", re.IGNORECASE),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
    "text taken as markup": re.compile(r"\|\s*safe\b|autoescape\s+false"),
    "something from another site": re.compile(r"""(\bsrc=|<link[^>]*\bhref=)["']https?://""", re.IGNORECASE),
}
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
FORM = re.compile(r"<form\b[^>]*method=[\"']?post.*?</form>", re.DOTALL | re.IGNORECASE)
TOKEN = re.compile(r"csrf|hidden_tag|caller\(\)")


@pytest.fixture
def environment(databases: Callable[[str], Database]) -> Environment:
    """The application's own."""
    return databases(SQLITE).app.jinja_env


def source(name: str) -> str:
    """The template's text without its comments."""
    return COMMENT.sub("", (ROOT / "templates" / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_compiles(environment: Environment, name: str) -> None:
    environment.get_template(name)


@pytest.mark.parametrize("name", [name for name in PAGES if not name.startswith("layouts/")])
def test_page_has_a_title(name: str) -> None:
    text = source(name)
    if "{% extends" in text:  # what is no page of its own is put into one that has a title
        assert re.search(r"\{%-?\s*block title\b", text), name


@pytest.mark.parametrize("name", MARKUP)
def test_markup_holds_nothing_inline_and_nothing_foreign(name: str) -> None:
    text = source(name)
    assert not [told for told, pattern in INLINE.items() if pattern.search(text)]


@pytest.mark.parametrize("name", MARKUP)
def test_each_form_that_posts_carries_its_token(name: str) -> None:
    assert all(TOKEN.search(form) for form in FORM.findall(source(name)))
