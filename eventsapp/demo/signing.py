"""The signing of the memorandum between Taipei and Kyiv, its proceedings, and the register beside it."""

from dataclasses import dataclass
from datetime import date

from eventsapp.ceremonies.enums import CommitmentStatus, InstrumentKind, InstrumentStatus
from eventsapp.core.db import LanguageMap
from eventsapp.core.provenance import Source
from eventsapp.demo.data import DEMO, EXTERNAL, SEED, Item, at, text
from eventsapp.programme.enums import ItemKind, PartRole

TITLE = text(
    "Signing of the Taipei–Kyiv memorandum of understanding",
    "臺北市與基輔市合作備忘錄簽署儀式",
    "Підписання меморандуму про взаєморозуміння між Тайбеєм і Києвом",
)
SUBTITLE = text("City-to-city cooperation", "城市對城市合作", "Співпраця міста з містом")
DESCRIPTION = text(
    "The two deputy mayors sign a memorandum of understanding to promote future exchanges and cooperation between "
    "their cities. Both speak.",
    "兩市副市長簽署合作備忘錄，促進兩市未來交流與合作，並分別致詞。",
    "Заступники міських голів підписують меморандум про взаєморозуміння, щоб розвивати обміни та співпрацю міст. "
    "Обидва виступають із промовами.",
)
PRACTICAL = text(
    "Guests are seated by 10:20; the doors close at 10:25. Please bring an identity document. Dress: business or national.",
    "來賓請於10:20前就座，10:25關門。請攜帶身分證件。服裝：正式或民族服裝。",
    "Просимо зайняти місця до 10:20; двері зачиняються о 10:25. Майте при собі документ. Одяг: діловий або національний.",
)

ITEM = Item(
    ItemKind.SIGNING,
    at(30, "10:30"),
    at(30, "11:15"),
    text("Signing of the memorandum", "備忘錄簽署", "Підписання меморандуму"),
    "signing-hall",
    text(
        "The day is public knowledge; the hour and the room are ours.",
        "日期為公開資訊，時間與場地為示範設定。",
        "День загальновідомий; годину й залу вигадано.",
    ),
    people=(
        ("bondarenko", PartRole.SPEAKER),
        ("lee", PartRole.SPEAKER),
        ("chang", PartRole.MC),
        ("prykladenko", PartRole.INTERPRETER),
    ),
    wants_answer=True,
    source=SEED,
)

AREAS = (
    text("Energy efficiency", "能源效率", "Енергоефективність"),
    text(
        "Sustainable urban planning and construction",
        "永續都市規劃與建設",
        "Стале міське планування та будівництво",
    ),
    text("Sustainable transport system", "永續交通系統", "Стала транспортна система"),
    text("Education", "教育", "Освіта"),
    text("Culture", "文化", "Культура"),
    text("Child and youth services", "兒童與青少年服務", "Послуги для дітей і молоді"),
    text("Open governance", "開放治理", "Відкрите врядування"),
    text("Digital technology", "數位科技", "Цифрові технології"),
)

# In the order of the parties: who signs, in which capacity.
SIGNATORIES = (
    ("lee", text("Deputy Mayor of Taipei", "臺北市副市長", "Заступник мера Тайбея")),
    ("bondarenko", text("Deputy Mayor of Kyiv", "基輔市副市長", "Заступник міського голови Києва")),
)


@dataclass(frozen=True)
class Step:
    """One step in the order of proceedings: minutes from the beginning, minutes it lasts."""

    offset: int
    minutes: int
    what: LanguageMap
    who: LanguageMap


_HOST = text("Host protocol", "主辦方禮賓", "Протокол приймаючої сторони")
_MC = text("Master of ceremonies", "司儀", "Ведучий")
_SIGNERS = text("Signatories", "簽署人", "Підписанти")

PROCEEDINGS = (
    Step(
        -60,
        20,
        text(
            "Room check: texts in the right folders, pens, flags, name plates",
            "場地檢查：文本、用筆、旗幟、名牌",
            "Перевірка зали: тексти в теках, ручки, прапори, таблички",
        ),
        _HOST,
    ),
    Step(
        -30,
        15,
        text("Press enters and is briefed", "媒體進場並說明", "Преса заходить, інструктаж"),
        text("Press officer", "新聞官", "Пресслужба"),
    ),
    Step(-5, 5, text("Witnesses are placed", "見證人就位", "Свідки займають місця"), _HOST),
    Step(
        0,
        2,
        text(
            "Principals enter; photograph at the door",
            "主賓入場、門口合影",
            "Вхід керівників; фото біля дверей",
        ),
        _SIGNERS,
    ),
    Step(2, 2, text("Welcome in both languages", "雙語歡迎詞", "Вітання двома мовами"), _MC),
    Step(
        4,
        8,
        text("Remarks by the host", "主人致詞", "Слово господаря"),
        text("Deputy Mayor Lee", "李副市長", "Заступник мера Лі"),
    ),
    Step(
        12,
        8,
        text("Remarks by the guest", "主賓致詞", "Слово гостя"),
        text("Deputy Mayor Bondarenko", "邦達連科副市長", "Заступник міського голови Бондаренко"),
    ),
    Step(20, 1, text("Title and areas are read", "宣讀名稱與合作領域", "Оголошення назви та напрямів"), _MC),
    Step(
        21,
        5,
        text(
            "Signing; the folders are exchanged and the other copy is signed",
            "簽署、交換文本並簽署另一份",
            "Підписання; обмін теками та підписання другого примірника",
        ),
        _SIGNERS,
    ),
    Step(26, 4, text("Handshake and group photograph", "握手合影", "Потиск рук і спільне фото"), _SIGNERS),
    Step(30, 10, text("Press questions", "媒體提問", "Запитання преси"), _MC),
    Step(45, 0, text("Principals leave", "主賓離場", "Керівники залишають залу"), _SIGNERS),
)


