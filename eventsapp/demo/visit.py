"""The visit of the Kyiv delegation: 27–31 March 2023.

What the source document says happened is marked so and carries the real members; times and places it does not
give are ours (demo). Everything invented carries fictional people only.
"""

from eventsapp.demo.data import EXTERNAL, SEED, Item, at, text
from eventsapp.programme.enums import Audience, ItemKind, PartRole

REAL_MEMBERS = ("bondarenko", "mondryivskyi", "malenko", "bilokin")
_ATTENDED = tuple((key, PartRole.PARTICIPANT) for key in REAL_MEMBERS)
_ESCORT = (("lin", PartRole.LIAISON), ("prykladenko", PartRole.INTERPRETER))
_TIME_IS_OURS = text(
    "The source document says that this took place; the hour is ours.",
    "原始文件記載此行程，時間為示範設定。",
    "У джерелі сказано, що це відбулося; годину вигадано.",
)
_PLACE_IS_OURS = text(
    "The source document says that sites of this kind were visited; the place and the hour are ours.",
    "原始文件記載曾參訪此類場所，地點與時間為示範設定。",
    "У джерелі сказано, що такі об’єкти відвідали; місце й годину вигадано.",
)

TITLE = text(
    "Visit of the Kyiv delegation to Taipei", "基輔代表團訪問臺北", "Візит делегації Києва до Тайбея"
)
SUBTITLE = text(
    "Summit, site visits and the signing of a memorandum",
    "高峰會、參訪與合作備忘錄簽署",
    "Саміт, відвідини об’єктів і підписання меморандуму",
)
DESCRIPTION = text(
    "On the invitation of the Ministry of Foreign Affairs the delegation led by the Deputy Mayor of Kyiv attends the "
    "Smart City Summit & Expo and the Net Zero City Forum, visits enterprises and cultural and economic construction "
    "sites, and signs a memorandum with Taipei.",
    "應外交部邀請，基輔市副市長率團出席智慧城市展與淨零城市論壇，參訪企業及文化、經濟建設，並與臺北市簽署合作備忘錄。",
    "На запрошення Міністерства закордонних справ делегація на чолі із заступником міського голови Києва бере участь у "
    "саміті та виставці «Розумне місто» і Форумі міст із нульовими викидами, відвідує підприємства, культурні й "
    "економічні об’єкти та підписує меморандум із Тайбеєм.",
)
PURPOSE = text(
    "To enhance cooperation and future exchanges between the two cities.",
    "深化兩市合作，促進未來交流。",
    "Поглибити співпрацю та майбутні обміни між двома містами.",
)
PRACTICAL = text(
    "Cars leave from the hotel’s main door ten minutes before each departure. Dress: business. "
    "On construction sites helmets are provided; please wear closed shoes.",
    "車輛於每次出發前十分鐘在飯店正門集合。服裝：正式服裝。工地提供安全帽，請著包鞋。",
    "Автомобілі чекають біля головного входу готелю за десять хвилин до кожного виїзду. Одяг: діловий. "
    "На будмайданчиках видають каски; просимо взути закрите взуття.",
)

GROUPS = (
    ("a", text("Group A", "A組", "Група А"), ("prykladna",)),
    ("b", text("Group B", "B組", "Група Б"), ("zrazkovyi",)),
)

