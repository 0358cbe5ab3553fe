"""Files that strangers send: written anew or refused in one sentence, in bounded time and memory."""

import io
import resource
import struct
import time
import zlib

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from eventsapp.core.errors import Invalid
from eventsapp.questions import uploads
from eventsapp.questions.uploads import NewUpload, document, photo
from tests.factories.questions import picture

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"


def pdf(pages: int = 1) -> bytes:
    with pypdfium2.PdfDocument.new() as made:
        for _ in range(pages):
            made.new_page(200, 200).close()
        written = io.BytesIO()
        made.save(written)
    return written.getvalue()


def opened(upload: NewUpload) -> Image.Image:
    return Image.open(io.BytesIO(upload.content))


def bomb(width: int, height: int) -> bytes:
    """A PNG that says it is that large; a hundred bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    data = chunk(b"IDAT", zlib.compress(bytes(100)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + data + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("JPEG", "RGB"), ("JPEG", "CMYK"), ("JPEG", "L"), ("PNG", "RGBA"), ("PNG", "P"), ("PNG", "1"),
     ("PNG", "I;16"), ("PNG", "LA"), ("WEBP", "RGB"), ("WEBP", "RGBA")],
)  # fmt: skip
def test_pictures_of_every_sort_become_jpegs(kind: str, mode: str) -> None:
    made = photo("me.x", picture((50, 40), kind, mode))
    assert (made.media_type, made.name) == ("image/jpeg", "me.jpg")
    assert (opened(made).format, opened(made).size, opened(made).mode) == ("JPEG", (50, 40), "RGB")


def test_large_picture_is_made_smaller() -> None:
    assert opened(photo("x", picture((4000, 2000), "JPEG"))).size == (1600, 800)


def test_place_and_time_of_the_picture_are_gone_and_it_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010F] = "Camera of somebody"
    exif.get_ifd(0x8825)[1] = "N"
    sent = io.BytesIO()
    Image.new("RGB", (40, 20)).save(sent, "JPEG", exif=exif, comment=b"secret remark")
    made = photo("x.jpg", sent.getvalue())
    assert opened(made).size == (20, 40)
    assert not opened(made).getexif()
    assert b"Camera of somebody" not in made.content
    assert b"secret remark" not in made.content


def test_what_hangs_behind_a_picture_is_gone() -> None:
    made = photo("x.png", picture() + HTML + pdf())
    assert b"script" not in made.content
    assert b"%PDF" not in made.content


@pytest.mark.parametrize("size", [(7000, 6000), (30_000, 30_000), (2**31 - 1, 2**31 - 1)])
def test_picture_of_too_many_pixels_is_not_decoded(size: tuple[int, int]) -> None:
    for read in (photo, document):
        with pytest.raises(Invalid):
            read("bomb.png", bomb(*size))


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_picture_that_must_be_decoded_whole_is_smaller(kind: str) -> None:
    with pytest.raises(Invalid) as refused:
        photo("large", picture((4001, 4000), kind))
    assert refused.value.params == {"millions": 16}
    assert opened(photo("large", picture((5000, 4000), "JPEG"))).size == (1600, 1280)


NO_PICTURES = {
    "nothing": b"",
    "a NUL": b"\x00",
    "SVG": SVG,
    "HTML": HTML,
    "GIF": b"GIF89a" + bytes(20),
    "BMP": b"BM" + bytes(60),
    "TIFF": b"II*\x00" + bytes(60),
    "a program": b"MZ" + bytes(60),
    "an archive": b"PK\x03\x04" + bytes(60),
    "PostScript": b"%!PS-Adobe",
    "half a PNG": picture()[:60],
    "half a JPEG": picture((400, 400), "JPEG")[:300],
    "a JPEG's beginning": b"\xff\xd8\xff\xe0" + bytes(200),
    "a WebP's beginning": b"RIFF\x10\x00\x00\x00WEBPVP8 " + bytes(20),
    "too much": bytes(uploads.LARGEST + 1),
}


@pytest.mark.parametrize("content", NO_PICTURES.values(), ids=NO_PICTURES)
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    for read in (photo, document):
        with pytest.raises(Invalid):
            read("x.jpg", content)


def test_pdf_is_written_anew_without_what_hangs_behind() -> None:
    made = document("Letter of the mayor.PDF", pdf(2) + HTML)
    assert (made.name, made.media_type) == ("Letter of the mayor.pdf", "application/pdf")
    assert b"script" not in made.content
    with pypdfium2.PdfDocument(made.content) as read:
        assert len(read) == 2


SCRIPTED = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction 4 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>endobj\n"
    b"4 0 obj<</S/JavaScript/JS(app.alert\\(1\\))>>endobj\n"
    b"trailer<</Root 1 0 R/Size 5>>\n%%EOF"
)


def test_scripts_of_a_pdf_stay_behind() -> None:
    made = document("x.pdf", SCRIPTED)
    assert b"JavaScript" not in made.content
    assert b"OpenAction" not in made.content


def written(*objects: bytes) -> bytes:
    """A PDF of these objects, the first of which is its root."""
    made = b"%PDF-1.7\n"
    for number, content in enumerate(objects, 1):
        made += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    return made + b"trailer<</Root 1 0 R/Size %d>>\n%%%%EOF" % (len(objects) + 1)


def test_what_hangs_on_a_page_of_a_pdf_stays_behind_and_what_is_seen_stays() -> None:
    sent = written(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[-10 0 90 200]/Rotate 90/Contents 4 0 R/Annots[5 0 R 6 0 R 7 0 R]"
        b"/AA<</O<</S/JavaScript/JS(app.alert\\(1\\))>>>>>>",
        b"<</Length 29>>stream\n1 0 0 rg 0 0 100 200 re f    \nendstream",
        b"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/JavaScript/JS(app.alert\\(2\\))>>>>",
        b"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/Launch/F(evil.exe)>>>>",
        b"<</Type/Annot/Subtype/FileAttachment/Rect[0 0 9 9]/FS<</F(evil.exe)/EF<</F 8 0 R>>>>>>",
        b"<</Type/EmbeddedFile/Length 4>>stream\nEVIL\nendstream",
    )
    made = document("x.pdf", sent).content
    for word in (b"JavaScript", b"app.alert", b"Launch", b"evil.exe", b"EmbeddedFile", b"/AA", b"/Annot"):
        assert word not in made
    with pypdfium2.PdfDocument(made) as read:
        assert read.get_page_size(0) == (200, 100)  # as it is seen
        assert read[0].render().to_pil().convert("RGB").getpixel((100, 30)) == (255, 0, 0)


def test_pdf_that_holds_gigabytes_is_refused_soon_and_by_another_process() -> None:
    packer = zlib.compressobj()
    packed = packer.compress(b"1 0 ".ljust(16) + b"<</Type/Catalog/Pages 2 0 R>>")
    packed += b"".join(packer.compress(bytes(2**20)) for _ in range(700)) + packer.flush()
    objects = b"3 0 obj\n<</Type/ObjStm/N 1/First 16/Length %d/Filter/FlateDecode>>stream\n" % len(packed)
    sent = b"%PDF-1.7\n" + objects + packed + b"\nendstream\nendobj\n"
    table = bytes((0, 0, 0, 2, 0, 3, 0, 0, 0, 0, 0, 0, 1, 0, 9, 0))
    begins = len(sent)
    sent += b"4 0 obj\n<</Type/XRef/Size 4/W[1 2 1]/Root 1 0 R/Length %d>>stream\n" % len(table)
    sent += table + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % begins
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    with pytest.raises(Invalid):
        document("x.pdf", sent)
    assert time.monotonic() - began < 10
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200 * 1024


@pytest.mark.parametrize(
    "content", [b"%PDF-", b"%PDF-1.7\n%%EOF", b"%PDF-1.7" + picture(), pdf(101), pdf()[:200]]
)
def test_broken_or_endless_pdf_is_refused(content: bytes) -> None:
    with pytest.raises(Invalid):
        document("x.pdf", content)


def test_photo_is_no_pdf() -> None:
    with pytest.raises(Invalid):
        photo("x.jpg", pdf())


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\Users\\me\\Photo 1.JPEG", "Photo 1.jpg"),
        ("фото.png", "фото.jpg"),
        ("", "file.jpg"),
        ("\x00\r\nX: y", "file.jpg"),
        ("照片" * 300, "file.jpg"),
    ],
)
def test_name_keeps_its_words_and_nothing_else(sent: str, kept: str) -> None:
    assert photo(sent, picture()).name == kept


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_damaged_picture_is_kept_or_refused(kind: str, data: st.DataObject) -> None:
    sound = bytearray(picture((30, 20), kind))
    for _ in range(data.draw(st.integers(1, 6))):
        sound[data.draw(st.integers(0, len(sound) - 1))] = data.draw(st.integers(0, 255))
    try:
        made = photo("x", bytes(sound))
    except Invalid:
        return
    assert opened(made).format == "JPEG"


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_after_the_mark_of_a_pdf_are_kept_or_refused(rest: bytes) -> None:
    try:
        made = document("x.pdf", b"%PDF-1.4\n" + rest)
    except Invalid:
        return
    assert made.content.startswith(b"%PDF-")
