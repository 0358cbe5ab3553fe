"""Answers: pages kept until what they show has changed, and conditional requests."""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable

from flask import Flask, Response, current_app, request

from eventsapp.core.db import content_version

_CAPACITY = 64 * 1024 * 1024  # bytes of bodies kept in one process


class BodyCache:
    """Bodies by key, least recently used thrown out; each stays right because its key has a version."""

    def __init__(self, capacity: int = _CAPACITY) -> None:
        self._bodies: OrderedDict[Hashable, tuple[bytes, str]] = OrderedDict()
        self._size = 0
        self._capacity = capacity
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> tuple[bytes, str] | None:
        """The body and its strong ETag value."""
        with self._lock:
            found = self._bodies.get(key)
            if found is not None:
                self._bodies.move_to_end(key)
            return found

    def put(self, key: Hashable, body: bytes) -> tuple[bytes, str]:
        """Keep a body; returns it with its ETag value."""
        kept = (body, hashlib.sha256(body).hexdigest()[:32])
        with self._lock:
            old = self._bodies.pop(key, None)
            self._size += len(body) - (len(old[0]) if old else 0)
            self._bodies[key] = kept
            while self._size > self._capacity and len(self._bodies) > 1:
                _, (thrown, _) = self._bodies.popitem(last=False)
                self._size -= len(thrown)
        return kept


def init_app(app: Flask) -> None:
    """Give the application its cache of bodies."""
    app.extensions["bodies"] = BodyCache()


def kept(key: tuple[Hashable, ...], make: Callable[[], str | bytes], mimetype: str = "text/html") -> Response:
    """The answer under `key`, made once for each content version; 304 where the reader has it already.

    Only for what depends on nothing but `key` and content (no form, no flash, no personal data of
    whoever asks): `key` must name the language, the query and every other input.
    """
    versioned = (*key, content_version())
    bodies: BodyCache = current_app.extensions["bodies"]
    found = bodies.get(versioned)
    if found is None:
        made = make()
        found = bodies.put(versioned, made.encode() if isinstance(made, str) else made)
    body, etag = found
    response = Response(body, mimetype=mimetype)
    response.set_etag(etag)
    response.headers["Cache-Control"] = "no-cache"  # keep, but ask each time
    response.vary.update(("Cookie", "Accept-Language"))
    response.make_conditional(request)
    return response
