"""`make bench`: every row beside hello, in turn, in one run."""

import argparse
import os
import platform
import sys
from pathlib import Path

from tests.bench.measuring import measure
from tests.bench.report import Figure, as_json, growth_text
from tests.bench.rows import ROWS
from tests.bench.site import prepared_site


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
    print(f"\n{growth_text(figures)}" if len(options.guests) > 1 else "")
    if options.json:
        about = {"machine": platform.platform(), "cores": os.cpu_count(), "python": platform.python_version()}
        Path(options.json).write_text(as_json(figures, **about), encoding="utf-8")
    sys.exit(1 if any(figure.errors for figure in figures) else 0)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=main.__doc__)
    parser.add_argument("--only", default="", help="rows whose name contains this")
    parser.add_argument("--guests", type=int, nargs="+", default=[1_000, 20_000])
    parser.add_argument("--items", type=int, default=500)
    parser.add_argument("--seconds", type=float, default=2.5, help="how long each measurement runs")
    parser.add_argument("--callers", type=int, nargs="+", help="instead of each row's own numbers")
    parser.add_argument("--database", default="", help="an empty PostgreSQL database instead of SQLite")
    parser.add_argument("--json", help="also write the figures to this file")
    return parser.parse_args()


def _database(url: str) -> str:
    return "PostgreSQL" if url else "SQLite"


if __name__ == "__main__":
    main()
