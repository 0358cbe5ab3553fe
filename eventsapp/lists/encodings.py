"""Which encoding a text file is in: what it says of itself, else charset-normalizer with our own tie-break.

Short lists of names are too little text for statistics alone: the same bytes read well enough as Cyrillic,
Traditional Chinese or accented Latin. What decides is how usual the letters would be that each gives.
"""

from collections.abc import Callable
from itertools import pairwise

from charset_normalizer import from_bytes

CODECS = {
    "utf-8": "utf-8",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "cp1251": "cp1251",
    "big5": "cp950",
    "cp1252": "cp1252",
    "gb18030": "gb18030",
}
"""Encoding as we name it → Python's codec."""

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_SAMPLE = 64 * 1024  # bytes looked at
_CYRILLIC = frozenset("АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюяЁёІіЇїЄєҐґЎў")
_MARKS = frozenset("«»“”„‘’–—…№°€§©®´·\xa0")
_ACCENTED = frozenset(character for character in map(chr, range(0xC0, 0x100)) if character not in "×÷") | set(
    "ŒœŠšŽžŸ"
)


def guess(content: bytes) -> str:
    """The name of the encoding, one of `CODECS`; "" where the bytes are no text in any of them."""
    for mark, name in _BOMS:
        if content.startswith(mark):
            return name
    if name := _without_mark(content):
        return name
    return _eight_bit(content)


def decoded(content: bytes, encoding: str) -> str:
    """The text without its mark. Lone surrogates are let through, to be refused where they stand.

    Raises `UnicodeDecodeError`.
    """
    lenient = "surrogatepass" if encoding.startswith("utf") else "strict"
    return content.decode(CODECS[encoding], lenient).removeprefix("\ufeff")


def _without_mark(content: bytes) -> str:
    """UTF-16 by where its zero bytes stand, or UTF-8 by its strict form."""
    sample = content[:_SAMPLE]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if len(content) % 2 == 0 and max(even, odd) > len(sample) // 8 and min(even, odd) * 8 < max(even, odd):
        return "utf-16-be" if even > odd else "utf-16-le"
    try:
        decoded(content, "utf-8")
    except UnicodeDecodeError:
        return ""
    return "utf-8"


def _eight_bit(content: bytes) -> str:
    possible = [name for name in _PLAUSIBLE if _decodes(content, name)]
    if not possible:
        return ""
    sample = b"\n".join(line for line in content.splitlines() if not line.isascii())[:_SAMPLE]
    known = {match.encoding: match for match in from_bytes(sample, cp_isolation=list(CODECS.values()))}

    def order(name: str) -> tuple[float, float]:
        match = known.get(CODECS[name])
        return round(_PLAUSIBLE[name](sample), 2), match.coherence - match.chaos if match else -1.0

    return max(possible, key=order)


def _decodes(content: bytes, name: str) -> bool:
    try:
        decoded(content, name)
    except UnicodeDecodeError:
        return False
    return True


def _cyrillic(sample: bytes) -> float:
    """How many of the letters beyond ASCII are Cyrillic, in words without Latin ones or capitals inside."""
    good, total = 0.0, 0
    for word in sample.decode("cp1251", "replace").split():
        beyond = [character for character in word if not character.isascii()]
        total += len(beyond)
        letters = [character for character in word if character.isalpha()]
        mixed = any(character.isascii() for character in letters) and any(
            character in _CYRILLIC for character in letters
        )
        tall_inside = any(before.islower() and after.isupper() for before, after in pairwise(word))
        if not mixed and not tall_inside:
            worth = 1.0 if len(letters) > 1 else 0.9  # a lone letter may be an accented one
            good += sum(
                worth if character in _CYRILLIC else 0.5 * (character in _MARKS) for character in beyond
            )
    return good / total if total else 0.0


def _accented(sample: bytes) -> float:
    """How many of the letters beyond ASCII stand near a plain Latin letter."""
    text = sample.decode("cp1252", "replace")
    good = total = 0
    for place, character in enumerate(text):
        if not character.isascii():
            total += 1
            near = text[max(0, place - 1) : place + 3]
            beside = any(other.isascii() and other.isalpha() for other in near)
            good += character in _MARKS or (character in _ACCENTED and beside)
    return good / total if total else 0.0


def _frequent(first: int, last: int, rare: int) -> Callable[[bytes], float]:
    """How many double bytes begin like the frequent characters; those up to `rare` count a little.

    The tables of both encodings hold frequent characters first, then rare ones.
    """

    def share(sample: bytes) -> float:
        good, total, place = 0.0, 0, 0
        while place < len(sample) - 1:
            lead, trail = sample[place], sample[place + 1]
            if lead < 0x80:
                place += 1
                continue
            total += 1
            place += 2
            if first <= lead <= last:
                good += 1.0 if trail >= 0xA1 or last < 0xD0 else 0.1
            elif 0xA1 <= lead <= 0xA3:
                good += 0.9  # punctuation
            elif last < lead <= rare:
                good += 0.3
        return good / total if total else 0.0

    return share


_PLAUSIBLE: dict[str, Callable[[bytes], float]] = {
    "cp1251": _cyrillic,
    "big5": _frequent(0xA4, 0xC6, 0xF9),
    "cp1252": _accented,
    "gb18030": _frequent(0xB0, 0xD7, 0xF7),
}
