"""Closed lists about imports."""

from enum import StrEnum


class ImportState(StrEnum):
    """uploaded → checked → queued → running → done | refused: all rows or none."""

    UPLOADED = "uploaded"
    CHECKED = "checked"
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"
