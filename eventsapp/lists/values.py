"""What single cells of a guest list say. Pure; what cannot be right raises `Invalid`."""

import re
from collections.abc import Mapping

from eventsapp.core import languages
from eventsapp.core.errors import Invalid
from eventsapp.core.text import N_, clean, fold
from eventsapp.events.service import email_address
from eventsapp.rsvps.enums import GuestState

MOST_COMPANIONS = 19
_LOCAL_PART = re.compile(r"[A-Za-z0-9]+(?:[._+-][A-Za-z0-9]+)*")

REPLIES: Mapping[GuestState, Mapping[str, tuple[str, ...]]] = {
    GuestState.DRAFT: {
        "en": ("not invited yet", "draft", "listed"), "zh-Hant": ("尚未邀請",), "uk": ("ще не запрошено",),
    },
    GuestState.APPROVED: {
        "en": ("approved", "approved not invited yet"), "zh-Hant": ("已核准",), "uk": ("схвалено",),
    },
    GuestState.INVITED: {
        "en": ("invited", "sent", "pending", "no answer"), "zh-Hant": ("已邀請",), "uk": ("запрошено",),
    },
    GuestState.ACCEPTED: {
        "en": ("accepted", "accept", "yes", "coming", "attending", "confirmed"),
        "zh-Hant": ("接受", "出席", "參加", "是", "會出席", "已接受"),
        "uk": ("прийнято", "так", "приймає", "буде", "підтверджено", "приймаю"),
    },
    GuestState.TENTATIVE: {
        "en": ("tentative", "maybe"), "zh-Hant": ("暫定", "未定", "可能"), "uk": ("попередньо", "можливо"),
    },
    GuestState.DECLINED: {
        "en": ("declined", "decline", "no", "regrets", "not coming"),
        "zh-Hant": ("婉拒", "不出席", "否", "不克出席", "謝絕"),
        "uk": ("відхилено", "ні", "відмова", "не буде", "відмовлено"),
    },
    GuestState.WAITLISTED: {
        "en": ("waiting list", "waitlisted", "waiting"), "zh-Hant": ("候補", "候補名單"),
        "uk": ("список очікування",),
    },
    GuestState.REPRESENTED: {
        "en": ("represented", "represented by somebody"), "zh-Hant": ("由他人代表",), "uk": ("представлено",),
    },
    GuestState.WITHDRAWN: {
        "en": ("withdrawn", "withdrawn by the host"), "zh-Hant": ("主辦方撤回",), "uk": ("відкликано",),
    },
}  # fmt: skip
"""How a list says where a guest stands; the first word of each language is what our own lists say."""

_REPLY_WORDS = {
    fold(word): state for state, words in REPLIES.items() for told in words.values() for word in told
}
_REPLY_WORDS |= {fold(state.value): state for state in REPLIES}
_YES = {fold(word) for word in ("yes", "true", "y", "x", "1", "так", "є", "是", "有", "✓", "TRUE")} | {"1"}
_NO = {fold(word) for word in ("no", "false", "n", "0", "ні", "нема", "否", "無", "FALSE")}


def line(cell: str, limit: int) -> str:
    """One line of text."""
    return cell if _is_plain(cell, limit) else clean(cell, limit=limit)


def paragraphs(cell: str, limit: int) -> str:
    """Text that may have several lines."""
    return cell if _is_plain(cell, limit) else clean(cell, limit=limit, multiline=True)


def _is_plain(cell: str, limit: int) -> bool:
    return (
        len(cell) <= limit
        and cell.isascii()
        and cell.isprintable()
        and "  " not in cell
        and cell == cell.strip()
    )


class Addresses:
    """Mail addresses; a domain is looked into once, for a list has few."""

    def __init__(self) -> None:
        self._domains: dict[str, str] = {}

    def read(self, cell: str) -> str:
        """The address in its customary form, "" for none."""
        local, at, domain = cell.rpartition("@")
        if not (at and len(local) <= 64 and len(cell) <= 254 and _LOCAL_PART.fullmatch(local)):
            return email_address(cell, field=EMAIL_FIELD)
        if domain not in self._domains:
            self._domains[domain] = email_address(f"a@{domain}", field=EMAIL_FIELD).partition("@")[2]
        return f"{local}@{self._domains[domain]}"


EMAIL_FIELD = "email"


def language(cell: str) -> str:
    """A language tag, or what a language is called in one of ours."""
    tag = _LANGUAGES.get(fold(cell), cell.strip())
    try:
        return languages.normalise(tag)
    except ValueError as error:
        raise Invalid(N_("This is not a language.")) from error


def companions(cell: str) -> int:
    """How many companions may come along."""
    plain = cell.strip().removeprefix("+")
    if not plain.isascii() or not plain.isdigit() or len(plain) > 3 or int(plain) > MOST_COMPANIONS:
        raise Invalid(N_("Please give a number from 0 to %(most)s."), most=MOST_COMPANIONS)
    return int(plain)


def reply(cell: str) -> GuestState:
    """Where a guest stands; only what a list can tell."""
    state = _REPLY_WORDS.get(fold(cell))
    if state is None:
        raise Invalid(N_("“%(text)s” is no reply that can be taken from a list."), text=cell[:60])
    return state


def reply_word(state: GuestState, reader: str) -> str:
    """What a list says of a guest who stands there."""
    words = REPLIES.get(state)
    return words.get(reader, words["en"])[0] if words else state.value


def yes_or_no(cell: str) -> bool:
    """An answer that is yes or no."""
    said = fold(cell)
    if said in _YES or cell.strip() in _YES:
        return True
    if said in _NO:
        return False
    raise Invalid(N_("Please answer yes or no."))


_LANGUAGES = {
    fold(word): tag
    for tag, words in {
        "en": ("English", "англійська", "英文", "英語"),
        "uk": ("Ukrainian", "українська", "烏克蘭文", "烏克蘭語", "Українська"),
        "zh-Hant": ("Chinese", "Traditional Chinese", "китайська", "中文", "繁體中文"),
        "pl": ("Polish", "польська", "波蘭文"),
    }.items()
    for word in words
}
