"""What the columns of a guest list mean: headings in three languages, guessed and correctable. Pure.

A meaning is one of `HEADINGS`; names, titles and organisations may carry a language (`name.uk`), and
`answer.CODE` is the answer to a question. "" is a column that is left alone.
"""

import re
from collections.abc import Mapping, Sequence

from eventsapp.core import languages
from eventsapp.core.errors import Invalid
from eventsapp.core.text import N_, fold
from eventsapp.questions.asked import Asked

NAME, OTHER_NAME, NAME_LANGUAGE, TITLE, ORGANISATION = (
    "name",
    "other_name",
    "name_language",
    "title",
    "organisation",
)
EMAIL, CATEGORY, LANGUAGE, COMPANIONS, REPLY = "email", "category", "language", "companions_allowed", "reply"
BADGE_NAME, DIET, ACCESS_NEEDS, NOTE, REFERENCE = (
    "badge_name",
    "diet",
    "access_needs",
    "note_to_host",
    "reference",
)
ANSWER = "answer"
IGNORED = ""
IN_LANGUAGES = (NAME, TITLE, ORGANISATION)
PRIVATE = (EMAIL, DIET, ACCESS_NEEDS, NOTE, ANSWER)
"""What only those may read who may see guests' details."""

Words = Mapping[str, tuple[str, ...]]

HEADINGS: Mapping[str, Words] = {
    NAME: {
        "en": ("Name", "Full name", "Guest", "Guest name", "Participant", "Delegate"),
        "zh-Hant": ("姓名", "名字", "來賓", "貴賓姓名", "來賓姓名", "与会者"),
        "uk": ("Ім’я", "Повне ім’я", "ПІБ", "Прізвище та ім’я", "Прізвище, ім’я", "Гість"),
    },
    OTHER_NAME: {
        "en": ("Other name", "Other spelling", "Name in own script", "Native name"),
        "zh-Hant": ("其他姓名", "別名", "其他拼法", "原文姓名"),
        "uk": ("Інше ім’я", "Інше написання", "Ім’я рідною мовою"),
    },
    NAME_LANGUAGE: {
        "en": ("Language of the name",),
        "zh-Hant": ("姓名語言",),
        "uk": ("Мова імені",),
    },
    TITLE: {
        "en": ("Title", "Job title", "Position", "Post", "Function"),
        "zh-Hant": ("職稱", "職務", "头衔", "职务", "頭銜"),
        "uk": ("Посада", "Титул"),
    },
    ORGANISATION: {
        "en": ("Organisation", "Organization", "Institution", "Company", "Employer", "City", "Body"),
        "zh-Hant": ("單位", "機構", "機關", "公司", "組織", "服務單位", "单位"),
        "uk": ("Організація", "Установа", "Заклад", "Компанія", "Місце роботи", "Місто"),
    },
    EMAIL: {
        "en": ("Mail address", "E-mail", "Mail", "E-mail address"),
        "zh-Hant": ("電子郵件", "信箱", "電郵", "邮箱", "郵件地址"),
        "uk": ("Адреса пошти", "Пошта", "Електронна пошта", "Е-пошта", "Email", "Адреса електронної пошти"),
    },
    CATEGORY: {
        "en": ("Category", "Guest category", "Badge category", "Group"),
        "zh-Hant": ("類別", "來賓類別", "類型", "类别"),
        "uk": ("Категорія", "Категорія гостя"),
    },
    LANGUAGE: {
        "en": ("Language", "Language of the invitation", "Correspondence language"),
        "zh-Hant": ("語言", "語文", "邀請函語言"),
        "uk": ("Мова", "Мова запрошення", "Мова листування"),
    },
    COMPANIONS: {
        "en": ("Companions allowed", "Companions", "Plus"),
        "zh-Hant": ("可攜伴人數", "攜伴人數", "陪同人數"),
        "uk": ("Дозволено супутників", "Супутники", "Кількість супутників"),
    },
    REPLY: {
        "en": ("Reply", "RSVP", "Answer", "Response", "Status"),
        "zh-Hant": ("回覆", "答覆", "出席", "回覆狀態"),
        "uk": ("Відповідь", "Участь", "Стан відповіді"),
    },
    BADGE_NAME: {
        "en": ("Name for the badge", "Badge name", "Name on the badge"),
        "zh-Hant": ("識別證姓名", "名牌姓名", "證件姓名"),
        "uk": ("Ім’я на бейджі", "Бейдж", "Ім’я для бейджа"),
    },
    DIET: {
        "en": ("Diet", "Dietary needs", "Food", "Dietary requirements"),
        "zh-Hant": ("飲食", "飲食需求", "飲食禁忌"),
        "uk": ("Харчування", "Дієта", "Побажання щодо їжі"),
    },
    ACCESS_NEEDS: {
        "en": ("Access needs", "Accessibility", "Access"),
        "zh-Hant": ("無障礙需求", "無障礙"),
        "uk": ("Потреби доступності", "Доступність"),
    },
    NOTE: {
        "en": ("Note to the host", "Note", "Notes", "Remarks", "Comment"),
        "zh-Hant": ("備註", "給主辦方的話", "附註"),
        "uk": ("Примітка для організатора", "Примітка", "Примітки", "Коментар"),
    },
    REFERENCE: {
        "en": ("Reference", "Guest reference"),
        "zh-Hant": ("來賓代碼", "代碼"),
        "uk": ("Код гостя", "Код"),
    },
}  # fmt: skip

