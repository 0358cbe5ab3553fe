"""Badges in print: rendered as a printer would at 150 dpi, read by an independent decoder."""

import re

import pypdfium2
import pytest
import zxingcpp

from eventsapp.badges import pdf
from eventsapp.badges.face import BadgeFace, ink_on
from eventsapp.badges.pdf import SHEETS, SheetName, badges_pdf, single_badge_pdf
from eventsapp.events.enums import Pattern
from tests.factories.badges import LONG_WORD, MARKUP, demonstration_faces, make_face, make_faces

DPI = 150
EACH_SHEET = pytest.mark.parametrize("sheet", list(SHEETS))


def _pages(made: bytes) -> list[pypdfium2.PdfPage]:
    return list(pypdfium2.PdfDocument(made))


def _codes(made: bytes) -> list[str]:
    """Every code that a decoder finds on the rendered pages."""
    pictures = (page.render(scale=DPI / 72).to_pil() for page in _pages(made))
    only_qr = zxingcpp.BarcodeFormat.QRCode
    return [found.text for picture in pictures for found in zxingcpp.read_barcodes(picture, formats=only_qr)]


def _text(made: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in _pages(made))


def _squeezed(text: str) -> str:
    return re.sub(r"[\s\u200b\ufffe\xad-]", "", text)


@EACH_SHEET
def test_every_sheet_is_decoded_in_every_script(sheet: SheetName) -> None:
    faces = make_faces()
    made = badges_pdf(faces, sheet)
    assert sorted(_codes(made)) == sorted(face.code for face in faces)
    layout = SHEETS[sheet]
    pages = _pages(made)
    assert len(pages) == -(-len(faces) // (layout.columns * layout.rows))
    size = tuple(round(side * 25.4 / 72, 1) for side in pages[0].get_size())
    assert size == (layout.page_width, layout.page_height)


def test_every_name_of_the_demonstration_is_printed_and_decoded() -> None:
    faces = demonstration_faces()
    made = badges_pdf(faces, "a6")
    assert sorted(_codes(made)) == sorted(face.code for face in faces)
    printed = _squeezed(_text(made))
    for face in faces:
        if face.name.isascii():
            assert _squeezed(face.name) in printed


def test_badge_for_a_guests_own_printer_is_decoded_and_tagged() -> None:
    for face in make_faces():
        made = single_badge_pdf(face)
        assert _codes(made) == [face.code]
        assert b"/StructTreeRoot" in made


@EACH_SHEET
def test_names_are_data_and_never_markup(sheet: SheetName) -> None:
    made = badges_pdf([make_face(MARKUP, organisation="{{7*7}} *b* $x$ #x", title='"]; #panic()')], sheet)
    printed = _squeezed(_text(made))
    assert _squeezed(MARKUP) in printed
    assert _squeezed("{{7*7}} *b* $x$ #x") in printed
    assert _squeezed('"]; #panic()') in printed


@EACH_SHEET
def test_long_words_stay_inside_the_badge(sheet: SheetName) -> None:
    face = make_face(LONG_WORD, title=LONG_WORD, organisation=LONG_WORD, native_name=LONG_WORD)
    made = badges_pdf([face], sheet)
    assert _squeezed(_text(made)).count(LONG_WORD) == 4
    layout = SHEETS[sheet]
    (page,) = _pages(made)
    left = (layout.page_width - layout.columns * layout.badge_width) / 2 * 72 / 25.4
    right = left + layout.badge_width * 72 / 25.4
    words = page.get_textpage()
    boxes = [words.get_rect(index) for index in range(words.count_rects())]
    assert boxes
    assert all(left <= box[0] and box[2] <= right for box in boxes)


@pytest.mark.parametrize("text", ["", "x" * 300, "漢" * 200, "م" * 200])
def test_absurd_lengths_are_printed_all_the_same(text: str) -> None:
    face = make_face(text or "O", title=text, organisation=text, native_name=text, zones=("A",) * 12)
    assert _codes(badges_pdf([face], "card")) == [face.code]


def test_many_badges_keep_their_order_over_several_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "AT_ONCE", 5)
    faces = make_faces(12)
    assert _codes(badges_pdf(faces, "a6")) == [face.code for face in faces]


def test_sheet_is_full_before_the_next_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "AT_ONCE", 20)
    assert len(_pages(badges_pdf(make_faces(33), "a4-8"))) == 5


def test_nothing_to_print_is_an_error() -> None:
    with pytest.raises(ValueError, match="no badges"):
        badges_pdf([], "a6")


def test_patterns_differ_without_colour() -> None:
    def band(face: BadgeFace) -> bytes:
        (page,) = _pages(badges_pdf([face], "a6"))
        picture = page.render(scale=1).to_pil().convert("L")
        return picture.crop((0, picture.height - 50, picture.width, picture.height)).tobytes()

    bands = [band(make_face(category_pattern=pattern)) for pattern in Pattern]
    assert len(set(bands)) == len(Pattern) == 6


@pytest.mark.parametrize("colour", ["#ffffff", "#f2c200", "#000000", "#1d5fbf", "#808080"])
def test_ink_stands_out_on_every_colour(colour: str) -> None:
    assert ink_on(colour) == ("#ffffff" if colour in ("#000000", "#1d5fbf") else "#101820")


@pytest.mark.parametrize("wrong", [{"name": " "}, {"code": ""}, {"category_colour": "red"}])
def test_face_that_cannot_be_drawn_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"needs a name|not a "):
        make_face(**wrong)  # type: ignore[arg-type]
