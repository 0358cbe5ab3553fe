"""What `run` prints: where each kind of user begins.

The demonstration data writes it into the instance folder when it is loaded, for its links and sign-ins
exist on this machine alone. That the file is there also says that the data was loaded.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

_FILE = "welcome.json"


@dataclass(frozen=True)
class Beginning:
    """Where one kind of user begins: a path of this site, and what to know (a sign-in, say)."""

    who: str
    path: str
    note: str = ""


def write(instance: Path, beginnings: Sequence[Beginning]) -> None:
    """Keep the list for every later start; readable by this user alone."""
    path = instance / _FILE
    path.touch(mode=0o600)
    path.write_text(json.dumps([asdict(beginning) for beginning in beginnings], indent=1), encoding="utf-8")


def is_written(instance: Path) -> bool:
    """Whether the demonstration data was loaded here."""
    return (instance / _FILE).exists()


def read(instance: Path) -> list[Beginning]:
    """The list as it was kept."""
    return [Beginning(**entry) for entry in json.loads((instance / _FILE).read_text(encoding="utf-8"))]


def text(instance: Path, base_url: str) -> str:
    """The list as lines for a terminal, with whole addresses."""
    lines = ["", f"  eventsapp is at {base_url}  (Ctrl-C ends it)", ""]
    beginnings = read(instance)
    width = max((len(beginning.who) for beginning in beginnings), default=0)
    for beginning in beginnings:
        lines.append(f"  {beginning.who:<{width}}  {base_url}{beginning.path}")
        if beginning.note:
            lines.append(f"  {'':<{width}}  {beginning.note}")
    return "\n".join([*lines, ""])
