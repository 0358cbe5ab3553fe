"""What is measured. Each wing adds its rows here; `site.py` says what a row finds on the site.

A `PageRow` is a request to the running server, a `WorkRow` a piece of work in this process.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.bench import door
from tests.bench.load import forever, is_ok, request
from tests.bench.site import Site

CALLERS = (1, 8, 32)


@dataclass(frozen=True)
class PageRow:
    """Requests of one kind to the product's server.

    `requests` yields whole HTTP requests (see `load.request`); they are made before the clock starts,
    `prepared` of them at most where they differ. `counts` is how many things one request does (100 for
    a batch of 100 scans): rates and CPU are then told per thing. `share` of hello's rate is the aim.
    """

    name: str
    requests: Callable[[Site], Iterator[bytes]]
    good: Callable[[int, bytes], bool] = is_ok
    callers: tuple[int, ...] = CALLERS
    counts: int = 1
    prepared: int = 0
    share: float | None = None


@dataclass(frozen=True)
class WorkRow:
    """Work without a server: `work` does it once, in a process of its own; CPU and memory count."""

    name: str
    work: Callable[[Site], object]
    cpu_seconds: float | None = None
    megabytes: float | None = None


def is_unchanged(status: int, body: bytes) -> bool:
    """304: the caller's copy is still right."""
    return status == 304


def get(path: str, **headers: str) -> Callable[[Site], Iterator[bytes]]:
    """The same page again and again; `{slug}` is the measured summit."""
    return lambda site: forever(request("GET", path.format(slug=site.sample["slug"]), **headers))


ROWS: tuple[PageRow | WorkRow, ...] = (
    PageRow("alive (/healthz)", get("/healthz")),
    PageRow("scans, one by one", door.scans(), prepared=4000, share=0.35),
    PageRow("scans in batches of 100", door.scans(100), callers=(1, 8), counts=100, prepared=60, share=1.0),
    PageRow("guest by name at the door", door.searches, callers=(1,)),
    PageRow("public event page", get("/events/{slug}"), share=0.25),
    PageRow("whole programme on one page", get("/events/{slug}?day=all"), share=0.05),
)
