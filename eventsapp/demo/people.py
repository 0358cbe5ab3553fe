"""Who is in the demonstration, and the bodies they belong to."""

from eventsapp.demo.data import EXTERNAL, SEED, Body, Name, Post, Somebody, text
from eventsapp.people.enums import NameKind, OrganisationKind

ORGANISATIONS = (
    Body(
        "taipei",
        text("Taipei City Government", "臺北市政府", "Уряд міста Тайбей"),
        OrganisationKind.CITY,
        text("Taipei", "臺北", "Тайбей"),
        source=SEED,
    ),
    Body(
        "kyiv",
        text("City of Kyiv", "基輔市", "Місто Київ"),
        OrganisationKind.CITY,
        text("Kyiv", "基輔", "Київ"),
        source=SEED,
    ),
    Body(
        "kyiv-council",
        text("Kyiv City Council", "基輔市議會", "Київська міська рада"),
        OrganisationKind.COUNCIL,
        parent="kyiv",
        source=SEED,
    ),
    Body(
        "kyiv-administration",
        text(
            "Kyiv City State Administration", "基輔市國家行政管理局", "Київська міська державна адміністрація"
        ),
        OrganisationKind.OFFICE,
        parent="kyiv",
        source=SEED,
    ),
    Body(
        "mofa",
        text("Ministry of Foreign Affairs", "外交部", "Міністерство закордонних справ"),
        OrganisationKind.MINISTRY,
        source=SEED,
    ),
    Body(
        "warsaw",
        text("City of Warsaw", "華沙市", "Місто Варшава"),
        OrganisationKind.CITY,
        text("Warsaw", "華沙", "Варшава"),
        source=SEED,
    ),
    Body(
        "darnychany",
        text("Darnychany charitable foundation", "", "Благодійний фонд «Дарничани»"),
        OrganisationKind.ASSOCIATION,
        source=EXTERNAL,
        reference="m.delfi.lt, December 2022",
    ),
    Body(
        "prague",
        text("City of Prague", "布拉格市", "Місто Прага"),
        OrganisationKind.CITY,
        text("Prague", "布拉格", "Прага"),
        source=EXTERNAL,
        reference="taiwannews.com.tw/en/news/3843933",
    ),
    Body(
        "protocol-office",
        text("Protocol Office (demo)", "禮賓辦公室（示範）", "Відділ протоколу (демо)"),
        OrganisationKind.OFFICE,
        parent="taipei",
    ),
    Body(
        "warsaw-demo",
        text("Guest delegation Warsaw (demo)", "華沙來賓團（示範）", "Делегація Варшави (демо)"),
        OrganisationKind.CITY,
    ),
    Body(
        "northport",
        text("City of Northport (fictional)", "北港市（虛構）", "Місто Нортпорт (вигадане)"),
        OrganisationKind.CITY,
    ),
    Body(
        "estavia",
        text("City of Estavia (fictional)", "艾斯塔維亞市（虛構）", "Місто Еставія (вигадане)"),
        OrganisationKind.CITY,
    ),
    Body(
        "blue-heron",
        text("Blue Heron Microgrid (demo)", "藍鷺微電網（示範）", "Мікромережі «Блакитна чапля» (демо)"),
        OrganisationKind.COMPANY,
    ),
    Body(
        "demo-news", text("Demo News Agency", "示範通訊社", "Агентство «Демо-новини»"), OrganisationKind.MEDIA
    ),
)

_COUNSELLOR = text("Counsellor", "顧問", "Радник")

