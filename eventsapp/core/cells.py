"""Cells of lists that go out: no spreadsheet takes one for a formula, and its guard comes off again."""

_APOSTROPHE = "'"
GUARDED = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", _APOSTROPHE)
"""With what a formula, or our own guard against one, begins."""


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; `unguarded` gives it back as it was."""
    return _APOSTROPHE + cell if cell.startswith(GUARDED) else cell


def unguarded(cell: str) -> str:
    """A cell without the apostrophe that keeps spreadsheets from reckoning with it."""
    return cell[1:] if cell.startswith(_APOSTROPHE) and cell[1:].startswith(GUARDED) else cell