@dataclass(frozen=True)
class Paper:
    """An instrument of the register; parties are (body, style), witnesses people."""

    key: str
    kind: InstrumentKind
    status: InstrumentStatus
    title: LanguageMap
    parties: tuple[tuple[str, LanguageMap], ...]
    signed_on: date | None = None
    source: Source = DEMO
    reference: str = ""
    languages: tuple[str, ...] | None = None
    originals: int | None = None
    witnesses: tuple[str, ...] = ()


MEMORANDUM = Paper(
    "mou",
    InstrumentKind.MEMORANDUM_OF_UNDERSTANDING,
    InstrumentStatus.SIGNED,
    text(
        "Memorandum of Understanding on City-to-City Cooperation",
        "城市對城市合作備忘錄",
        "Меморандум про взаєморозуміння щодо співпраці між містами",
    ),
    (("taipei", text("Taipei", "臺北", "Тайбей")), ("kyiv", text("Kyiv", "基輔", "Київ"))),
    date(2023, 3, 30),
    SEED,
    "Day of signing: taiwannews.com.tw/en/news/4853007",
)

REGISTER = (
    Paper(
        "generators",
        InstrumentKind.MEMORANDUM_OF_UNDERSTANDING,
        InstrumentStatus.SIGNED,
        text(
            "Memorandum on diesel generators for Kyiv, USD 1 million",
            "援助基輔柴油發電機備忘錄（100萬美元）",
            "Меморандум про дизельні генератори для Києва, 1 млн дол. США",
        ),
        (
            ("mofa", text("Ministry of Foreign Affairs", "外交部", "Міністерство закордонних справ")),
            ("kyiv", text("Kyiv", "基輔", "Київ")),
            ("darnychany", text("Darnychany", "", "Дарничани")),
        ),
        None,
        EXTERNAL,
        "m.delfi.lt, December 2022",
    ),
    Paper(
        "prague",
        InstrumentKind.SISTER_CITY_AGREEMENT,
        InstrumentStatus.SIGNED,
        text(
            "Sister-city agreement with Prague", "與布拉格締結姊妹市協定", "Угода про побратимство з Прагою"
        ),
        (("taipei", text("Taipei", "臺北", "Тайбей")), ("prague", text("Prague", "布拉格", "Прага"))),
        date(2020, 1, 13),
        EXTERNAL,
        "taiwannews.com.tw/en/news/3843933",
    ),
    Paper(
        "three-ports",
        InstrumentKind.JOINT_DECLARATION,
        InstrumentStatus.NEGOTIATING,
        text(
            "Declaration of three harbour cities (fictional)",
            "三港市宣言（虛構）",
            "Декларація трьох портових міст (вигадана)",
        ),
        (
            ("northport", text("City of Northport", "北港市", "Місто Нортпорт")),
            ("estavia", text("City of Estavia", "艾斯塔維亞市", "Місто Еставія")),
            ("protocol-office", text("Taipei (demo)", "臺北（示範）", "Тайбей (демо)")),
        ),
        languages=("en", "zh-Hant", "uk"),
        originals=3,
        witnesses=("chen",),
    ),
)


@dataclass(frozen=True)
class Promise:
    """A commitment; `amount` in whole units of `currency`; `area` counts from 0."""

    what: LanguageMap
    giver: str
    recipient: str
    status: CommitmentStatus
    amount: int | None = None
    currency: str = ""
    made: str = ""
    area: int | None = None
    source: Source = DEMO


PROMISES = (
    Promise(
        text(
            "Humanitarian assistance to Ukrainian refugees through the sister city Warsaw",
            "透過姊妹市華沙對烏克蘭難民提供人道援助",
            "Гуманітарна допомога українським біженцям через місто-побратим Варшаву",
        ),
        "taipei", "warsaw", CommitmentStatus.DONE, 300_000, "EUR", "2022-04", None, SEED,
    ),
    Promise(
        text("Taipei City Government is invited to visit Kyiv", "邀請臺北市政府訪問基輔", "Запрошення уряду Тайбея відвідати Київ"),
        "kyiv", "taipei", CommitmentStatus.OPEN, source=SEED,
    ),
    *(
        Promise(
            text("Working contact to be named", "指定工作聯絡窗口", "Визначити робочого контактного представника"),
            "taipei", "kyiv", CommitmentStatus.LATE if number % 3 == 2 else CommitmentStatus.OPEN, area=number,
        )
        for number in range(len(AREAS))
    ),
)  # fmt: skip