REAL = (
    Somebody(
        "bondarenko",
        (
            Name("Volodymyr Bondarenko", family="Bondarenko", given="Volodymyr"),
            Name("Володимир Бондаренко", "uk", NameKind.NATIVE),
        ),
        (
            Post("kyiv", text("Deputy Mayor", "副市長", "Заступник міського голови"), SEED),
            Post(
                "kyiv-council",
                text(
                    "Deputy Mayor – Secretary of the Kyiv City Council",
                    "基輔市副市長兼市議會祕書",
                    "Заступник міського голови – секретар Київської міської ради",
                ),
                EXTERNAL,
                "ukranews.com/en/news/924200",
            ),
        ),
        SEED,
    ),
    Somebody(
        "mondryivskyi",
        (Name("Valentyn Mondryivskyi", family="Mondryivskyi", given="Valentyn"),),
        (Post("kyiv-council", _COUNSELLOR, SEED),),
        SEED,
    ),
    Somebody(
        "malenko",
        (Name("Grygorii Malenko", family="Malenko", given="Grygorii"),),
        (Post("kyiv-council", _COUNSELLOR, SEED),),
        SEED,
    ),
    Somebody(
        "bilokin",
        (Name("Ganna Bilokin", family="Bilokin", given="Ganna"),),
        (
            Post(
                "kyiv-administration",
                text(
                    "Head of the international cooperation unit, international relations department",
                    "國際關係處國際合作科科長",
                    "Керівниця підрозділу міжнародного співробітництва, управління міжнародних відносин",
                ),
                SEED,
            ),
        ),
        SEED,
    ),
    Somebody(
        "lee",
        (
            Name("Shu-Chuan Lee", family="Lee", given="Shu-Chuan"),
            Name("李四川", "zh-Hant", NameKind.NATIVE),
            Name("Lee Si-chuan", "en", NameKind.VARIANT),
            Name("Lee Shu-Chuan", "en", NameKind.VARIANT),
        ),
        (Post("taipei", text("Deputy Mayor", "副市長", "Заступник мера"), SEED),),
        SEED,
    ),
)


def _host(key: str, chinese: str, latin: str, family: str, given: str, en: str, zh: str, uk: str) -> Somebody:
    return Somebody(
        key,
        (Name(chinese, "zh-Hant"), Name(latin, "en", NameKind.TRANSCRIPTION, family, given)),
        (Post("protocol-office", text(en, zh, uk)),),
        languages=("zh-Hant", "en"),
    )


HOSTS = (
    _host(
        "chen",
        "陳示範",
        "Chen Shih-fan",
        "Chen",
        "Shih-fan",
        "Protocol officer",
        "禮賓官",
        "Співробітник протоколу",
    ),
    _host("lin", "林樣本", "Lin Yang-pen", "Lin", "Yang-pen", "Liaison officer", "聯絡官", "Офіцер зв’язку"),
    _host(
        "wang",
        "王測試",
        "Wang Tse-shih",
        "Wang",
        "Tse-shih",
        "Head of door staff",
        "入場管制組長",
        "Керівник служби входу",
    ),
    _host(
        "chang",
        "張假設",
        "Chang Chia-she",
        "Chang",
        "Chia-she",
        "Master of ceremonies",
        "司儀",
        "Ведучий церемонії",
    ),
    _host("wu", "吳腳本", "Wu Chiao-pen", "Wu", "Chiao-pen", "Stage manager", "舞臺監督", "Режисер сцени"),
)

INTERPRETERS = (
    Somebody(
        "prykladenko",
        (
            Name("Олена Прикладенко", "uk"),
            Name("Olena Prykladenko", "en", NameKind.TRANSCRIPTION, "Prykladenko", "Olena"),
        ),
        (
            Post(
                "protocol-office",
                text(
                    "Interpreter, Ukrainian–Chinese",
                    "烏克蘭語－中文口譯員",
                    "Перекладачка, українська–китайська",
                ),
            ),
        ),
        languages=("uk", "zh-Hant"),
    ),
    Somebody(
        "zrazok",
        (Name("Тарас Зразок", "uk"), Name("Taras Zrazok", "en", NameKind.TRANSCRIPTION, "Zrazok", "Taras")),
        (
            Post(
                "protocol-office",
                text(
                    "Interpreter, Ukrainian–English",
                    "烏克蘭語－英語口譯員",
                    "Перекладач, українська–англійська",
                ),
            ),
        ),
        languages=("uk", "en"),
    ),
)

