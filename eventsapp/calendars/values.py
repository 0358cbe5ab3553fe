"""Property values written our own way, where the library's would let something slip.

A title is the way into somebody's calendar: whatever stands in it stays one value on one line.
"""

import re
from urllib.parse import quote, urlsplit

from icalendar import vText
from icalendar.parser import Parameters

_LINE_BREAKS = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")

# Controls (a NUL ends the file for some readers, others refuse it whole), lone surrogates that no
# encoder takes, byte order marks and the direction overrides that make a name read as another.
_UNWANTED = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)

# What RFC 3986 lets stand in an address; everything else is percent-encoded.
_URI_CHARACTERS = ":/?#[]@!$&'()*+,;=-._~%"


def one_line(text: str) -> str:
    """The text on a single line: breaks and tabs become spaces, characters no calendar takes vanish."""
    return _UNWANTED.sub("", _LINE_BREAKS.sub(" ", text).replace("\t", " ")).strip()


def lines(text: str) -> str:
    """The text with its line breaks, each a plain newline; characters no calendar takes vanish."""
    return _UNWANTED.sub("", _LINE_BREAKS.sub("\n", text).replace("\t", " ")).strip()


def web_address(url: str) -> str | None:
    """The address as pure ASCII without spaces; None if it is not an absolute http(s) address."""
    address = quote(one_line(url), safe=_URI_CHARACTERS)
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in ("http", "https") and parts.netloc else None


class Text(vText):
    r"""A TEXT value escaped by the letter of RFC 5545.

    The library turns a literal `\N` into a line break, so that `C:\New` loses a letter, and leaves
    X- properties unescaped unless they are given as TEXT.
    """

    __slots__ = ()

    def to_ical(self) -> bytes:
        escaped = self.replace("\\", "\\\\").replace(";", r"\;").replace(",", r"\,").replace("\n", r"\n")
        return escaped.encode()


class TextList:
    """Several TEXT values in one property, such as CATEGORIES."""

    def __init__(self, texts: tuple[str, ...]) -> None:
        self.params = Parameters()
        self._texts = texts

    def to_ical(self) -> bytes:
        return b",".join(Text(text).to_ical() for text in self._texts)


class Position:
    """GEO as plain decimals (a float's own `1e-05` is not one), to about a metre."""

    def __init__(self, latitude: float, longitude: float) -> None:
        self.params = Parameters()
        self._pair = (latitude, longitude)

    def to_ical(self) -> bytes:
        return ";".join(_decimal(degrees) for degrees in self._pair).encode()


def _decimal(degrees: float) -> str:
    plain = f"{degrees:.5f}".rstrip("0").rstrip(".")
    return "0" if plain == "-0" else plain