_LANGUAGES = {
    "en": ("english", "англійською", "англійська", "英文", "英語"),
    "uk": ("ukrainian", "українською", "українська", "烏克蘭文", "烏克蘭語"),
    "zh-Hant": ("chinese", "traditional chinese", "китайською", "китайська", "中文", "繁體中文", "漢字"),
}
_BRACKETED = re.compile(r"^(?P<word>.+?)\s*[(\[（［](?P<within>[^()\[\]（）［］]{1,60})[)\]）］]$")


def heading_of(meaning: str, reader: str) -> str:
    """How a column of that meaning (without an answer's) is headed for a reader of that language."""
    word, _, language = meaning.partition(".")
    texts = HEADINGS[word]
    told = texts.get(reader, texts["en"])[0]
    return f"{told} ({language})" if language else told


def guess(headings: Sequence[str], asked: Sequence[Asked] = ()) -> list[str]:
    """A meaning for each heading; a meaning that only one column may have goes to the first."""
    found: list[str] = []
    for heading in headings:
        meaning = _meaning(heading, asked)
        taken = meaning in found and not _may_repeat(meaning)
        found.append(IGNORED if taken else meaning)
    if not any(_is_name(meaning) for meaning in found) and found and OTHER_NAME in found:
        found[found.index(OTHER_NAME)] = NAME
    return found


def checked(columns: Sequence[str], width: int, asked: Sequence[Asked] = ()) -> tuple[str, ...]:
    """Meanings as somebody chose them. Raises `Invalid` for unknown ones, one twice, or none for the name."""
    if len(columns) != width or not all(is_meaning(meaning, asked) for meaning in columns):
        raise Invalid(N_("Please choose a meaning for each column from the list."), field="columns")
    once = [meaning for meaning in columns if meaning and not _may_repeat(meaning)]
    twice = next((meaning for meaning in once if once.count(meaning) > 1), None)
    if twice is not None:
        raise Invalid(
            N_("Two columns have the same meaning: %(first)s and %(second)s."),
            field="columns",
            first=columns.index(twice) + 1,
            second=len(columns) - columns[::-1].index(twice),
        )
    if not any(_is_name(meaning) for meaning in columns):
        raise Invalid(N_("Please say which column holds the names."), field="columns")
    return tuple(columns)


def is_meaning(meaning: str, asked: Sequence[Asked]) -> bool:
    """Whether a column can mean that."""
    word, dot, rest = meaning.partition(".")
    if not dot:
        return meaning == IGNORED or meaning in HEADINGS
    if word == ANSWER:
        return any(question.code == rest for question in asked)
    return word in IN_LANGUAGES and languages.is_tag(rest)


def _may_repeat(meaning: str) -> bool:
    return meaning in (IGNORED, OTHER_NAME) or meaning.startswith(f"{NAME}.")


def _is_name(meaning: str) -> bool:
    return meaning == NAME or meaning.startswith(f"{NAME}.")


def _meaning(heading: str, asked: Sequence[Asked]) -> str:
    bracketed = _BRACKETED.match(heading.strip())
    word, within = (bracketed["word"], bracketed["within"]) if bracketed else (heading, "")
    for question in asked:
        if within.strip() == question.code or heading.strip() == question.code:
            return f"{ANSWER}.{question.code}"
    if known := _WORDS.get(fold(heading)):
        return known
    language = _language(within)
    known = _WORDS.get(fold(word))
    if known and (language or not within):
        return f"{known}.{language}" if language and known in IN_LANGUAGES else known
    for question in asked:
        if fold(word) in {fold(label) for label in question.label.values()}:
            return f"{ANSWER}.{question.code}"
    return _name_in_language(fold(heading)) or known or IGNORED


def _language(text: str) -> str:
    told = _LANGUAGE_WORDS.get(fold(text), "")
    if not told and languages.is_tag(text) and len(text.split("-")[0]) in (2, 3):
        told = languages.normalise(text)
    return told


def _name_in_language(heading: str) -> str:
    """`Chinese name`, `Name in Ukrainian`, `英文姓名`."""
    for word, tag in _LANGUAGE_WORDS.items():
        rest = heading.replace(word, " ").replace(" in ", " ").removesuffix(" in").strip()
        if rest != heading and _WORDS.get(rest) in IN_LANGUAGES:
            return f"{_WORDS[rest]}.{tag}"
    return ""


_WORDS = {
    fold(word): meaning for meaning, words in HEADINGS.items() for told in words.values() for word in told
}
_LANGUAGE_WORDS = {fold(word): tag for tag, words in _LANGUAGES.items() for word in words}
