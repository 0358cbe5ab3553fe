"""What is measured. Each wing adds its rows here; `site.py` says what a row finds on the site.

A `PageRow` is a request to the running server, a `WorkRow` a piece of work in this process.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tests.bench import door, works
from tests.bench.load import is_ok
from tests.bench.pages import anew, desk, get, replies, unchanged
from tests.bench.site import Site

CALLERS = (1, 8, 32)
AIMED = 8  # callers for whom an aim is meant, where a row has several numbers of them


@dataclass(frozen=True)
class PageRow:
    """Requests of one kind to the product's server.

    `requests` yields whole HTTP requests (see `load.request`); they are made before the clock starts,
    `prepared` of them at most where they differ. `counts` is how many things one request does (100 for
    a batch of 100 scans): rates and CPU are then told per thing. The aims: `share` of hello's rate, and
    milliseconds for half the answers (`half`) and for 99 of 100 (`most`).
    """

    name: str
    requests: Callable[[Site], Iterator[bytes]]
    good: Callable[[int, bytes], bool] = is_ok
    callers: tuple[int, ...] = CALLERS
    counts: int = 1
    prepared: int = 0
    share: float | None = None
    half: float | None = None
    most: float | None = None


@dataclass(frozen=True)
class WorkRow:
    """Work without a server: `eventsapp` run with `arguments`; CPU and memory count.

    `guests` says for which sizes of site it is done; none: for all.
    """

    name: str
    arguments: Callable[[Site], Sequence[str]]
    cpu_seconds: float | None = None
    megabytes: float | None = None
    guests: tuple[int, ...] = ()


@dataclass(frozen=True)
class BesideRow:
    """Work in this process beside the same work done by somebody else, in turn; the quickest of each."""

    name: str
    ours: Callable[[], object]
    theirs: Callable[[], object]
    most: float  # times theirs


Row = PageRow | WorkRow | BesideRow


def is_unchanged(status: int, body: bytes) -> bool:
    """304: the caller's copy is still right."""
    return status == 304


def is_told_on(status: int, body: bytes) -> bool:
    """303: the form was taken."""
    return status == 303


EVENT, PROGRAMME, CALENDAR = "/events/{slug}", "/events/{slug}?day=all", "/events/{slug}.ics"
DESK = "/organise/events/{slug}"

ROWS: tuple[Row, ...] = (
    BesideRow("calendar of 500, cold", works.cold_calendar, works.bare_calendar, most=1.3),
    WorkRow("1,000 badges A6", works.badges, cpu_seconds=3, megabytes=300, guests=(1_000,)),
    PageRow("alive (/healthz)", get("/healthz"), callers=(8,)),
    PageRow("scans, one by one", door.scans(), prepared=4000, share=0.35, most=30),
    PageRow("scans in batches of 100", door.scans(100), callers=(1, 8), counts=100, prepared=60, share=1.0),
    PageRow("guest by name at the door", door.searches, callers=(1,), half=20),
    PageRow("public event page", get(EVENT), share=0.25),
    PageRow("public event page, made anew", anew(EVENT), callers=(1,), half=150),
    PageRow("whole programme on one page", get(PROGRAMME), share=0.05),
    PageRow("whole programme, made anew", anew(PROGRAMME), callers=(1,)),
    PageRow("replies", replies, good=is_told_on, prepared=2000, share=0.05),
    PageRow("calendar of the programme", get(CALENDAR), callers=(1, 8), share=0.3),
    PageRow("calendar, unchanged (304)", unchanged(CALENDAR), good=is_unchanged, callers=(1, 8), share=0.5),
    PageRow("calendar, made anew", anew(CALENDAR), callers=(1,)),
    PageRow("guest list at the desk", desk(f"{DESK}/guests/"), callers=(1,), half=150),
    PageRow("guest list, a name", desk(f"{DESK}/guests/?q=chen"), callers=(1,), half=150),
    PageRow("programme at the desk", desk(f"{DESK}/programme/"), callers=(1,)),
    # Last, because the site is larger afterwards.
    WorkRow("50,000 guests imported", works.guest_list, cpu_seconds=60, megabytes=512, guests=(1_000,)),
)
