"""`make bench`: every row beside hello, in turn, in one run."""

import argparse
import os
import platform
import resource
import sys
import time
from collections.abc import Iterator
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from tests.bench.load import Outcome, drive, forever, request
from tests.bench.report import Figure, as_json, head_text, row_text
from tests.bench.rows import ROWS, PageRow, WorkRow
from tests.bench.servers import Server, hello, product
from tests.bench.site import Site, prepared_site


def main() -> None:
    """Parse the options, measure, print the table, write the JSON."""
    options = _options()
    rows = [row for row in ROWS if options.only.lower() in row.name.lower()]
    figures: list[Figure] = []
    for guests in options.guests:
        print(f"\n{guests:,} guests, {options.items} items, {_database(options.database)}\n", flush=True)
        with prepared_site(guests=guests, items=options.items, database_url=options.database) as site:
            for figure in measure(rows, site, options.seconds, options.callers):
                figures.append(figure)
                if figure.first_error:
                    print(f"first error of {figure.name}: {figure.first_error}", file=sys.stderr)
    if options.json:
        about = {"machine": platform.platform(), "cores": os.cpu_count(), "python": platform.python_version()}
        Path(options.json).write_text(as_json(figures, **about), encoding="utf-8")
    sys.exit(1 if any(figure.errors for figure in figures) else 0)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=main.__doc__)
    parser.add_argument("--only", default="", help="rows whose name contains this")
    parser.add_argument("--guests", type=int, nargs="+", default=[1_000, 20_000])
    parser.add_argument("--items", type=int, default=400)
    parser.add_argument("--seconds", type=float, default=4.0, help="how long each measurement runs")
    parser.add_argument("--callers", type=int, nargs="+", help="instead of each row's own numbers")
    parser.add_argument("--database", default="", help="an empty PostgreSQL database instead of SQLite")
    parser.add_argument("--json", help="also write the figures to this file")
    return parser.parse_args()


def _database(url: str) -> str:
    return "PostgreSQL" if url else "SQLite"


def measure(
    rows: list[PageRow | WorkRow], site: Site, seconds: float, callers: list[int] | None
) -> Iterator[Figure]:
    """Each row at each number of callers, with hello measured right before it."""
    print(head_text(), flush=True)
    with hello() as yardstick, product(site.environment) as server:
        for row in rows:
            found = (
                page_figures(row, site, server, yardstick, seconds, callers)
                if isinstance(row, PageRow)
                else iter([work_figure(row, site)])
            )
            for figure in found:
                print(row_text(figure.cells()), flush=True)
                yield figure


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
        yield Figure(
            name=row.name,
            callers=number,
            rate=outcome.rate * row.counts,
            cpu_ms=cpu / done * 1000,
            p50_ms=outcome.percentile(0.5) * 1000,
            p99_ms=outcome.percentile(0.99) * 1000,
            errors=outcome.errors,
            megabytes=server.megabytes(),
            hello_rate=base.rate,
            hello_cpu_ms=base_cpu / max(1, base.answered) * 1000,
            aim=f"≥ {row.share}" if row.share else "",
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
    """The work done once in a process of its own."""
    context = get_context("spawn")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(row.name, site, sending))
    began = time.perf_counter()
    process.start()
    sending.close()
    try:
        cpu, megabytes = receiving.recv()
    except EOFError:
        raise RuntimeError(f"{row.name}: the work failed, see above") from None
    process.join()
    took = time.perf_counter() - began
    aims = [f"≤ {row.cpu_seconds} CPU s"] if row.cpu_seconds else []
    aims += [f"≤ {row.megabytes:.0f} MB"] if row.megabytes else []
    return Figure(
        name=f"{row.name} ({megabytes:.0f} MB)",
        callers=0,
        rate=1 / took,
        cpu_ms=cpu * 1000,
        p50_ms=took * 1000,
        p99_ms=took * 1000,
        errors=0,
        megabytes=megabytes,
        aim=", ".join(aims),
    )


def _work(name: str, site: Site, told: Any) -> None:
    row = next(row for row in ROWS if row.name == name and isinstance(row, WorkRow))
    os.environ.update(site.environment)
    row.work(site)
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    told.send((sum(u.ru_utime + u.ru_stime for u in usage), sum(u.ru_maxrss for u in usage) / 1000))


if __name__ == "__main__":
    main()
