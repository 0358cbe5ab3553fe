"""QR symbols: a text in, modules or a drawing out."""

from collections.abc import Sequence
from html import escape
from typing import Any, Final

import qrcode
from qrcode.util import QRData

QUIET_ZONE: Final = 4  # modules of white on every side, as the standard demands

# Trying all eight masks takes five times as long, and decoders read each of them as well.
_MASK: Final = 3


def matrix(text: str) -> list[list[bool]]:
    """The symbol's rows from top to bottom, `True` for a dark module, without the quiet zone.

    Error correction is level M; the size is the smallest that holds `text`.
    Raises `ValueError` for a text that no QR symbol holds (over about 2,300 bytes).
    """
    symbol: qrcode.QRCode[Any] = qrcode.QRCode(
        error_correction=qrcode.ERROR_CORRECT_M, border=0, mask_pattern=_MASK
    )
    symbol.add_data(QRData(text))
    symbol.make()
    return [[bool(module) for module in row] for row in symbol.modules]


def path(rows: Sequence[Sequence[bool]], offset: int = 0) -> str:
    """The dark modules as the data of one SVG path, a module being one unit, moved by `offset`."""
    parts: list[str] = []
    for y, row in enumerate(rows, offset):
        bits = "".join("#" if module else " " for module in row)
        end = 0
        while (start := bits.find("#", end)) >= 0:
            end = bits.find(" ", start)
            end = len(bits) if end < 0 else end
            parts.append(f"M{start + offset} {y}h{end - start}v1h{start - end}z")
    return "".join(parts)


def svg(text: str, title: str, *, millimetres: float = 25.0) -> str:
    """The symbol of `text` as a stand-alone SVG, black on white, quiet zone included.

    `title` is what a screen reader says; `millimetres` the width and height it asks for, which a
    style sheet may overrule. Nothing in it offends a strict content security policy.
    """
    rows = matrix(text)
    units = len(rows) + 2 * QUIET_ZONE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {units} {units}" '
        f'width="{millimetres:g}mm" height="{millimetres:g}mm" role="img" shape-rendering="crispEdges">'
        f"<title>{escape(title)}</title>"
        f'<path fill="#fff" d="M0 0h{units}v{units}H0z"/>'
        f'<path d="{path(rows, QUIET_ZONE)}"/></svg>'
    )
