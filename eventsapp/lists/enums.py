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


class Fate(StrEnum):
    """What becomes of a row, or became."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"  # perhaps somebody known: a person decides
    REFUSED = "refused"
    LEFT_OUT = "left-out"  # somebody decided so


class Decision(StrEnum):
    """What somebody decided of a row; beside these, the code of the person it is."""

    NEW = "new"
    LEAVE_OUT = "leave-out"
