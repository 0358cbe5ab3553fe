"""The usual order of a plain signing, to begin with and to change.

The ceremony itself stays within half an hour: principals stand and sit no longer than they must. Remarks
of four minutes take eight, because consecutive interpreting doubles them. Both sign their own original
first, then the other one, so that neither signs second; the handshake is held for the photographers.
"""

from dataclasses import dataclass

from eventsapp.core.db import LanguageMap


@dataclass(frozen=True)
class UsualStep:
    """A step: minutes from the beginning, minutes it lasts, what happens, who does it."""

    offset: int
    minutes: int
    text: LanguageMap
    who: LanguageMap


def _text(en: str, zh: str, uk: str) -> LanguageMap:
    return {"en": en, "zh-Hant": zh, "uk": uk}


_PROTOCOL = _text("Protocol office", "禮賓單位", "Протокольна служба")
_PRESS = _text("Press office", "新聞單位", "Пресслужба")
_LIAISON = _text("Liaison", "聯絡官", "Зв’язковий")
_MC = _text("Master of ceremonies", "司儀", "Ведучий")
_SIGNERS = _text("Signatories", "簽署人", "Підписанти")
_AIDES = _text("Signatories and aides", "簽署人與助簽人", "Підписанти й помічники")
_HOST = _text("Host", "主人", "Господар")
_GUEST = _text("Guest of honour", "主賓", "Почесний гість")
_ALL = _text("All who take part", "全體與會者", "Усі учасники")

PLAIN_SIGNING = (
    UsualStep(
        -60,
        30,
        _text(
            "Room check: texts in the right folders, pens and spare pens, flags, name plates, microphones",
            "場地檢查：文本、用筆與備用筆、旗幟、名牌、麥克風",
            "Перевірка зали: тексти в теках, ручки й запасні ручки, прапори, таблички, мікрофони",
        ),
        _PROTOCOL,
    ),
    UsualStep(
        -30,
        15,
        _text("Press enters and is briefed", "媒體進場並聽取說明", "Преса заходить, інструктаж"),
        _PRESS,
    ),
    UsualStep(
        -15,
        10,
        _text(
            "Delegations gather in the holding room",
            "代表團於休息室集合",
            "Делегації збираються в кімнаті очікування",
        ),
        _LIAISON,
    ),
    UsualStep(-5, 5, _text("Witnesses take their places", "見證人就位", "Свідки займають місця"), _PROTOCOL),
    UsualStep(
        0,
        2,
        _text(
            "Principals enter; photograph at the door",
            "主賓入場，門口合影",
            "Вхід керівників; фото біля дверей",
        ),
        _SIGNERS,
    ),
    UsualStep(2, 2, _text("Welcome, in both languages", "雙語歡迎詞", "Вітання обома мовами"), _MC),
    UsualStep(4, 8, _text("Remarks by the host", "主人致詞", "Слово господаря"), _HOST),
    UsualStep(12, 8, _text("Remarks by the guest", "主賓致詞", "Слово гостя"), _GUEST),
    UsualStep(
        20,
        1,
        _text(
            "Title and areas of cooperation are read",
            "宣讀文件名稱與合作領域",
            "Оголошення назви й напрямів співпраці",
        ),
        _MC,
    ),
    UsualStep(
        21,
        1,
        _text(
            "Signatories sit; folders are placed", "簽署人就座，呈上文本", "Підписанти сідають; подають теки"
        ),
        _AIDES,
    ),
    UsualStep(
        22,
        2,
        _text(
            "Each signs the original of their own side",
            "各自簽署己方正本",
            "Кожен підписує примірник своєї сторони",
        ),
        _SIGNERS,
    ),
    UsualStep(
        24,
        2,
        _text(
            "The folders are exchanged and the other original is signed",
            "交換文本，簽署對方正本",
            "Обмін теками; підписання примірника іншої сторони",
        ),
        _AIDES,
    ),
    UsualStep(
        26,
        1,
        _text("Handshake, held for photographs", "握手，供媒體拍照", "Потиск рук для фотографів"),
        _SIGNERS,
    ),
    UsualStep(27, 3, _text("Gifts are exchanged", "互贈禮品", "Обмін подарунками"), _SIGNERS),
    UsualStep(30, 5, _text("Group photograph", "大合照", "Спільне фото"), _ALL),
    UsualStep(35, 10, _text("Questions from the press", "媒體提問", "Запитання преси"), _MC),
    UsualStep(
        45,
        0,
        _text("Principals leave, guests first", "主賓先行離場", "Керівники виходять, гості першими"),
        _SIGNERS,
    ),
)
