"""A message on a page: its HTML without anything that could act, its text with links or without."""

import re

import nh3
from markupsafe import Markup, escape

_TAGS = {
    "a", "bdi", "blockquote", "br", "div", "em", "h3", "h4", "h5", "hr", "li", "ol", "p", "small", "span",
    "strong", "table", "tbody", "td", "time", "tr", "ul",
}  # fmt: skip
_SPEAKING = {tag: {"lang", "dir"} for tag in ("span", "bdi", "p", "div", "td")}
_HEADING = re.compile(r"(</?)h[12]\b")
_LINK = re.compile(r"https?://[^\s<>\"']+")


def safe(html: str, *, links: bool = True) -> Markup:
    """The message's own HTML; without `links`, what was one is text."""
    cleaned = nh3.clean(
        _HEADING.sub(r"\1h3", html),  # below the page's own
        tags=_TAGS if links else _TAGS - {"a"},
        attributes=_SPEAKING | {"a": {"href"}},
        clean_content_tags={"title", "style", "script"},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener nofollow",
    )
    return Markup(cleaned)  # noqa: S704 -- cleaned by nh3 just above


def with_links(text: str) -> Markup:
    """Plain text, its links to be clicked."""
    pieces, end = [], 0
    for found in _LINK.finditer(text):
        pieces.append(escape(text[end : found.start()]))
        pieces.append(Markup('<a href="{0}" rel="noopener nofollow">{0}</a>').format(found.group()))
        end = found.end()
    pieces.append(escape(text[end:]))
    return Markup("").join(pieces)
