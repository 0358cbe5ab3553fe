"""Keys that different spellings of one name share: Ukrainian and its romanisations, Chinese syllables. Pure.

Coarse on purpose: what shares a key is shown to a person, never merged. Chinese characters are compared as
they stand; their reading is not looked up, for which a dictionary larger than this program would be needed.
"""

import re
from functools import lru_cache
from itertools import groupby

from eventsapp.core.text import fold

# The official romanisation of Ukrainian (2010); at the beginning of a word some letters differ.
_UKRAINIAN = {
    "а": "a", "б": "b", "в": "v", "г": "h", "д": "d", "е": "e", "є": "ie", "ж": "zh", "з": "z", "и": "y",
    "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch",
    "ь": "", "ю": "iu", "я": "ia", "ё": "io", "ы": "y", "э": "e", "ъ": "",
}  # fmt: skip
_AT_FIRST = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}

# What romanisations of one Ukrainian name do differently, reduced to one sign each; longest first.
_SLAVIC = (
    ("shch", "Q"), ("szcz", "Q"), ("sch", "Q"), ("zgh", "Z"), ("tsch", "C"), ("tch", "C"), ("ch", "C"),
    ("cz", "C"), ("sh", "X"), ("sz", "X"), ("zh", "Z"), ("kh", "h"), ("ts", "c"), ("tz", "c"), ("g", "h"),
    ("w", "v"), ("x", "ks"), ("y", "i"), ("j", "i"), ("ie", "e"), ("io", "o"), ("ii", "i"),
)  # fmt: skip


def keys(name: str) -> frozenset[str]:
    """Keys of a name; two names that may be one share at least one of them. Empty for next to nothing."""
    return _keys(fold(name))


@lru_cache(maxsize=2**18)
def _keys(folded: str) -> frozenset[str]:
    found = set()
    if len(joined := folded.replace(" ", "")) > 1:
        found.add(f"={joined}")
    words = folded.split()
    latin = [romanised(word) for word in words]
    if all(word.isascii() and word.isalpha() for word in latin):
        if len(words) > 1:
            found.add("~" + " ".join(sorted(map(skeleton, latin))))
        if syllables := chinese(words):
            found.add("^" + " ".join(sorted(syllables)))
    return frozenset(found)


def romanised(word: str) -> str:
    """A folded word of Cyrillic letters by the official Ukrainian romanisation; others as they are."""
    first = _AT_FIRST.get(word[:1], _UKRAINIAN.get(word[:1], word[:1]))
    rest = (_UKRAINIAN.get(letter, letter) for letter in word[1:])
    return (first + "".join(rest)).replace("zzh", "zgh")


def skeleton(word: str) -> str:
    """What usual romanisations of a Slavic name leave the same: Ganna and Hanna, Yuliia and Julia."""
    for written, sign in _SLAVIC:
        word = word.replace(written, sign)
    return "".join(sign for sign, _ in groupby(word))


# Standard pinyin without tones: initial → finals.
_PINYIN = {
    "": "a ai an ang ao e ei en eng er o ou yi ya yao ye you yan yin yang ying yong "
    "wu wa wo wai wei wan wen wang weng yu yue yuan yun",
    "b": "a ai an ang ao ei en eng i ian iao ie in ing o u",
    "p": "a ai an ang ao ei en eng i ian iao ie in ing o ou u",
    "m": "a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u",
    "f": "a an ang ei en eng o ou u",
    "d": "a ai an ang ao e ei en eng i ian iao ie ing iu ong ou u uan ui un uo",
    "t": "a ai an ang ao e eng i ian iao ie ing ong ou u uan ui un uo",
    "n": "a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan uo v ve",
    "l": "a ai an ang ao e ei eng i ian iang iao ie in ing iu ong ou u uan un uo v ve",
    "g": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "k": "a ai an ang ao e en eng ong ou u ua uai uan uang ui un uo",
    "h": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "j": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "q": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "x": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "zh": "a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo",
    "ch": "a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo",
    "sh": "a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo",
    "r": "an ang ao e en eng i ong ou u uan ui un uo",
    "z": "a ai an ang ao e ei en eng i ong ou u uan ui un uo",
    "c": "a ai an ang ao e en eng i ong ou u uan ui un uo",
    "s": "a ai an ang ao e en eng i ong ou u uan ui un uo",
}  # fmt: skip

