"""QR symbols: those of the library, module for module, and what decoders read."""

import re
import time

import pytest
import qrcode
import zxingcpp
from hypothesis import example, given, settings
from hypothesis import strategies as some
from PIL import Image
from qrcode.util import QRData

from eventsapp.printing import qr
from eventsapp.printing.symbol import rows
from tests.factories.badges import signed


def _drawn_by_the_library(text: str) -> list[bytes]:
    symbol: qrcode.QRCode = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=0, mask_pattern=3)
    symbol.add_data(QRData(text))
    symbol.make()
    return [bytes(bool(module) for module in row) for row in symbol.modules]


def _decoded(modules: list[bytes]) -> list[str]:
    side = len(modules)
    quiet = Image.new("L", (side + 8, side + 8), 255)
    dark = bytes(0 if module else 255 for row in modules for module in row)
    quiet.paste(Image.frombytes("L", (side, side), dark), (4, 4))
    large = quiet.resize((4 * quiet.width, 4 * quiet.height), Image.Resampling.NEAREST)
    return [found.text for found in zxingcpp.read_barcodes(large, formats=zxingcpp.BarcodeFormat.QRCode)]


def _drawn(path: str, side: int) -> list[bytes]:
    """What a path of `qr.path` paints, read by its own small grammar."""
    cells = [bytearray(side) for _ in range(side)]
    for left, y, line in re.findall(r"M(\d+) (\d+)\.5([^M]*)", path):
        x = int(left)
        for light, dark in re.findall(r"m(\d+) 0h(\d+)", line):
            for column in range(x + int(light), x + int(light) + int(dark)):
                cells[int(y)][column] += 1
            x += int(light) + int(dark)
    return [bytes(row) for row in cells]


@given(some.text(min_size=1, max_size=400))
@example("0")
@example("1" * 41)
@example("A")
@example("x" * 2331)
@settings(max_examples=60, deadline=None)
def test_symbol_is_the_librarys_own(text: str) -> None:
    assert rows(text) == _drawn_by_the_library(text)


@pytest.mark.parametrize("alphabet", ["0123456789", "BADGE: $%", "straße 李"])
def test_symbol_is_the_librarys_own_in_every_mode_and_size(alphabet: str) -> None:
    for length in (1, 2, 3, 10, 14, 26, 62, 122, 123, 154, 216, 335, 700, 1_150):
        text = (alphabet * length)[:length]
        assert rows(text) == _drawn_by_the_library(text)


def test_badge_codes_take_version_five_and_are_read_back() -> None:
    for number in range(40):
        text = signed(number)
        modules = rows(text)
        assert len(modules) == 37
        assert _decoded(modules) == [text]


def test_path_paints_the_symbol_once() -> None:
    modules = rows(signed())
    assert _drawn(qr.path(modules), 37) == modules
    assert [row[4:] for row in _drawn(qr.path(modules, 4), 41)[4:]] == modules


def test_matrix_has_the_same_modules() -> None:
    assert qr.matrix("A") == [[bool(module) for module in row] for row in rows("A")]


def test_svg_says_its_title_and_carries_no_markup_of_it() -> None:
    drawn = qr.svg(signed(), '"><script>alert(1)</script>')
    assert "<script>" not in drawn
    assert "&lt;script&gt;" in drawn
    assert 'viewBox="0 0 45 45"' in drawn
    assert "style=" not in drawn


@pytest.mark.parametrize("length", [2_332, 10_240])
def test_text_that_no_symbol_holds_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match="too long"):
        rows("x" * length)


def test_symbols_of_badges_are_quicker_than_the_librarys() -> None:
    texts = [signed(number) for number in range(60)]
    rows(texts[0])

    def cost(draw: object) -> float:
        began = time.process_time()
        for text in texts:
            draw(text)  # type: ignore[operator]
        return time.process_time() - began

    assert 3 * cost(rows) < cost(_drawn_by_the_library)
