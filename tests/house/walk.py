"""A walk through all pages, from link to link, on the demonstration data."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urljoin, urlsplit

from flask import Flask
from sqlalchemy import Engine, event, select
from werkzeug.exceptions import HTTPException

from eventsapp.core.config import Settings
from eventsapp.core.db import db
from eventsapp.core.tokens import Purpose
from eventsapp.rsvps import links
from eventsapp.rsvps.enums import GuestState
from eventsapp.rsvps.models import Guest
from tests.support.clients import Client

LINK = re.compile(r"""<a\b[^>]*?\bhref=["']([^"'#]+)""", re.DOTALL)
WRITING = re.compile(r"\s*(insert|update|delete|replace)\b", re.IGNORECASE)
ENOUGH = 6  # addresses of one endpoint; the next differs in its data only


@dataclass(frozen=True)
class Visit:
    """One page, and what asking for it did."""

    path: str
    endpoint: str
    status: int
    mimetype: str
    text: str
    writes: tuple[str, ...]


@dataclass
class Walk:
    """All pages that a visitor found."""

    visits: list[Visit] = field(default_factory=list)

    @property
    def endpoints(self) -> set[str]:
        return {visit.endpoint for visit in self.visits}

    @property
    def pages(self) -> list[Visit]:
        """Whole pages, which are HTML."""
        return [visit for visit in self.visits if visit.mimetype == "text/html" and visit.status < 300]


def walk(app: Flask, engine: Engine, client: Client, beginnings: Sequence[str]) -> Walk:
    """Follow every link from those paths; of endpoints with many addresses, some."""
    found, seen, times = Walk(), set(beginnings), Counter[str]()
    waiting = list(beginnings)
    while waiting:
        path = waiting.pop(0)
        endpoint = endpoint_of(app, path)
        if times[endpoint] >= ENOUGH or endpoint == "static":
            continue
        times[endpoint] += 1
        visit = _visit(engine, client, path, endpoint)
        found.visits.append(visit)
        for link in _links(visit):
            if link not in seen:
                seen.add(link)
                waiting.append(link)
    return found


def endpoint_of(app: Flask, path: str) -> str:
    """The endpoint that answers there; `nowhere` if none does."""
    try:
        endpoint, _ = app.url_map.bind("127.0.0.1").match(urlsplit(path).path, method="GET")
    except HTTPException:
        return "nowhere"
    return str(endpoint)


def _visit(engine: Engine, client: Client, path: str, endpoint: str) -> Visit:
    with _writes(engine) as writes:
        response = client.get(path)
    text = response.get_data(as_text=True) if response.mimetype.startswith("text/") else ""
    if location := response.headers.get("Location"):
        text = f'<a href="{location}">'
    return Visit(path, endpoint, response.status_code, response.mimetype, text, tuple(writes))


def _links(visit: Visit) -> Iterator[str]:
    for link in LINK.findall(visit.text):
        whole = urlsplit(urljoin(f"http://127.0.0.1{visit.path}", unescape(link).strip()))
        if whole.hostname in ("127.0.0.1", "localhost") and "lang=" not in whole.query:
            yield whole.path + (f"?{whole.query}" if whole.query else "")


@contextmanager
def _writes(engine: Engine) -> Iterator[list[str]]:
    """The statements that change rows, as they are sent."""
    sent: list[str] = []

    def note(*arguments: object) -> None:
        if WRITING.match(statement := str(arguments[2])):
            sent.append(statement.split("\n")[0][:120])

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


def mailed(settings: Settings) -> list[str]:
    """Addresses that stand in mails alone: of who was asked for more, and of who was reminded."""
    asked = db.session.scalars(select(Guest).where(Guest.state == GuestState.ASKED)).all()
    reminded = db.session.scalars(select(Guest).where(Guest.reminders_sent > 0)).all()
    return [
        *(links.path(settings, guest, Purpose.INVITATION) for guest in asked),
        *(links.path(settings, guest, Purpose.REMINDERS) for guest in reminded),
    ]
