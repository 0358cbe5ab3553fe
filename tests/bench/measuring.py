"""From a row to its figures."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from tests.bench.load import Outcome, drive, forever, request
from tests.bench.report import Figure, head_text, row_text
from tests.bench.rows import AIMED, BesideRow, PageRow, Row, WorkRow
from tests.bench.servers import Server, hello, product, run_watched
from tests.bench.site import Site


def measure(rows: list[Row], site: Site, seconds: float, callers: list[int] | None) -> Iterator[Figure]:
    """Each row at each number of callers, with hello measured right before it."""
    print(head_text(), flush=True)
    with hello() as yardstick, product(site.environment) as server:
        running = replace(site, address=server.address)
        for row in rows:
            for figure in _figures(row, running, server, yardstick, seconds, callers):
                print(row_text(figure.cells()), flush=True)
                yield figure


def _figures(
    row: Row, site: Site, server: Server, yardstick: Server, seconds: float, callers: list[int] | None
) -> Iterator[Figure]:
    if isinstance(row, PageRow):
        yield from page_figures(row, site, server, yardstick, seconds, callers)
    elif isinstance(row, BesideRow):
        yield beside_figure(row, site)
    elif not row.guests or site.guests in row.guests:
        yield work_figure(row, site)


def page_figures(
    row: PageRow, site: Site, server: Server, yardstick: Server, seconds: float, callers: list[int] | None
) -> Iterator[Figure]:
    """The row at each number of callers."""
    requests = row.requests(site)
    # whatever compiles or caches on first use is not what is measured
    drive(server.address, islice(requests, 20), callers=1, seconds=seconds, good=row.good)
    for number in callers or row.callers:
        base, base_cpu = timed(yardstick, forever(request("GET", "/")), number, seconds / 2)
        batch: Any = list(islice(requests, row.prepared)) if row.prepared else requests
        outcome, cpu = timed(server, batch, number, seconds, good=row.good)
        done = max(1, outcome.answered) * row.counts
        is_aimed = number == AIMED or AIMED not in row.callers
        yield Figure(
            name=row.name,
            guests=site.guests,
            callers=number,
            rate=outcome.rate * row.counts,
            cpu_ms=cpu / done * 1000,
            p50_ms=outcome.percentile(0.5) * 1000,
            p99_ms=outcome.percentile(0.99) * 1000,
            errors=outcome.errors,
            megabytes=server.megabytes(),
            hello_rate=base.rate,
            hello_cpu_ms=base_cpu / max(1, base.answered) * 1000,
            least_share=row.share if is_aimed else None,
            half_ms=row.half if is_aimed else None,
            most_ms=row.most if is_aimed else None,
            first_error=outcome.first_error,
        )


def timed(
    server: Server, requests: Any, callers: int, seconds: float, **options: Any
) -> tuple[Outcome, float]:
    """The outcome, and the CPU seconds that the server spent on it."""
    before = server.cpu_seconds()
    outcome = drive(server.address, requests, callers=callers, seconds=seconds, **options)
    return outcome, server.cpu_seconds() - before


def work_figure(row: WorkRow, site: Site) -> Figure:
    """The command run once; what its processes took."""
    work = run_watched(("-m", "eventsapp.cli", *row.arguments(site)), site.environment)
    return Figure(
        name=row.name,
        guests=site.guests,
        callers=0,
        rate=1 / work.seconds,
        cpu_ms=work.cpu_seconds * 1000,
        p50_ms=work.seconds * 1000,
        p99_ms=work.seconds * 1000,
        errors=0,
        megabytes=work.megabytes,
        most_cpu_ms=row.cpu_seconds * 1000 if row.cpu_seconds else None,
        most_megabytes=row.megabytes,
    )


def beside_figure(row: BesideRow, site: Site) -> Figure:
    """Both in turn, five times; of each the quickest counts."""
    ours, theirs = [], []
    for _ in range(5):
        ours.append(_cpu_seconds(row.ours))
        theirs.append(_cpu_seconds(row.theirs))
    best = min(ours)
    return Figure(
        name=row.name,
        guests=site.guests,
        callers=0,
        rate=1 / best,
        cpu_ms=best * 1000,
        p50_ms=best * 1000,
        p99_ms=max(ours) * 1000,
        errors=0,
        times_theirs=best / min(theirs),
        most_times=row.most,
    )


def _cpu_seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began
