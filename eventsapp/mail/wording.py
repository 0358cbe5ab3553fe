"""Own words: Markdown that names placeholders, made into plain text and HTML.

What a placeholder stands for is put in after the Markdown is read, as text alone: a name is never markup,
and never part of a link.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import nh3
from flask_babel import gettext
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from eventsapp.core.text import N_
from eventsapp.mail.kinds import Kind
from eventsapp.web.filters import tx_plain

PLACEHOLDER = re.compile(r"\{\{\s*([^{}\n]{0,60}?)\s*\}\}")
_TAGS = {"a", "blockquote", "br", "em", "h3", "h4", "h5", "hr", "li", "ol", "p", "strong", "ul"}
_STANDING = "Zq{}qZ"  # stands for the nth placeholder while the Markdown is read
_STOOD = re.compile(r"Zq(\d+)qZ")
_PUT_IN = re.compile(rf"<p>{_STOOD.pattern}</p>|{_STOOD.pattern}")
_HREF = re.compile(r'href="([^"]*)"')

_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable("image")

LABELS: Mapping[str, str] = {
    "invitation_link": N_("Read and answer the invitation"),
    "own_page_link": N_("Open your own page"),
    "confirmation_link": N_("Yes, that was me"),
    "reminders_link": N_("No more reminders, please"),
    "focal_link": N_("Open your delegation’s page"),
}
_ANSWERS: Mapping[str, str] = {
    "accepted": N_("Accepted"),
    "tentative": N_("Tentative"),
    "declined": N_("Declined"),
    "waitlisted": N_("Waiting list"),
}


@dataclass(frozen=True)
class Own:
    """An organiser's words for one kind of mail in one language."""

    subject: str
    body: str


@dataclass(frozen=True)
class Value:
    """What a placeholder stands for: a text, lines of a list, or a link with its label."""

    text: str = ""
    lines: tuple[str, ...] = ()
    url: str = ""

    @property
    def plain(self) -> str:
        """In plain text."""
        return self.url or "\n".join(f"- {line}" for line in self.lines) or self.text

    @property
    def inline(self) -> Markup:
        """Inside a line of HTML."""
        if self.url:
            return Markup('<a href="{0}">{1}</a>').format(self.url, self.text or self.url)
        return escape("; ".join(self.lines) or self.text)

    @property
    def block(self) -> Markup:
        """As a paragraph of HTML by itself."""
        if self.url:
            return Markup(
                '<p><a class="call" href="{0}"><strong>{1}</strong></a><br><small>{0}</small></p>'
            ).format(self.url, self.text or self.url)
        if self.lines:
            items = Markup("").join(Markup("<li>{}</li>").format(line) for line in self.lines)
            return Markup("<ul>{}</ul>").format(items)
        return Markup("<p>{}</p>").format(self.text)


def values_of(kind: Kind, context: Mapping[str, Any], make: Callable[[str], Any]) -> dict[str, Value]:
    """What each placeholder of a kind stands for in one message; `make` gives the makers of links."""
    values = {name: _value(context.get(variable)) for name, variable in kind.variables.items()}
    places = [tx_plain(context.get(part) or {}) for part in ("place", "street")]
    values["where"] = Value(", ".join(place for place in places if place))
    for link in kind.links:
        arguments = [link.purpose] if link.purpose else []
        url = str(make(link.maker)(*arguments, context.get("code", ""), context.get("generation", 1)))
        label = LABELS.get(link.name)
        values[link.name] = Value(gettext(label) if label else "", url=url)
    return values


def _value(given: Any) -> Value:
    if isinstance(given, list | tuple):
        return Value(lines=tuple(_line(entry) for entry in given))
    if isinstance(given, Mapping):
        return Value(_line(given) if "title" in given else tx_plain(given))
    return Value("" if given is None else str(given))


def _line(entry: Any) -> str:
    if not isinstance(entry, Mapping):
        return str(entry)
    about = entry.get("title") or entry.get("category") or {}
    words = ", ".join(str(part) for part in (tx_plain(about), entry.get("when")) if part)
    told = entry.get("number", entry.get("state"))
    if told is None:
        return words
    return f"{words}: {gettext(_ANSWERS[told]) if told in _ANSWERS else told}"


def subject(own: Own, values: Mapping[str, Value]) -> str:
    """The subject, on one line."""
    filled = PLACEHOLDER.sub(lambda found: values.get(found[1], Value()).text, own.subject)
    return " ".join(filled.split())


def plain(own: Own, values: Mapping[str, Value]) -> str:
    """The body as plain text: the marks of Markdown that hinder reading are gone."""
    text = own.body.replace("\r\n", "\n")
    text = re.sub(r"^#{1,6}\s+", "", text, flags=re.MULTILINE)
    text = re.sub(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1", r"\2", text)
    text = re.sub(r"\[([^\]\n]+)\]\(\s*([^)\s]+)\s*\)", r"\1: \2", text)
    text = PLACEHOLDER.sub(lambda found: values.get(found[1], Value()).plain, text)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def html(own: Own, values: Mapping[str, Value]) -> Markup:
    """The body as HTML of few tags."""
    standing: list[Value] = []

    def stand(found: re.Match[str]) -> str:
        standing.append(values.get(found[1], Value()))
        return _STANDING.format(len(standing) - 1)

    source = PLACEHOLDER.sub(stand, _without_stand_ins(own.body))
    cleaned = nh3.clean(
        _markdown.render(source).replace("<h1>", "<h3>").replace("</h1>", "</h3>"),
        tags=_TAGS | {"h1", "h2"},
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    cleaned = _HREF.sub(lambda found: f'href="{_address(found[1], standing)}"', cleaned)
    filled = _PUT_IN.sub(lambda found: _put_in(found, standing), cleaned)  # once: names are not looked into
    return Markup(filled)  # noqa: S704 -- cleaned by nh3, and every value escaped


def _put_in(found: re.Match[str], standing: list[Value]) -> str:
    value = standing[int(found[1] or found[2])]
    return str(value.block if found[1] else value.inline)


def _without_stand_ins(typed: str) -> str:
    """A text in which nothing looks like a stand-in, nor does so once another is taken out."""
    while _STOOD.search(typed):
        typed = _STOOD.sub("", typed)
    return typed


def _address(href: str, standing: list[Value]) -> str:
    """A link's address; of placeholders only links may be part of it."""
    return _STOOD.sub(lambda found: str(escape(standing[int(found[1])].url)), href)
