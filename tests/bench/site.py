"""The site that is measured: a fictional summit in a fresh database."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any


@dataclass(frozen=True)
class Site:
    """What rows may need to know of it: where its data is, and what `eventsapp sample` told."""

    environment: dict[str, str]
    guests: int
    items: int
    sample: dict[str, Any]
    address: tuple[str, int] = ("127.0.0.1", 0)  # of the server, once it runs

    def command(self, *arguments: str) -> str:
        """What `eventsapp …` prints for this site."""
        return self.python("-m", "eventsapp.cli", *arguments)

    def python(self, *arguments: str) -> str:
        """What another program prints that works on this site's database."""
        done = subprocess.run(
            (sys.executable, *arguments),
            env={**os.environ, **self.environment},
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        return done.stdout


@contextmanager
def prepared_site(*, guests: int, items: int, database_url: str = "") -> Iterator[Site]:
    """A migrated database with a summit of that size, under a temporary instance folder."""
    with TemporaryDirectory(prefix="eventsapp-bench-") as folder:
        environment = {
            "EVENTSAPP_INSTANCE": str(Path(folder)),
            "EVENTSAPP_DATABASE_URL": database_url,
            "EVENTSAPP_SECRET_KEY": "bench-" * 8,
        }
        empty = Site(environment, guests, items, {})
        empty.command("db", "upgrade")
        told = empty.command(
            "sample", "--guests", str(guests), "--items", str(items), "--seed", "1", "--json"
        )
        yield Site(environment, guests, items, json.loads(told.splitlines()[-1]))
