"""What the rows of pages, calendars and replies send."""

import urllib.request
from collections.abc import Callable, Iterator
from itertools import count
from typing import cast
from urllib.parse import urlencode

from tests.bench.insiders import insiders
from tests.bench.load import forever, request
from tests.bench.site import Site

Requests = Callable[[Site], Iterator[bytes]]
_ROUND = 50  # guests who decline one after the other, and then accept


def get(path: str, **headers: str) -> Requests:
    """The same page again and again; `{slug}` is the measured summit."""
    return lambda site: forever(request("GET", path.format(slug=site.sample["slug"]), **headers))


def anew(path: str) -> Requests:
    """A page that is kept for nobody yet: each reader wants a language of their own."""

    def requests(site: Site) -> Iterator[bytes]:
        for number in count():
            cookie = f"lang=en-x-b{number}"
            yield request("GET", path.format(slug=site.sample["slug"]), cookie=cookie)

    return requests


def unchanged(path: str) -> Requests:
    """A page for readers who have it already and ask whether it is still right."""

    def requests(site: Site) -> Iterator[bytes]:
        host, port = site.address
        address = path.format(slug=site.sample["slug"])
        with urllib.request.urlopen(f"http://{host}:{port}{address}") as answer:
            etag = answer.headers["ETag"]
        return forever(request("GET", address, if_none_match=etag))

    return requests


def desk(path: str) -> Requests:
    """A page of the organisers' desk, never kept."""

    def requests(site: Site) -> Iterator[bytes]:
        cookie = cast(str, insiders(site)["staff"])
        return forever(request("GET", path.format(slug=site.sample["slug"]), cookie=cookie))

    return requests


def replies(site: Site) -> Iterator[bytes]:
    """Guests who answer by their links. Every answer is a new one: half decline, half accept again."""
    held = insiders(site)
    invitations = list(zip(held["invitations"], held["guests"], strict=True))
    while True:
        for first in range(0, len(invitations), _ROUND):
            for answer in ("declined", "accepted"):
                body = urlencode({"csrf_token": held["csrf"], "answer": answer}).encode()
                for path, cookie in invitations[first : first + _ROUND]:
                    yield request(
                        "POST",
                        path,
                        body=body,
                        cookie=cookie,
                        content_type="application/x-www-form-urlencoded",
                    )
