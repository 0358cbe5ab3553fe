"""Answers: pages kept until what they show has changed, and conditional requests."""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import datetime
from typing import NamedTuple, cast

from flask import Flask, Response, current_app, g, request

from eventsapp.core import clock
from eventsapp.core.db import content_version

_CAPACITY = 64 * 1024 * 1024  # bytes of bodies kept in one process


class Kept(NamedTuple):
    """A body, its strong ETag value, and until when it is right by itself (None: for ever)."""

    body: bytes
    etag: str
    until: datetime | None


class BodyCache:
    """Bodies by key, least recently used thrown out; each stays right because its key has a version."""

    def __init__(self, capacity: int = _CAPACITY) -> None:
        self._bodies: OrderedDict[Hashable, Kept] = OrderedDict()
        self._size = 0
        self._capacity = capacity
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> Kept | None:
        """The body under a key, unless its time is over."""
        with self._lock:
            found = self._bodies.get(key)
            if found is None or (found.until is not None and found.until <= clock.now()):
                return None
            self._bodies.move_to_end(key)
            return found

    def put(self, key: Hashable, body: bytes, until: datetime | None = None) -> Kept:
        """Keep a body; returns it with its ETag value."""
        kept = Kept(body, hashlib.sha256(body).hexdigest()[:32], until)
        with self._lock:
            old = self._bodies.pop(key, None)
            self._size += len(body) - (len(old.body) if old else 0)
            self._bodies[key] = kept
            while self._size > self._capacity and len(self._bodies) > 1:
                _, thrown = self._bodies.popitem(last=False)
                self._size -= len(thrown.body)
        return kept


def until(instant: datetime) -> None:
    """Say that the answer being made is right only until then, though no content changes."""
    known = cast("datetime | None", g.get("kept_until"))
    g.kept_until = instant if known is None else min(known, instant)


def init_app(app: Flask) -> None:
    """Give the application its cache of bodies."""
    app.extensions["bodies"] = BodyCache()


def kept(key: tuple[Hashable, ...], make: Callable[[], str | bytes], mimetype: str = "text/html") -> Response:
    """The answer under `key`, made once for each content version; 304 where the reader has it already.

    Only for what depends on nothing but `key` and content (no form, no flash, no personal data of
    whoever asks): `key` must name the language, the query and every other input. What changes by the
    clock calls `until` while it is made. A refusal raised by `make` is not kept.
    """
    versioned = (*key, content_version())
    bodies: BodyCache = current_app.extensions["bodies"]
    found = bodies.get(versioned)
    if found is None:
        made = make()
        body = made.encode() if isinstance(made, str) else made
        found = bodies.put(versioned, body, g.pop("kept_until", None))
    response = Response(found.body, mimetype=mimetype)
    response.set_etag(found.etag)
    response.headers["Cache-Control"] = "no-cache"  # keep, but ask each time
    response.vary.update(("Cookie", "Accept-Language"))
    response.make_conditional(request)
    return response
