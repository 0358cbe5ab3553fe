"""Where it happens. Coordinates are approximate; venues named as demo are invented."""

from dataclasses import dataclass

from eventsapp.core.db import LanguageMap
from eventsapp.core.provenance import Source
from eventsapp.demo.data import DEMO, EXTERNAL, SEED, text

ZONE = "Asia/Taipei"


@dataclass(frozen=True)
class Hall:
    """A room; `zone` is the letter of the zone it lies in."""

    key: str
    names: LanguageMap
    capacity: int | None = None
    zone: str = ""
    floor: str = ""
    reset_minutes: int = 0
    source: Source = DEMO


@dataclass(frozen=True)
class Site:
    """A venue with its zones (letter → name) and rooms."""

    key: str
    names: LanguageMap
    latitude: float
    longitude: float
    zones: tuple[tuple[str, LanguageMap], ...] = ()
    rooms: tuple[Hall, ...] = ()
    address: LanguageMap | None = None
    source: Source = DEMO
    reference: str = ""


SITES = (
    Site(
        "tainex",
        text("TaiNEX Hall 2", "臺北南港展覽館2館", "Виставковий центр TaiNEX, зал 2"),
        25.0577,
        121.6155,
        zones=(
            ("E", text("Public expo", "公開展區", "Відкрита виставка")),
            ("P", text("Plenary", "大會場", "Пленарна зала")),
            ("L", text("Leaders’ lounge", "貴賓室", "Зала для керівників")),
            ("B", text("Bilateral rooms", "雙邊會談室", "Кімнати двосторонніх зустрічей")),
            ("M", text("Press centre", "新聞中心", "Пресцентр")),
            ("K", text("Backstage", "後臺", "За лаштунками")),
            ("T", text("Secretariat", "祕書處", "Секретаріат")),
        ),
        rooms=(
            Hall("plenary", text("Plenary hall", "大會廳", "Пленарна зала"), 800, "P", "7"),
            Hall("701ab", text("Room 701AB", "701AB會議室", "Зала 701AB"), 200, "P", "7", source=EXTERNAL),
            Hall("701c", text("Room 701C", "701C會議室", "Зала 701C"), 12, "B", "7", 15),
            Hall("701d", text("Room 701D", "701D會議室", "Зала 701D"), 12, "B", "7", 15),
            Hall("701e", text("Room 701E", "701E會議室", "Зала 701E"), 40, "P", "7", 15),
            Hall("press-centre", text("Press centre", "新聞中心", "Пресцентр"), 60, "M", "4"),
        ),
        source=EXTERNAL,
        reference="taiwannews.com.tw/en/news/4849105",
    ),
    Site(
        "city-hall",
        text("Taipei City Hall", "臺北市政府大樓", "Мерія Тайбея"),
        25.0375,
        121.5644,
        zones=(
            ("S", text("Signing hall", "簽約廳", "Зала підписання")),
            ("H", text("City Hall lobby", "市府大廳", "Вестибюль мерії")),
        ),
        rooms=(
            Hall("signing-hall", text("Demo Signing Hall", "示範簽約廳", "Демо-зала підписання"), 120, "S"),
            Hall("lobby", text("Lobby", "大廳", "Вестибюль"), 300, "H"),
            Hall("meeting-room", text("Demo Meeting Room", "示範會議室", "Демо-кімната засідань"), 24, "S"),
        ),
        source=SEED,
    ),
    Site(
        "taoyuan",
        text("Taoyuan International Airport", "桃園國際機場", "Міжнародний аеропорт Таоюань"),
        25.0777,
        121.2328,
        source=EXTERNAL,
    ),
    Site("hotel", text("Demo Hotel Nangang", "南港示範飯店", "Демо-готель «Нанган»"), 25.0530, 121.6072),
    Site(
        "mofa-house",
        text("Ministry of Foreign Affairs", "外交部", "Міністерство закордонних справ"),
        25.0386,
        121.5158,
        source=EXTERNAL,
    ),
    Site(
        "neihu",
        text("Neihu Technology Park", "內湖科技園區", "Технологічний парк Нейху"),
        25.0795,
        121.5750,
        source=EXTERNAL,
    ),
    Site(
        "music-center",
        text("Taipei Music Center area", "臺北流行音樂中心周邊", "Район Тайбейського музичного центру"),
        25.0519,
        121.5988,
        source=EXTERNAL,
    ),
    Site(
        "riverside",
        text(
            "Demo Riverside Works (construction site)",
            "河岸示範工程（工地）",
            "Демо-об’єкт «Набережна» (будмайданчик)",
        ),
        25.0728,
        121.5068,
    ),
    Site(
        "restaurant", text("Demo Garden Restaurant", "花園示範餐廳", "Демо-ресторан «Сад»"), 25.0401, 121.5650
    ),
)
