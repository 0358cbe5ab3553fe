"""QR symbols: a text in, modules or a drawing out."""

import re
from collections.abc import Sequence
from html import escape
from typing import Final

from eventsapp.printing.symbol import rows

QUIET_ZONE: Final = 4  # modules of white on every side, as the standard demands
_RUN: Final = re.compile(b"\0*\1+")
_BLOCKS: Final = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


class _Pieces(dict[bytes, str]):
    """For light modules and the dark ones after them a piece of a path, each written once."""

    def __missing__(self, run: bytes) -> str:
        light, dark = run.count(b"\0"), run.count(b"\1")
        self[run] = piece = f"m{light} 0h{dark}"
        return piece


_pieces: Final = _Pieces()


def matrix(text: str) -> list[list[bool]]:
    """The symbol's rows from top to bottom, `True` for a dark module, without the quiet zone.

    Raises `ValueError` for a text that no QR symbol holds (over about 2,300 bytes).
    """
    return [[bool(module) for module in row] for row in rows(text)]


def path(modules: Sequence[bytes], offset: int = 0) -> str:
    """The dark modules as the data of one SVG path, to be stroked one unit wide, a module being one unit.

    The drawing is moved by `offset` to the right and down.
    """
    return "".join(
        f"M{offset} {y}.5" + "".join(map(_pieces.__getitem__, _RUN.findall(row)))
        for y, row in enumerate(modules, offset)
    )


def drawing(text: str) -> tuple[str, int]:
    """The symbol of `text` as such a path, and the width of its square, quiet zone included."""
    modules = rows(text)
    return path(modules, QUIET_ZONE), len(modules) + 2 * QUIET_ZONE


def svg(text: str, title: str, *, millimetres: float = 25.0) -> str:
    """The symbol of `text` as a stand-alone SVG, black on white, quiet zone included.

    `title` is what a screen reader says; `millimetres` the width and height it asks for, which a
    style sheet may overrule. Nothing in it offends a strict content security policy.
    """
    drawn, units = drawing(text)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {units} {units}" '
        f'width="{millimetres:g}mm" height="{millimetres:g}mm" role="img" shape-rendering="crispEdges">'
        f"<title>{escape(title)}</title>"
        f'<path fill="#fff" d="M0 0h{units}v{units}H0z"/>'
        f'<path stroke="#000" d="{drawn}"/></svg>'
    )


def terminal(text: str) -> str:
    """The symbol of `text` in half blocks, dark on light whatever colours the terminal has."""
    symbol = matrix(text)
    side = len(symbol) + 2 * QUIET_ZONE
    margin = [False] * QUIET_ZONE
    blank = [[False] * side] * QUIET_ZONE
    wide = [*blank, *([*margin, *row, *margin] for row in symbol), *blank, *([[False] * side] * (side % 2))]
    lines = (
        "".join(_BLOCKS[upper, lower] for upper, lower in zip(one, other, strict=True))
        for one, other in zip(wide[::2], wide[1::2], strict=True)
    )
    return "\n".join(f"\033[30;107m{line}\033[0m" for line in lines)
