"""Faces of badges for tests: everybody has another script, a long word or markup in their name."""

from datetime import date
from typing import Any

from nacl.signing import SigningKey

from eventsapp.badges.code import BadgeCode, encode
from eventsapp.badges.face import BadgeFace
from eventsapp.demo import people
from eventsapp.events.enums import Pattern

KEY = SigningKey(bytes(range(32)))
LONG_WORD = "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarenwohl"
MARKUP = '<b>#eval("1+1") $x$ *bold* _it_ \\ [x] @cite {{7*7}} \'; DROP'

# name and its language, second line and its language, title, organisation, zones
_PEOPLE = (
    ("Deputy Mayor Lee", "", "李四川", "zh-Hant", "Deputy Mayor", "Taipei City Government", "ABCD"),
    ("Олена Прикладенко", "uk", "", "", "Перекладачка", "Київська міська державна адміністрація", "AC"),
    ("Łucja Przykładowa", "pl", "", "", "Doradczyni Prezydenta", "Urząd Miasta Warszawa-Demo", "A"),
    ("Nguyễn Văn Mẫu", "vi", "", "", "Trưởng đoàn", "Ủy ban Nhân dân Thành phố Mẫu", "ABCDEFGH"),
    ("Ms O", "", "", "", "", "", "A"),
    ("Mohammed Al-Mithali", "", "محمد المثالي", "ar", "Head of delegation", "بلدية المثال", "ABC"),
    ("محمد عبد الرحمن المثالي", "ar", "Mohammed Abdulrahman", "en", "رئيس الوفد", "أمانة مدينة المثال", "A"),
    ("דוד לדוגמה", "he", "David Ledugma", "", "ראש העיר", "עיריית דוגמה", "A"),
    ("สมชาย ตัวอย่างกุล", "th", "Somchai Tuayangkul", "", "ผู้อำนวยการ", "กรุงเทพมหานคร", "A"),
    ("見本 花子", "ja", "Hanako Mihon", "", "国際交流課長", "見本市役所", "AD"),
    ("김견본", "ko", "Kim Gyeonbon", "", "국제협력과장", "견본광역시", "A"),
    ("नमूना देवी", "hi", "Namuna Devi", "", "महापौर", "नमूना नगर निगम", "A"),
    ("Ελένη Παραδείγματος", "el", "", "", "Δήμαρχος", "Δήμος Παραδείγματος", "A"),
    (LONG_WORD, "de", "", "", LONG_WORD + "vorsitzender", f"Bundesministerium für {LONG_WORD}", "AB"),
    (MARKUP, "", '@cite ~ -- "q"', "", "{{7*7}} <script>", "'; DROP TABLE", "Z"),
)


def signed(badge: int = 1, **given: Any) -> str:
    """The code of a badge, signed with the tests' own key."""
    usual: dict[str, Any] = {
        "key_id": 1,
        "event": 77,
        "badge": badge,
        "revision": 1,
        "category": 3,
        "first_day": date(2026, 6, 2),
        "last_day": date(2026, 6, 4),
    }
    return encode(BadgeCode(**{**usual, **given}), KEY)


def make_face(name: str = "Ada Example", number: int = 1, **given: Any) -> BadgeFace:
    """A badge as it is printed; further keywords as in `BadgeFace`."""
    usual: dict[str, Any] = {
        "event_title": "Harbour Cities Forum",
        "event_note": "2–4 June 2026 · Northport",
        "code": signed(number),
        "short_code": f"ABCD {number:04}",
        "category_name": "Delegate",
        "category_letter": "D",
        "category_colour": ("#1d5fbf", "#f2c200", "#ffffff", "#14254a")[number % 4],
        "category_pattern": list(Pattern)[number % len(Pattern)],
        "lang": "en",
    }
    return BadgeFace(name=name, **{**usual, **given})


def make_faces(count: int | None = None) -> list[BadgeFace]:
    """One badge for each of the people above, again and again up to `count`."""
    faces = []
    for number in range(count or len(_PEOPLE)):
        name, name_lang, second, second_lang, title, body, zones = _PEOPLE[number % len(_PEOPLE)]
        faces.append(
            make_face(
                name,
                number,
                name_lang=name_lang,
                native_name=second,
                native_name_lang=second_lang,
                title=title,
                organisation=body,
                zones=tuple(zones),
            )
        )
    return faces


def demonstration_faces() -> list[BadgeFace]:
    """Every name, in every script, of everybody in the demonstration."""
    names = [name for somebody in people.EVERYBODY for name in somebody.names]
    return [make_face(name.full, 100 + n, name_lang=name.language) for n, name in enumerate(names)]
