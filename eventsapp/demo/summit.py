"""The summit (days and place are public knowledge, sessions are ours), its forum, and the gathering of 2022."""

from eventsapp.core.db import LanguageMap
from eventsapp.demo.data import Item, at, text
from eventsapp.events.enums import Pattern
from eventsapp.programme.enums import Audience, ItemKind, PartRole

TITLE = text("2023 Smart City Summit & Expo", "2023智慧城市展", "Саміт і виставка «Розумне місто» 2023")
SUBTITLE = text("Cities on the way to net zero", "邁向淨零的城市", "Міста на шляху до нульових викидів")
DESCRIPTION = text(
    "City leaders, companies and researchers meet for four days. Days and venue are public knowledge; the sessions shown "
    "here are a demonstration.",
    "城市領袖、企業與研究人員齊聚四天。日期與場地為公開資訊，此處議程為示範。",
    "Керівники міст, компанії та дослідники зустрічаються протягом чотирьох днів. Дні та місце загальновідомі; "
    "показані тут сесії – демонстраційні.",
)
PRACTICAL = text(
    "The doors open at 08:30. Take the metro to Taipei Nangang Exhibition Center. The whole hall is step-free.",
    "08:30開放入場。請搭捷運至南港展覽館站。全館無障礙。",
    "Двері відчиняються о 08:30. Їдьте метро до станції Taipei Nangang Exhibition Center. Увесь зал без сходів.",
)

FORUM_TITLE = text("Net Zero City Forum", "淨零城市論壇", "Форум міст із нульовими викидами")
GATHERING_TITLE = text("Support Ukraine", "力挺烏克蘭", "Підтримай Україну")
GATHERING = text(
    "Held at the Taipei City Hall: the flag of Ukraine was flown, and visitors left messages of support on a “Wall of Democracy”.",
    "於臺北市政府舉行：升起烏克蘭國旗，民眾於「民主牆」留下支持訊息。",
    "Відбулося в мерії Тайбея: підняли прапор України, а відвідувачі залишали слова підтримки на «Стіні демократії».",
)

TRACKS = (
    ("energy", text("Energy", "能源", "Енергетика"), "#b45309"),
    ("mobility", text("Mobility", "交通", "Мобільність"), "#0f766e"),
    ("governance", text("Open governance", "開放治理", "Відкрите врядування"), "#4338ca"),
)

_S, _M = PartRole.SPEAKER, PartRole.MODERATOR
_OPENING_NOTE = text(
    "The delegation of Kyiv attended this ceremony; the hour is ours.",
    "基輔代表團出席此開幕式，時間為示範設定。",
    "Делегація Києва була на цій церемонії; годину вигадано.",
)

ITEMS = (
    Item(ItemKind.CEREMONY, at(28, "09:30"), at(28, "11:00"), text("Opening ceremony", "開幕式", "Церемонія відкриття"), "plenary", _OPENING_NOTE, people=(("chang", PartRole.MC),)),
    Item(ItemKind.SESSION, at(28, "11:30"), at(28, "12:30"), text("Microgrids that survive a blackout", "停電也能運作的微電網", "Мікромережі, що переживають знеструмлення"), "701e", people=(("deigma", _S), ("hypothesis", _M)), track="energy", wants_answer=True, capacity=6),
    Item(ItemKind.SESSION, at(28, "11:30"), at(28, "12:30"), text("Buses that arrive when they say", "準點公車", "Автобуси, що приходять вчасно"), "press-centre", people=(("nguyen", _S),), track="mobility"),
    Item(ItemKind.PLENARY, at(28, "13:30"), at(28, "15:00"), text("Mayors’ plenary", "市長大會", "Пленарне засідання мерів"), "plenary", people=(("o", _S), ("przykladowa", _S), ("chang", _M)), track="governance"),
    Item(ItemKind.BILATERAL, at(28, "15:15"), at(28, "16:00"), text("Bilateral: Northport and Estavia", "雙邊會談：北港與艾斯塔維亞", "Двостороння зустріч: Нортпорт і Еставія"), "701c", people=(("o", PartRole.PARTICIPANT), ("musterfrau", PartRole.PARTICIPANT)), public=False, audience=Audience.PEOPLE),
    Item(ItemKind.BILATERAL, at(28, "16:00"), at(28, "16:45"), text("Bilateral: Northport and Warsaw (demo)", "雙邊會談：北港與華沙（示範）", "Двостороння зустріч: Нортпорт і Варшава (демо)"), "701c", people=(("o", PartRole.PARTICIPANT), ("przykladowy", PartRole.PARTICIPANT)), public=False, audience=Audience.PEOPLE),
    Item(ItemKind.SEMINAR, at(29, "09:30"), at(29, "11:00"), text("Seminar on smart cities", "智慧城市研討會", "Семінар про розумні міста"), "plenary", people=(("nandu", _S), ("yamada", _S)), track="governance"),
    Item(ItemKind.SESSION, at(29, "11:30"), at(29, "12:30"), text("Heat from data centres", "資料中心的餘熱", "Тепло від центрів обробки даних"), "701e", people=(("kim", _S),), track="energy"),
    Item(ItemKind.SESSION, at(29, "14:00"), at(29, "15:30"), text("Streets for children", "給孩子的街道", "Вулиці для дітей"), "701e", people=(("d-exemple", _S), ("mithal", _S)), track="mobility"),
    Item(ItemKind.SESSION, at(30, "09:30"), at(30, "11:00"), text("Records that anyone can read", "人人可讀的政府紀錄", "Документи, які може прочитати кожен"), "701e", people=(("dugma", _S), ("tuayang", _S)), track="governance"),
    Item(ItemKind.CEREMONY, at(31, "09:30"), at(31, "11:30"), text("City leaders’ closing", "城市領袖閉幕式", "Закриття за участі керівників міст"), "plenary", people=(("chang", PartRole.MC),)),
)  # fmt: skip

# letter, name, colour, pattern, letters of the zones it opens
CATEGORIES: tuple[tuple[str, LanguageMap, str, Pattern, str], ...] = (
    ("H", text("Head of delegation", "團長", "Голова делегації"), "#b8860b", Pattern.PLAIN, "EPLBSH"),
    ("D", text("Delegate", "代表", "Делегат"), "#1d4ed8", Pattern.STRIPES, "EPBSH"),
    ("O", text("Official", "官員", "Офіційна особа"), "#1e3a5f", Pattern.GRID, "EPLBTSH"),
    ("S", text("Speaker", "講者", "Доповідач"), "#15803d", Pattern.DOTS, "EPL"),
    ("B", text("Observer", "觀察員", "Спостерігач"), "#0f766e", Pattern.DIAGONAL, "EP"),
    ("M", text("Media", "媒體", "Преса"), "#ca8a04", Pattern.WAVES, "EMH"),
    ("T", text("Staff", "工作人員", "Персонал"), "#6b7280", Pattern.PLAIN, "EPLBMKTSH"),
    ("I", text("Interpreter", "口譯員", "Перекладач"), "#7c3aed", Pattern.STRIPES, "EPLBSH"),
    ("X", text("Security", "安全人員", "Охорона"), "#b91c1c", Pattern.GRID, "EPLBMKTSH"),
    ("L", text("Supplier", "供應商", "Постачальник"), "#9ca3af", Pattern.DOTS, "EK"),
    ("V", text("Day visitor", "單日訪客", "Одноденний відвідувач"), "#c2410c", Pattern.DIAGONAL, "E"),
)
