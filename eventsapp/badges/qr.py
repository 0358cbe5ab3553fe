"""QR symbols: a text in, modules or a drawing out."""

from collections.abc import Sequence
from html import escape
from typing import Final

from eventsapp.badges.symbol import rows

QUIET_ZONE: Final = 4  # modules of white on every side, as the standard demands
_DARK: Final = b"\1"
_LIGHT: Final = b"\0"


def matrix(text: str) -> list[list[bool]]:
    """The symbol's rows from top to bottom, `True` for a dark module, without the quiet zone.

    Raises `ValueError` for a text that no QR symbol holds (over about 2,300 bytes).
    """
    return [[bool(module) for module in row] for row in rows(text)]


def path(modules: Sequence[bytes], offset: int = 0) -> str:
    """The dark modules as the data of one SVG path, a module being one unit, moved by `offset`."""
    parts: list[str] = []
    for y, row in enumerate(modules, offset):
        end = 0
        while (start := row.find(_DARK, end)) >= 0:
            end = row.find(_LIGHT, start)
            end = len(row) if end < 0 else end
            parts.append(f"M{start + offset} {y}h{end - start}v1h{start - end}z")
    return "".join(parts)


def svg(text: str, title: str, *, millimetres: float = 25.0) -> str:
    """The symbol of `text` as a stand-alone SVG, black on white, quiet zone included.

    `title` is what a screen reader says; `millimetres` the width and height it asks for, which a
    style sheet may overrule. Nothing in it offends a strict content security policy.
    """
    modules = rows(text)
    units = len(modules) + 2 * QUIET_ZONE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {units} {units}" '
        f'width="{millimetres:g}mm" height="{millimetres:g}mm" role="img" shape-rendering="crispEdges">'
        f"<title>{escape(title)}</title>"
        f'<path fill="#fff" d="M0 0h{units}v{units}H0z"/>'
        f'<path d="{path(modules, QUIET_ZONE)}"/></svg>'
    )