_INITIALS = {  # Wade-Giles as passports write it: without apostrophes
    "b": "p", "d": "t", "g": "k", "zh": "ch", "j": "ch", "q": "ch", "x": "hs", "z": "ts", "c": "ts", "r": "j",
}  # fmt: skip
_FINALS = {
    "ong": "ung",
    "ian": "ien",
    "ie": "ieh",
    "ue": "ueh",
    "ve": "ueh",
    "v": "u",
    "iong": "iung",
    "er": "erh",
}
_WHOLE = {
    "yi": "i", "you": "yu", "yan": "yen", "ye": "yeh", "yue": "yueh", "yong": "yung", "er": "erh", "ge": "ko",
    "ke": "ko", "he": "ho", "gui": "kuei", "kui": "kuei", "zhi": "chih", "chi": "chih", "shi": "shih",
    "ri": "jih", "zi": "tzu", "ci": "tzu", "si": "szu", "duo": "to", "tuo": "to", "nuo": "no", "luo": "lo",
    "zhuo": "cho", "chuo": "cho", "ruo": "jo", "zuo": "tso", "cuo": "tso", "suo": "so",
}  # fmt: skip

# Spellings that no system gives and passports hold all the same.
_CUSTOMARY = {
    "lee": "li", "ssu": "szu", "sze": "szu", "shieh": "hsieh", "chow": "chou", "chu": "chu", "soong": "sung",
    "hsu": "hsu", "hwang": "huang", "kwang": "kuang", "chuen": "chuan", "shiu": "hsu", "shyu": "hsu",
    "yeu": "yu", "wong": "wang", "liou": "liu", "chyi": "chi", "jeng": "cheng", "jang": "chang", "koo": "ku",
    "loo": "lu", "foo": "fu", "woo": "wu", "tsay": "tsai", "shih": "shih", "tze": "tzu", "kuo": "kuo",
    "je": "che",
}  # fmt: skip


def _wade_giles(initial: str, final: str) -> str:
    whole = initial + final
    if whole in _WHOLE:
        return _WHOLE[whole]
    return _INITIALS.get(initial, initial) + _FINALS.get(final, final)


def _tongyong(initial: str, final: str) -> str:
    """Where Tongyong differs from pinyin: jhen, cing, siao, sih, fong."""
    if initial in ("zh", "ch", "sh", "r", "z", "c", "s") and final == "i":
        return {"zh": "jh"}.get(initial, initial) + "ih"
    final = {"iu": "iou", "ui": "uei"}.get(final, final)
    if initial in ("j", "q", "x") and final.startswith("u"):
        final = "yu" + final[1:]
    if initial in ("f", "") and final in ("eng", "weng"):
        final = final.replace("eng", "ong")
    return {"zh": "jh", "q": "c", "x": "s"}.get(initial, initial) + final


def _coarse(syllable: str) -> str:
    """Sounds that Taiwanese speakers write alike: Shu and Ssu."""
    return re.sub(r"^(szu|sz)$", "su", re.sub(r"^sh(?=[aeou])", "s", syllable))


def _table() -> dict[str, str]:
    """Written → its one form. What two systems read differently is read as pinyin, then as Wade-Giles."""
    pairs = [(initial, final) for initial, finals in _PINYIN.items() for final in finals.split()]
    found: dict[str, str] = {}
    for writes in (_pinyin, _wade_giles, _tongyong):
        for initial, final in pairs:
            found.setdefault(writes(initial, final), _coarse(_wade_giles(initial, final)))
    return found | {written: _coarse(told) for written, told in _CUSTOMARY.items()}


def _pinyin(initial: str, final: str) -> str:
    return initial + final.replace("v", "u")


_SYLLABLES = _table()
_LONGEST = max(map(len, _SYLLABLES))


def chinese(words: list[str]) -> list[str]:
    """The syllables of a romanised Chinese name, each in one form; none where a word is something else."""
    found: list[str] = []
    for word in words:
        parts = _split(word)
        if not parts:
            return []
        found += parts
    return found if 2 <= len(found) <= 4 else []


def _split(word: str) -> list[str]:
    """A word as syllables, the longest first; empty where it is none."""
    if not word:
        return []
    for length in range(min(_LONGEST, len(word)), 0, -1):
        told = _SYLLABLES.get(word[:length])
        if told is None:
            continue
        if length == len(word):
            return [told]
        if rest := _split(word[length:]):
            return [told, *rest]
    return []
