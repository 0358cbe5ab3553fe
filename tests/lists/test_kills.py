"""An import that is killed at any moment has stored all rows or none."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from eventsapp.audit import service as audit
from eventsapp.core.db import db
from eventsapp.people.models import Person, PersonName
from eventsapp.rsvps.models import Guest
from tests.factories.events import make_category, make_event
from tests.lists.spreadsheets import csv_of
from tests.support.databases import Database

ROWS = 4_000
KILLS = 8


def stored() -> tuple[int, int, int]:
    db.session.rollback()
    counts = [
        db.session.scalar(select(func.count()).select_from(table)) or 0
        for table in (Guest, Person, PersonName)
    ]
    return counts[0], counts[1], counts[2]


@pytest.mark.slow
def test_a_killed_import_leaves_all_or_nothing(database: Database, db_session: Any, tmp_path: Path) -> None:
    event = make_event("Harbour", published=True)
    make_category(event)
    db.session.commit()
    file = tmp_path / "list.csv"
    file.write_bytes(csv_of(("Name", "Mail"), *((f"Ada {n}", f"a{n}@x.example") for n in range(ROWS))))
    command = (sys.executable, "-m", "eventsapp.cli", "guests", "import", event.slug, str(file), "--json")
    environment = {**os.environ, **database.environment}
    begun = time.perf_counter()
    tried = subprocess.run((*command, "--dry-run"), env=environment, check=True, stdout=subprocess.PIPE)
    whole = time.perf_counter() - begun
    assert b'"added": 4000' in tried.stdout
    assert stored() == (0, 0, 0)
    nothing, all_rows = (0, 0, 0), (ROWS, ROWS, ROWS)
    for number in range(KILLS):
        process = subprocess.Popen(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(whole * (0.75 + 0.6 * number / KILLS))  # around the one transaction
        process.send_signal(signal.SIGKILL)
        process.wait()
        found = stored()
        assert found in (nothing, all_rows)
        if found == all_rows:
            break
    if stored() == nothing:
        subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    assert stored() == all_rows
    assert audit.verify().broken == {}