AIDES = (
    Somebody(
        "prykladna",
        (
            Name("Марія Прикладна", "uk"),
            Name("Mariia Prykladna", "en", NameKind.TRANSCRIPTION, "Prykladna", "Mariia"),
        ),
        (
            Post(
                "kyiv-administration",
                text("Delegation aide (demo)", "代表團助理（示範）", "Помічниця делегації (демо)"),
            ),
        ),
        languages=("uk", "en"),
    ),
    Somebody(
        "zrazkovyi",
        (
            Name("Остап Зразковий", "uk"),
            Name("Ostap Zrazkovyi", "en", NameKind.TRANSCRIPTION, "Zrazkovyi", "Ostap"),
        ),
        (
            Post(
                "kyiv-administration",
                text("Delegation aide (demo)", "代表團助理（示範）", "Помічник делегації (демо)"),
            ),
        ),
        languages=("uk",),
    ),
)


def _guest(key: str, full: str, language: str, post: Post, *more: Name) -> Somebody:
    return Somebody(key, (Name(full, language), *more), (post,))


_WARSAW = Post("warsaw-demo", text("Delegate (demo)", "代表（示範）", "Делегат (демо)"))
_NORTHPORT = Post("northport", text("Delegate (demo)", "代表（示範）", "Делегат (демо)"))
_ESTAVIA = Post("estavia", text("Council member (demo)", "議員（示範）", "Депутат ради (демо)"))
_PRESS = Post("demo-news", text("Reporter (demo)", "記者（示範）", "Репортер (демо)"))
_ENGINEER = Post("blue-heron", text("Chief engineer (demo)", "總工程師（示範）", "Головний інженер (демо)"))

GUESTS = (
    _guest("przykladowy", "Jan Przykładowy", "pl", _WARSAW),
    _guest("przykladowa", "Łucja Przykładowa", "pl", _WARSAW),
    _guest("suharsa", "Suharsa", "id", _NORTHPORT),
    _guest("o", "Ms O", "en", _NORTHPORT),
    _guest("nguyen", "Nguyễn Văn Mẫu", "vi", _ESTAVIA),
    _guest("nandu", "José Ñandú-Ejemplo", "es", _ESTAVIA),
    _guest("yamada", "山田見本", "ja", _NORTHPORT, Name("Yamada Mihon", "en", NameKind.TRANSCRIPTION)),
    _guest("kim", "김견본", "ko", _NORTHPORT, Name("Kim Gyeon-bon", "en", NameKind.TRANSCRIPTION)),
    _guest("mithal", "محمد مثال", "ar", _ESTAVIA, Name("Mohammad Mithal", "en", NameKind.TRANSCRIPTION)),
    _guest("dugma", "דנה דוגמה", "he", _ESTAVIA, Name("Dana Dugma", "en", NameKind.TRANSCRIPTION)),
    _guest("deigma", "Ελένη Δείγμα", "el", _ENGINEER, Name("Eleni Deigma", "en", NameKind.TRANSCRIPTION)),
    _guest("tuayang", "สมหญิง ตัวอย่าง", "th", _ENGINEER, Name("Somying Tuayang", "en", NameKind.TRANSCRIPTION)),
    _guest("d-exemple", "Anne-Sophie d’Exemple", "fr", _NORTHPORT),
    _guest("musterfrau", "Käthe von und zu Musterfrau-Beispielhausen", "de", _ESTAVIA),
    _guest("reporter-1", "Test Reporter One", "en", _PRESS),
    _guest("reporter-2", "Test Reporter Two", "en", _PRESS),
    _guest("reporter-3", "Test Reporter Three", "en", _PRESS),
    _guest(
        "hypothesis", "周假定", "zh-Hant", _ENGINEER, Name("Chou Chia-ting", "en", NameKind.TRANSCRIPTION)
    ),
    _guest("exemplar", "許範例", "zh-Hant", _PRESS, Name("Hsu Fan-li", "en", NameKind.TRANSCRIPTION)),
    _guest("zrazkova", "Ганна Зразкова", "uk", _WARSAW, Name("Hanna Zrazkova", "en", NameKind.VARIANT)),
)

EVERYBODY = (*REAL, *HOSTS, *INTERPRETERS, *AIDES, *GUESTS)
