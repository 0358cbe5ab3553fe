"""A message's words: the three templates of `templates/mail/<template>/` in the reader's language, or the
event's own words in their frame; below them, where the event wants it, the same in its own language.

Nothing that somebody typed may turn into a link in a mail program, which makes links out of whatever
looks like an address. Invisible word joiners break such texts up; links that are meant as links come
in the context under keys that say so.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flask import Flask, g, render_template
from markupsafe import Markup

from eventsapp.core import languages
from eventsapp.mail import kinds, wording
from eventsapp.mail.kinds import LINKERS
from eventsapp.mail.texts import OURS, Manner
from eventsapp.web import formats, locale

WORD_JOINER = "\u2060"
LINK_KEYS = ("url", "link", "email", "address")
REMINDERS = ("reminder",)  # messages that their reader may want no more of
CLOSING = "\n-- \n"
_BEGIN, _END = "<!--words-->", "<!--end-->"

_ADDRESS_LIKE = re.compile(r"(?<=\w)(?P<mark>[.@\u3002\uff0e\uff61])(?=\w)|(?P<scheme>:)(?=//)")


@dataclass(frozen=True)
class Rendered:
    """A subject on one line, and the same message as plain text and as HTML."""

    subject: str
    text: str
    html: str


def render(
    app: Flask,
    template: str,
    language: str,
    to_name: str,
    context: Mapping[str, Any],
    manner: Manner = OURS,
    *,
    inert: bool = False,
) -> Rendered:
    """The message as its reader will see it. Depends on nothing but its arguments.

    `manner` is how the event writes; `inert`: every personal link leads to the front page instead.
    """
    given = {**defused(context), "to_name": _defused_text(to_name)}
    if inert:
        front: str = app.extensions["settings"].base_url + "/"
        given |= dict.fromkeys(LINKERS, lambda *_: front)
    message = _Message(app, template, manner)
    if not manner.second or _same(manner.second, language):
        return message.render(given, language)
    below = message.render({**given, **_spans(context, manner.second)}, manner.second)
    return message.render(
        {
            **given,
            "second_language": manner.second,
            "second_direction": languages.direction(manner.second),
            "second_text": without_closing(below.text),
            "second_html": Markup(below.words),  # noqa: S704 -- rendered by us just above
        },
        language,
    )


@contextmanager
def speaking(app: Flask, language: str) -> Iterator[None]:
    """Whatever is rendered inside is in that language."""
    # An application context of its own keeps the worker's and the outer request's language out.
    with app.app_context(), app.test_request_context("/"):
        g.preferred_language = language
        g.tag = locale.catalogue(language) or "en"
        yield


def without_closing(text: str) -> str:
    """A message's plain text without the line about its sender."""
    return text.rpartition(CLOSING)[0].strip()


def unsubscribe_link(app: Flask, template: str, context: Mapping[str, Any]) -> str:
    """The link that ends messages of this kind, for reminders alone; "" for what must arrive."""
    if template not in REMINDERS or context.get("inert"):
        return ""
    make = app.jinja_env.globals["guest_link"]
    return str(make("reminders", context["code"], context["generation"]))  # type: ignore[operator]


@dataclass(frozen=True)
class _Whole(Rendered):
    """A message, and the part of its HTML that is about the matter."""

    words: str = ""


@dataclass(frozen=True)
class _Message:
    app: Flask
    template: str
    manner: Manner

    def render(self, given: Mapping[str, Any], language: str) -> _Whole:
        with speaking(self.app, language):
            values = {**given, "mail_language": language, "mail_direction": languages.direction(g.tag)}
            folder = "mail/" + self._words_in(values, language)
            subject = " ".join(render_template(f"{folder}/subject.txt", **values).split())
            text = render_template(f"{folder}/body.txt", **values).strip() + "\n"
            html = render_template(f"{folder}/body.html", **values)
        words = html.partition(_BEGIN)[2].partition(_END)[0]
        return _Whole(subject, text, html.replace(_BEGIN, "").replace(_END, ""), words)

    def _words_in(self, values: dict[str, Any], language: str) -> str:
        """The template to use; own words are put into `values`."""
        key = kinds.key_of(self.template, values)
        own = self.manner.own(key, language) or self.manner.own(key, g.tag)  # as ours fall back
        if own is None:
            return self.template
        environment = self.app.jinja_env
        kind = kinds.kind_of(environment, key)
        known = wording.values_of(kind, values, lambda name: values.get(name) or environment.globals[name])
        values["subject"] = wording.subject(own, known)
        values["words_text"] = wording.plain(own, known)
        values["words_html"] = wording.html(own, known)
        return kinds.OWN


def _same(one: str, other: str) -> bool:
    return languages.normalise(one) == languages.normalise(other)


def _spans(context: Mapping[str, Any], language: str) -> dict[str, str]:
    """The times of a message in another language, from `spans`: name → start, end and zone."""
    return {
        name: formats.span_text(start, end, zone, language)
        for name, (start, end, zone) in context.get("spans", {}).items()
    }


def defused(value: Any, key: str = "") -> Any:
    """The same data in which no text reads as an address, except under keys that end in a LINK_KEY."""
    if isinstance(value, Mapping):
        return {name: defused(inner, str(name)) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [defused(inner, key) for inner in value]
    if isinstance(value, str) and not key.endswith(LINK_KEYS):
        return _defused_text(value)
    return value


def _defused_text(text: str) -> str:
    return _ADDRESS_LIKE.sub(lambda found: found.group() + WORD_JOINER, text)
