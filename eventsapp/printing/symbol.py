"""The modules of QR symbols, many of them quickly.

Drawn by `qrcode`, which takes 1.5 ms for one badge code and repeats most of it for the next. All but
the data is the same for symbols of one size, so the library is asked once per size: which modules
are fixed, which module shows which bit, and what each byte adds to the check bytes. A symbol is then
put together from these answers in a twentieth of the time, module for module the one that `qrcode`
draws (the tests compare them).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from operator import itemgetter
from typing import Any, Final, Literal

import qrcode
from qrcode.base import RSBlock, rs_blocks
from qrcode.exceptions import DataOverflowError
from qrcode.util import PAD0, PAD1, BitBuffer, QRData, create_bytes, length_in_bits

_LEVEL: Final = qrcode.ERROR_CORRECT_M
# Trying all eight masks takes five times as long, and decoders read each of them as well.
_MASK: Final = 3
_BIT: Final = bytes.maketrans(b"01", b"\0\1")


@dataclass(frozen=True, slots=True)
class _Frame:
    """What symbols of one size share."""

    side: int
    blocks: Sequence[RSBlock]
    fixed: int  # all modules, row by row, as they are when every data bit is 0
    pick: Callable[[bytes], tuple[int, ...]]  # for each module its data bit; the one after the last is 0


class _Bits(BitBuffer):
    """The library's buffer of bits, taking a number at a time instead of a bit."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""

    def put(self, num: int, length: int) -> None:
        self.text += f"{num:0{length}b}"


def rows(text: str) -> list[bytes]:
    """The symbol's rows from top to bottom without the quiet zone: 1 for a dark module, 0 for a light one.

    Error correction is level M; the size is the smallest that holds `text`.
    Raises `ValueError` for a text that no QR symbol holds (over about 2,300 bytes).
    """
    data = QRData(text)
    version = _version(data.mode, len(data))
    frame = _frame(version)
    codewords = _codewords(_padded(data, version, frame.blocks), frame.blocks)
    bits = f"{int.from_bytes(codewords):0{8 * len(codewords)}b}0".encode().translate(_BIT)
    modules = int.from_bytes(bytes(frame.pick(bits))) ^ frame.fixed
    cells = modules.to_bytes(frame.side**2)
    return [cells[start : start + frame.side] for start in range(0, len(cells), frame.side)]


@cache
def _version(mode: Literal[1, 2, 4], length: int) -> int:
    """The smallest size that holds `length` characters of one of the library's modes."""
    symbol: qrcode.QRCode[Any] = qrcode.QRCode(error_correction=_LEVEL)
    symbol.add_data(QRData(b"1" * length, mode=mode))
    try:
        return symbol.best_fit()
    except (DataOverflowError, ValueError) as error:  # the library raises either
        raise ValueError("too long for a QR symbol") from error


def _padded(data: QRData, version: int, blocks: Sequence[RSBlock]) -> bytes:
    """The data as the standard fills a symbol with it: header, content, end mark, filling."""
    capacity = sum(block.data_count for block in blocks)
    bits = _Bits()
    bits.put(data.mode, 4)
    bits.put(len(data), length_in_bits(data.mode, version))
    data.write(bits)
    text = bits.text + "0" * min(4, 8 * capacity - len(bits.text))
    text += "0" * (-len(text) % 8)
    return (int(text, 2).to_bytes(len(text) // 8) + bytes([PAD0, PAD1]) * capacity)[:capacity]


def _codewords(data: bytes, blocks: Sequence[RSBlock]) -> bytes:
    """The data and its check bytes, the blocks' bytes in turn."""
    parts: list[bytes] = []
    checks: list[bytes] = []
    start = 0
    for block in blocks:
        parts.append(data[start : start + block.data_count])
        checks.append(_check(parts[-1], block.total_count - block.data_count))
        start += block.data_count
    return _in_turn(parts) + _in_turn(checks)


def _in_turn(parts: Iterable[bytes]) -> bytes:
    return bytes(byte for column in zip_longest(*parts) for byte in column if byte is not None)


def _check(part: bytes, count: int) -> bytes:
    """The `count` check bytes (Reed-Solomon) of one block: the remainder of a division, byte by byte."""
    adds = _adds(count)
    top, rest = 8 * (count - 1), (1 << 8 * (count - 1)) - 1
    remainder = 0
    for byte in part:
        remainder = (remainder & rest) << 8 ^ adds[byte ^ remainder >> top]
    return remainder.to_bytes(count)


@cache
def _adds(count: int) -> Sequence[int]:
    """What each byte's value adds to a remainder of `count` bytes: the check bytes of that byte alone."""
    made = [0]
    for value in range(1, 256):
        buffer = BitBuffer()
        buffer.put(value, 8)
        made.append(int.from_bytes(bytes(create_bytes(buffer, [RSBlock(1 + count, 1)])[1:])))
    return made


@cache
def _frame(version: int) -> _Frame:
    """Found by letting the library place bytes of which each bit tells one digit of its own number."""
    blocks = rs_blocks(version, _LEVEL)
    size = sum(block.total_count for block in blocks)
    fixed = _placed(version, bytes(size))
    numbers = [0] * len(fixed)  # of the data bit that a module shows, from 1; 0 for none
    for digit in range((8 * size).bit_length()):
        probe = "".join(str(number >> digit & 1) for number in range(1, 8 * size + 1))
        shown = _placed(version, int(probe, 2).to_bytes(size))
        numbers = [
            known | (one ^ other) << digit for known, one, other in zip(numbers, fixed, shown, strict=True)
        ]
    side = 4 * version + 17
    return _Frame(side, blocks, int.from_bytes(fixed), itemgetter(*(number - 1 for number in numbers)))


def _placed(version: int, codewords: bytes) -> bytes:
    """All modules of a symbol with these codewords, as the library draws it."""
    symbol: qrcode.QRCode[Any] = qrcode.QRCode(version, error_correction=_LEVEL, mask_pattern=_MASK)
    symbol.data_cache = list(codewords)
    symbol.make(fit=False)
    return bytes(bool(module) for row in symbol.modules for module in row)
