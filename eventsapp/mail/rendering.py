"""A message's words: the three templates of `templates/mail/<template>/` in the reader's language.

Nothing that somebody typed may turn into a link in a mail program, which makes links out of whatever
looks like an address. Invisible word joiners break such texts up; links that are meant as links come
in the context under keys that say so.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask, g, render_template

from eventsapp.core import languages
from eventsapp.web import locale

WORD_JOINER = "\u2060"
LINK_KEYS = ("url", "link", "email", "address")

_ADDRESS_LIKE = re.compile(r"(?<=\w)(?P<mark>[.@\u3002\uff0e\uff61])(?=\w)|(?P<scheme>:)(?=//)")


@dataclass(frozen=True)
class Rendered:
    """A subject on one line, and the same message as plain text and as HTML."""

    subject: str
    text: str
    html: str


def render(app: Flask, template: str, language: str, to_name: str, context: Mapping[str, Any]) -> Rendered:
    """The message as its reader will see it. Depends on nothing but its arguments."""
    # An application context of its own keeps the worker's and the outer request's language out.
    with app.app_context(), app.test_request_context("/"):
        g.preferred_language = language
        g.tag = locale.catalogue(language) or "en"
        values = {
            **defused(context),
            "to_name": _defused_text(to_name),
            "mail_language": language,
            "mail_direction": languages.direction(g.tag),
        }
        folder = f"mail/{template}"
        subject = render_template(f"{folder}/subject.txt", **values)
        return Rendered(
            " ".join(subject.split()),
            render_template(f"{folder}/body.txt", **values).strip() + "\n",
            render_template(f"{folder}/body.html", **values),
        )


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
