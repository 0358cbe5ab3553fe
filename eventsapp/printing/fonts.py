"""The fonts that every printed page uses: pinned packages, never what a machine happens to have."""

import re
import threading
import unicodedata
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from fontTools.ttLib import TTFont

# Each of these packages carries Noto Sans for some scripts; all of one design, in every weight.
_PACKAGES: Final = (
    "fontpkg_noto_sans",
    "justmytype_intl_cjk",
    "justmytype_intl_rtl",
    "justmytype_intl_sea",
    "justmytype_intl_south_asia",
    "justmytype_intl_africa",
)
_BEFORE_HAN: Final = ("Noto Sans",)
_AFTER_HAN: Final = (
    "Noto Sans Arabic",
    "Noto Sans Hebrew",
    "Noto Sans Thai",
    "Noto Sans Lao",
    "Noto Sans Khmer",
    "Noto Sans Myanmar",
    "Noto Sans Devanagari",
    "Noto Sans Bengali",
    "Noto Sans Tamil",
    "Noto Sans Telugu",
    "Noto Sans Ethiopic",
)
# One code point, four customary shapes: the reader's own comes first, the others fill its gaps.
_HAN: Final = {
    "TC": ("Noto Sans TC", "Noto Sans JP", "Noto Sans SC", "Noto Sans KR"),
    "SC": ("Noto Sans SC", "Noto Sans TC", "Noto Sans JP", "Noto Sans KR"),
    "JP": ("Noto Sans JP", "Noto Sans TC", "Noto Sans SC", "Noto Sans KR"),
    "KR": ("Noto Sans KR", "Noto Sans TC", "Noto Sans JP", "Noto Sans SC"),
}
_KANA: Final = re.compile("[\u3041-\u30ff\u31f0-\u31ff]")
_HANGUL: Final = re.compile("[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]")
_VARIATION_SELECTORS: Final = frozenset({*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)})


_reading = threading.Lock()


def folders() -> tuple[Path, ...]:
    """The folders of the font packages. Raises `RuntimeError` when one is not installed."""
    found = []
    for package in _PACKAGES:
        spec = find_spec(package)
        if spec is None or spec.origin is None:
            raise RuntimeError(f"the font package {package} is not installed")
        found.append(Path(spec.origin).parent)
    return tuple(found)


def families() -> dict[str, tuple[str, ...]]:
    """The font families to try, in order, for each Han style (`"TC"`, `"SC"`, `"JP"`, `"KR"`)."""
    return {style: (*_BEFORE_HAN, *han, *_AFTER_HAN) for style, han in _HAN.items()}


def han_style(text: str, lang: str) -> str:
    """Whose shapes Chinese characters in `text` take, by its language tag, else by its letters."""
    parts = lang.lower().replace("_", "-").split("-")
    if parts[0] == "zh":
        return "SC" if {"hans", "cn", "sg"} & set(parts) else "TC"
    if parts[0] == "ja" or _KANA.search(text):
        return "JP"
    if parts[0] == "ko" or _HANGUL.search(text):
        return "KR"
    return "TC"


def missing_glyphs(text: str) -> set[str]:
    """The characters of `text` that no font here can draw: empty when it prints right.

    To be asked when a name is entered or imported, so that no badge ever shows a box.
    """
    return {character for character in text if _needs_shape(character) and not _is_drawn(ord(character))}


def direction(text: str) -> str:
    """`"rtl"` or `"ltr"`, by the first character of `text` that has a direction of its own."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in ("R", "AL"):
            return "rtl"
        if kind == "L":
            return "ltr"
    return "ltr"


def _needs_shape(character: str) -> bool:
    shapeless = unicodedata.category(character) in ("Cc", "Cf", "Zs", "Zl", "Zp")
    return not shapeless and ord(character) not in _VARIATION_SELECTORS


def _is_drawn(point: int) -> bool:
    return bool(_coverage()[point >> 3] >> (point & 7) & 1)


def _coverage() -> bytes:
    with _reading:  # the first thirty-two guests of a morning do not read all fonts at once
        return _read_coverage()


@cache
def _read_coverage() -> bytes:
    """One bit for every code point: whether some font draws it. Read once, kept in 136 kB."""
    bits = bytearray(0x110000 // 8)
    for folder in folders():
        for file in sorted(folder.rglob("*.ttf")):
            with TTFont(file, lazy=True) as font:
                for point in font.getBestCmap():
                    bits[point >> 3] |= 1 << (point & 7)
    return bytes(bits)