ITEMS = (
    Item(
        ItemKind.ARRIVAL,
        at(27, "17:40"),
        at(27, "18:30"),
        text("Arrival and lounge", "抵達與貴賓室", "Прибуття, зала очікування"),
        "taoyuan",
        public=False,
        people=(("lin", PartRole.LIAISON),),
    ),
    Item(
        ItemKind.TRANSFER,
        at(27, "18:30"),
        at(27, "19:22"),
        text("Transfer to the hotel", "前往飯店", "Переїзд до готелю"),
        "taoyuan",
        public=False,
    ),
    Item(
        ItemKind.BRIEFING,
        at(27, "20:00"),
        at(27, "21:00"),
        text("Briefing at the hotel", "飯店行前說明", "Інструктаж у готелі"),
        "hotel",
        public=False,
        people=_ESCORT,
    ),
    Item(
        ItemKind.CEREMONY,
        at(28, "09:30"),
        at(28, "11:00"),
        text("Opening ceremony of the summit", "高峰會開幕式", "Церемонія відкриття саміту"),
        "plenary",
        _TIME_IS_OURS,
        people=_ATTENDED,
        source=SEED,
    ),
    Item(
        ItemKind.CULTURE,
        at(28, "11:10"),
        at(28, "12:15"),
        text("Tour of the exhibition", "參觀展覽", "Огляд виставки"),
        "tainex",
        people=_ESCORT,
    ),
    Item(
        ItemKind.MEAL,
        at(28, "12:15"),
        at(28, "12:55"),
        text("Working lunch", "工作午餐", "Робочий обід"),
        "tainex",
        public=False,
        wants_answer=True,
    ),
    Item(
        ItemKind.PLENARY,
        at(28, "13:00"),
        at(28, "17:15"),
        text("Net Zero City Forum", "淨零城市論壇", "Форум міст із нульовими викидами"),
        "701ab",
        text(
            "Held behind closed doors. That the forum of the source document is this meeting is our reading.",
            "閉門會議。將原始文件所述論壇對應至此會議，為本示範之判讀。",
            "За зачиненими дверима. Що форум із джерела – саме ця зустріч, є нашим тлумаченням.",
        ),
        people=_ATTENDED,
        source=EXTERNAL,
        reference="smartcityonline.org.tw, Net Zero City Leaders Summit",
        public=False,
    ),
    Item(
        ItemKind.RECEPTION,
        at(28, "18:30"),
        at(28, "20:30"),
        text("Evening reception", "晚間酒會", "Вечірній прийом"),
        "mofa-house",
        wants_answer=True,
        capacity=40,
        people=_ESCORT,
        public=False,
    ),
    Item(
        ItemKind.SEMINAR,
        at(29, "09:30"),
        at(29, "11:00"),
        text("Seminar on smart cities", "智慧城市研討會", "Семінар про розумні міста"),
        "701e",
        _TIME_IS_OURS,
        people=_ATTENDED,
        source=SEED,
    ),
    Item(
        ItemKind.SITE_VISIT,
        at(29, "11:35"),
        at(29, "12:50"),
        text(
            "Enterprise visit: Blue Heron Microgrid (demo)",
            "企業參訪：藍鷺微電網（示範）",
            "Відвідини підприємства: мікромережі «Блакитна чапля» (демо)",
        ),
        "neihu",
        _PLACE_IS_OURS,
        Audience.GROUPS,
        ("a",),
        (("prykladenko", PartRole.INTERPRETER), ("deigma", PartRole.HOST)),
    ),
    Item(
        ItemKind.SITE_VISIT,
        at(29, "11:30"),
        at(29, "12:45"),
        text(
            "Cultural construction site (demo)",
            "文化建設工地參訪（示範）",
            "Культурний об’єкт будівництва (демо)",
        ),
        "music-center",
        _PLACE_IS_OURS,
        Audience.GROUPS,
        ("b",),
        (("prykladenko", PartRole.INTERPRETER), ("lin", PartRole.LIAISON)),
    ),
    Item(
        ItemKind.MEAL,
        at(29, "13:30"),
        at(29, "14:30"),
        text("Lunch", "午餐", "Обід"),
        "restaurant",
        public=False,
        wants_answer=True,
    ),
    Item(
        ItemKind.SITE_VISIT,
        at(29, "15:30"),
        at(29, "16:45"),
        text(
            "Economic construction site (demo)",
            "經濟建設工地參訪（示範）",
            "Економічний об’єкт будівництва (демо)",
        ),
        "riverside",
        _PLACE_IS_OURS,
        people=_ESCORT,
    ),
    Item(
        ItemKind.MEAL,
        at(29, "18:30"),
        at(29, "20:30"),
        text("Dinner", "晚宴", "Вечеря"),
        "restaurant",
        public=False,
        wants_answer=True,
        capacity=24,
    ),
    Item(
        ItemKind.REHEARSAL,
        at(30, "08:30"),
        at(30, "09:30"),
        text("Rehearsal with stand-ins", "替身彩排", "Репетиція з дублерами"),
        "signing-hall",
        None,
        Audience.PEOPLE,
        people=(("chen", PartRole.HOST), ("chang", PartRole.MC), ("wu", PartRole.PARTICIPANT)),
        public=False,
    ),
    Item(
        ItemKind.COURTESY_CALL,
        at(30, "10:00"),
        at(30, "10:25"),
        text("Courtesy call", "禮貌性拜會", "Візит ввічливості"),
        "meeting-room",
        public=False,
        people=(("chen", PartRole.HOST), ("prykladenko", PartRole.INTERPRETER)),
    ),
    Item(
        ItemKind.PRESS,
        at(30, "11:15"),
        at(30, "11:35"),
        text("Press", "媒體聯訪", "Підхід до преси"),
        "lobby",
        people=(("chang", PartRole.MC),),
    ),
    Item(
        ItemKind.CULTURE,
        at(30, "11:40"),
        at(30, "12:00"),
        text(
            "Display: the Wall of Democracy of 2022",
            "展示：2022年「民主牆」",
            "Експозиція: «Стіна демократії» 2022 року",
        ),
        "lobby",
    ),
    Item(
        ItemKind.MEAL,
        at(30, "12:15"),
        at(30, "13:45"),
        text("Luncheon", "午宴", "Урочистий обід"),
        "restaurant",
        public=False,
        wants_answer=True,
        capacity=24,
    ),
    Item(
        ItemKind.BILATERAL,
        at(30, "14:30"),
        at(30, "16:30"),
        text(
            "Working meetings by area of the memorandum",
            "備忘錄各領域工作會議",
            "Робочі зустрічі за напрямами меморандуму",
        ),
        "meeting-room",
        wants_answer=True,
        people=_ESCORT,
    ),
    Item(
        ItemKind.MEAL,
        at(30, "18:30"),
        at(30, "20:30"),
        text("Farewell dinner", "惜別晚宴", "Прощальна вечеря"),
        "restaurant",
        public=False,
        wants_answer=True,
        capacity=24,
    ),
    Item(
        ItemKind.CEREMONY,
        at(31, "09:30"),
        at(31, "11:30"),
        text("City leaders’ closing", "城市領袖閉幕式", "Закриття за участі керівників міст"),
        "plenary",
        people=_ESCORT,
    ),
    Item(
        ItemKind.FREE_TIME,
        at(31, "12:00"),
        at(31, "13:30"),
        text("Free time", "自由活動", "Вільний час"),
        "tainex",
        public=False,
    ),
    Item(
        ItemKind.DEPARTURE,
        at(31, "14:55"),
        at(31, "16:55"),
        text("Check-in and departure", "報到與離境", "Реєстрація на рейс і відліт"),
        "taoyuan",
        public=False,
        people=(("lin", PartRole.LIAISON),),
    ),
)
