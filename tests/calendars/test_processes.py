"""The same programme in any process on any server is the same file, so that 304 can be answered."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# The builder is loaded without the application around it: it needs no database and no server.
SCRIPT = """
import hashlib, sys, types
package = types.ModuleType("eventsapp")
package.__path__ = [sys.argv[1] + "/eventsapp"]
sys.modules["eventsapp"] = package
sys.path.insert(0, sys.argv[1])
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo
from eventsapp.calendars.ical import calendar
from tests.calendars.yardstick import programme
zones = [ZoneInfo(name) for name in ("Europe/Kyiv", "Asia/Taipei", "Africa/Cairo", "America/New_York")]
entries = [
    replace(entry, start=entry.start.astimezone(zones[n % 4]), end=entry.end.astimezone(zones[n % 3]))
    for n, entry in enumerate(programme(24))
]
data = calendar(set(entries), name="Summit", refresh=timedelta(hours=6))
assert "flask" not in sys.modules and "sqlalchemy" not in sys.modules
print(hashlib.sha256(data).hexdigest(), len(data))
"""


def built(seed: int) -> str:
    zone = ("UTC", "Asia/Kathmandu", "America/St_Johns")[seed % 3]
    environment = {**os.environ, "PYTHONHASHSEED": str(seed), "TZ": zone}
    command = [sys.executable, "-c", SCRIPT, str(ROOT)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout


@pytest.mark.slow
def test_twenty_processes_write_the_same_bytes() -> None:
    with ThreadPoolExecutor(2) as pool:
        outputs = set(pool.map(built, range(1, 21)))
    assert len(outputs) == 1
    assert int(outputs.pop().split()[1]) > 10_000
