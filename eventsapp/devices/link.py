"""The pairing address as a QR code, for a terminal."""

from eventsapp.badges.qr import QUIET_ZONE, matrix


def terminal_qr(text: str) -> str:
    """The symbol of `text` in half blocks, dark on light whatever colours the terminal has."""
    rows = matrix(text)
    side = len(rows) + 2 * QUIET_ZONE
    blank = [False] * side
    wide = (
        [blank] * QUIET_ZONE
        + [[False] * QUIET_ZONE + row + [False] * QUIET_ZONE for row in rows]
        + [blank] * (QUIET_ZONE + side % 2)
    )
    lines = (
        "".join(_BLOCKS[upper, lower] for upper, lower in zip(one, other, strict=True))
        for one, other in zip(wide[::2], wide[1::2], strict=True)
    )
    return "\n".join(f"\033[30;107m{line}\033[0m" for line in lines)


_BLOCKS = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}
