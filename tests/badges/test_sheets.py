"""Printed badges, looked at as a scanner and as a reader would: rendered, decoded, measured."""

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from nacl.signing import SigningKey

from eventsapp.badges.code import BadgeCode, encode
from eventsapp.badges.face import BadgeFace
from eventsapp.badges.pdf import SHEETS, SheetName, badges_pdf
from eventsapp.events.enums import Pattern

DPI = 150
KEY = SigningKey(bytes(range(32)))
LONG_WORD = "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewis"
MARKUP = '<b>#eval("1+1") $x$ *bold* _it_ \\ [x] @cite {{7*7}} // "'
# name, its language, the second line, title, organisation
PEOPLE = (
    ("Deputy Mayor Lee", "en", "李四川", "Deputy Mayor", "Taipei City Government"),
    ("李四川", "zh-Hant", "Lee Shu-Chuan", "副市長", "臺北市政府"),
    ("Олена Прикладенко", "uk", "", "Перекладачка", "Київська міська державна адміністрація"),
    ("Łucja Przykładowa", "pl", "", "Doradczyni", "Urząd Miasta Warszawa-Demo"),
    ("José Ñandú-Ejemplo", "es", "", "", ""),
    ("Nguyễn Văn Mẫu", "vi", "", "Trưởng đoàn", "Thành phố Mẫu"),
    ("Ms O", "", "", "", ""),
    ("Suharsa", "", "", "Head of International Cooperation", ""),
    ("محمد عبد الرحمن المثالي", "ar", "Mohammed Al-Mithali", "رئيس الوفد", "أمانة مدينة المثال"),
    ("דוד לדוגמה", "he", "David Ledugma", "ראש העיר", "עיריית דוגמה"),
    ("สมชาย ตัวอย่างกุล", "th", "Somchai", "ผู้อำนวยการ", "กรุงเทพมหานคร"),
    ("見本 花子", "ja", "Hanako Mihon", "国際交流課長", "見本市役所"),
    ("김견본", "ko", "Kim Gyeonbon", "국제협력과장", "견본광역시"),
    ("नमूना देवी", "hi", "Namuna Devi", "महापौर", "नमूना नगर निगम"),
    ("Ελένη Παραδείγματος", "el", "", "Δήμαρχος", "Δήμος"),
    (LONG_WORD, "de", LONG_WORD, LONG_WORD * 3, "Bundesministerium " * 20),
    (MARKUP, "", MARKUP, MARKUP, MARKUP),
)


def _face(number: int) -> BadgeFace:
    name, lang, native, title, organisation = PEOPLE[number % len(PEOPLE)]
    badge = int.from_bytes(hashlib.sha256(bytes([number])).digest()[:7], "big")
    days = date(2023, 3, 28), date(2023, 3, 31)
    return BadgeFace(
        event_title="2023 Smart City Summit & Expo",
        event_note="28–31 March 2023 · Taipei",
        name=name,
        name_lang=lang,
        native_name=native,
        title=title,
        organisation=organisation,
        lang=lang,
        code=encode(BadgeCode(1, 77, badge, 1, number % 256, *days), KEY),
        short_code="4F7K 9QRT",
        category_name="Head of delegation",
        category_letter="H",
        category_colour=("#b8860b", "#1d5fbf", "#ffffff", "#14254a")[number % 4],
        category_pattern=list(Pattern)[number % len(Pattern)],
        zones=tuple("ABCDEFGH"[: number % 9]),
    )


FACES = [_face(number) for number in range(len(PEOPLE))]


def _pictures(document: bytes) -> list[Any]:
    with pypdfium2.PdfDocument(document) as opened:
        return [page.render(scale=DPI / 72).to_pil() for page in opened]


def _decoded(document: bytes) -> list[str]:
    return [
        symbol.text
        for picture in _pictures(document)
        for symbol in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    ]


def _text(document: bytes) -> str:
    with pypdfium2.PdfDocument(document) as opened:
        return "\n".join(page.get_textpage().get_text_range() for page in opened)


def _millimetres(document: bytes) -> list[tuple[int, int]]:
    with pypdfium2.PdfDocument(document) as opened:
        return [(round(width / 72 * 25.4), round(height / 72 * 25.4)) for width, height in _sizes(opened)]


def _sizes(opened: Any) -> Sequence[tuple[float, float]]:
    return [page.get_size() for page in opened]


@pytest.fixture(scope="module", params=SHEETS)
def sheet(request: pytest.FixtureRequest) -> SheetName:
    name: SheetName = request.param
    return name


@pytest.fixture(scope="module")
def printed(sheet: SheetName) -> bytes:
    return badges_pdf(FACES, sheet)


def test_a_sheet_has_its_size_and_no_page_too_many(printed: bytes, sheet: SheetName) -> None:
    layout = SHEETS[sheet]
    pages = -(-len(FACES) // (layout.columns * layout.rows))
    assert _millimetres(printed) == [(round(layout.page_width), round(layout.page_height))] * pages


def test_the_symbol_is_at_least_twenty_millimetres_wide(printed: bytes) -> None:
    first = zxingcpp.read_barcodes(_pictures(printed)[0], formats=zxingcpp.BarcodeFormat.QRCode)[0].position
    assert (first.top_right.x - first.top_left.x) / DPI * 25.4 >= 20


def test_names_are_written_into_the_document_in_every_script() -> None:
    text = _letters(_text(badges_pdf(FACES[:8], "a6")))
    for face in FACES[:8]:
        assert _letters(face.name) in text


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalpha())


def test_the_same_badges_give_the_same_bytes() -> None:
    assert badges_pdf(FACES[:3], "card") == badges_pdf(FACES[:3], "card")
