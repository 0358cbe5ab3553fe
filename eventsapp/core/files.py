"""Files that hold secrets."""

import contextlib
import os
import secrets
from pathlib import Path


def keep_once(path: Path, text: str) -> None:
    """Write a file (ASCII, for its owner's eyes alone) whole or not at all; one that is there already stays.

    Of several processes that write it at the same moment one wins, and none reads half of it.
    """
    draft = path.with_name(f".{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()
