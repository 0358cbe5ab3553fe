"""Our own words with placeholders where a message has its values: what own words begin from."""

import re
from collections.abc import Callable, Collection
from typing import Any

from flask import Flask, render_template

from eventsapp.mail.kinds import Kind
from eventsapp.mail.rendering import speaking, without_closing
from eventsapp.mail.wording import Own

# What has an inner form; lists are empty, for own words name them as a whole.
_SHAPED: dict[str, Any] = {
    "item": {"title": {"en": "{{item}}"}, "when": "", "state": "accepted"},
    "items": [],
    "quotas": [],
    "party_size": 1,
}


def our_words(app: Flask, kind: Kind, language: str, without: Collection[str] = ()) -> Own:
    """Our words for a kind of mail in a language.

    `without` names the placeholders that stand for nothing here: sentences about them are left out.
    """
    values: dict[str, Any] = {"state": kind.answer or "accepted"}
    for name, variable in kind.variables.items():
        if name not in without:
            marked = f"{{{{{name}}}}}"
            values[variable] = {"en": marked} if variable in kind.maps else marked
    values |= _SHAPED | {link.maker: _maker(kind, link.maker) for link in kind.links}
    with speaking(app, language):
        subject = render_template(f"mail/{kind.template}/subject.txt", **values)
        text = without_closing(render_template(f"mail/{kind.template}/body.txt", **values))
    apart = re.sub(r"\n(\{\{\w+_link\}\})", r"\n\n\1", text)  # a link by itself becomes a button
    return Own(" ".join(subject.split()), re.sub(r"\n{3,}", "\n\n", apart))


def _maker(kind: Kind, maker: str) -> Callable[..., str]:
    names = {link.purpose: link.name for link in kind.links if link.maker == maker}

    def make(purpose: str, *_: object) -> str:
        return f"{{{{{names.get(purpose) or names['']}}}}}"

    return make
