"""What the door's rows send: scans by a paired device, one by one or in batches, and searches by name."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from uuid import uuid4

from tests.bench.load import request
from tests.bench.site import Site

_BADGES: dict[str, Iterator[str]] = {}  # by the site's instance folder
_DEVICES: dict[str, tuple[str, str]] = {}
_TERMS = ("chen", "an", "ko", "zzz")


def scans(batch: int = 1) -> Callable[[Site], Iterator[bytes]]:
    """Uploads of that many scans. Each badge is new as long as there are badges, then already inside."""

    def requests(site: Site) -> Iterator[bytes]:
        codes = _codes(site)
        while True:
            yield _upload(site, [next(codes) for _ in range(batch)])

    return requests


def searches(site: Site) -> Iterator[bytes]:
    """Stewards who look for a name."""
    for term in cycle(_TERMS):
        yield request("GET", f"/api/v1/door/guests?q={term}", authorization=f"Bearer {_device(site)[0]}")


def _upload(site: Site, codes: list[str]) -> bytes:
    token, checkpoint = _device(site)
    now = datetime.now(UTC).isoformat()
    attempts = [
        {"id": uuid4().hex, "code": code, "checkpoint": checkpoint, "direction": "in", "scanned_at": now}
        for code in codes
    ]
    body = json.dumps({"sent_at": now, "scans": attempts}).encode()
    headers = {"authorization": f"Bearer {token}", "content_type": "application/json"}
    return request("POST", "/api/v1/scans", body=body, **headers)


def _device(site: Site) -> tuple[str, str]:
    """The token and the checkpoint of one device, paired when first asked for."""
    instance = site.environment["EVENTSAPP_INSTANCE"]
    if instance not in _DEVICES:
        told = site.command("devices", "pair", site.sample["slug"], "--checkpoint", "Main", "--json")
        paired = json.loads(told)
        _DEVICES[instance] = paired["token"], paired["checkpoint"]
    return _DEVICES[instance]


def _codes(site: Site) -> Iterator[str]:
    """The badges of the site, one after the other, from where the last row left off."""
    instance = site.environment["EVENTSAPP_INSTANCE"]
    if instance not in _BADGES:
        file = Path(instance) / "codes.txt"
        site.command("badges", "codes", site.sample["slug"], "-o", str(file))
        _BADGES[instance] = cycle(file.read_text(encoding="ascii").splitlines())
    return _BADGES[instance]
