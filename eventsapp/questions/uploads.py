"""Files that strangers send, made into files that are ours. Pure: bytes in, bytes out, or one clear sentence.

A picture is decoded and written anew, so nothing of the bytes that came in is kept: no EXIF, no place
where it was taken, no second meaning. Its size is looked at before it is decoded. Of a PDF the pages are
drawn into a new one, by a process of its own (`rewriting.py`); scripts, attachments and actions stay behind.
"""

import hashlib
import io
import subprocess
import sys
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath

from PIL import Image, ImageOps

from eventsapp.core.errors import Invalid
from eventsapp.core.text import N_, clean
from eventsapp.questions import rewriting

MEBIBYTE = 1024 * 1024
LARGEST = 5 * MEBIBYTE
MOST_PIXELS = 40_000_000
MOST_PIXELS_WHOLE = 16_000_000  # of what cannot be decoded smaller than it is: everything but JPEG
LONGEST_SIDE = 1600  # pixels of what is kept
FORMATS = ("JPEG", "PNG", "WEBP")
QUALITY = 88

Image.MAX_IMAGE_PIXELS = MOST_PIXELS  # beyond it Pillow refuses to open, before it decodes anything

PDF, JPEG = "application/pdf", "image/jpeg"
_ENDINGS = {PDF: ".pdf", JPEG: ".jpg"}

# One at a time: a picture may need 300 MB while it is decoded, a PDF more.
_decoding = threading.Lock()
_rewriting = threading.Lock()


@dataclass(frozen=True)
class NewUpload:
    """A file as it will be kept."""

    name: str
    media_type: str
    content: bytes

    @property
    def sha256(self) -> str:
        """Of the content, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


def photo(name: str, content: bytes) -> NewUpload:
    """A JPEG, PNG or WebP as an upright JPEG of at most 1,600 pixels a side. Raises `Invalid`."""
    _refuse_size(content)
    with _decoding:
        return NewUpload(_named(name, JPEG), JPEG, _redrawn(content))


def document(name: str, content: bytes) -> NewUpload:
    """A PDF, or a picture as in `photo`. What it is, its content says. Raises `Invalid`."""
    _refuse_size(content)
    if not content.startswith(b"%PDF-"):
        try:
            return photo(name, content)
        except Invalid as error:
            if error.params:  # too large: it is a picture
                raise
            raise Invalid(N_("Please send a PDF, or a picture as JPEG, PNG or WebP.")) from error
    with _rewriting:
        return NewUpload(_named(name, PDF), PDF, _rewritten(content))


def _refuse_size(content: bytes) -> None:
    if not content:
        raise Invalid(N_("This file is empty."))
    if len(content) > LARGEST:
        raise Invalid(N_("This file is larger than %(megabytes)s megabytes."), megabytes=LARGEST // MEBIBYTE)


def _redrawn(content: bytes) -> bytes:
    try:
        with _opened(content) as image:
            if image.format != "JPEG" and image.width * image.height > MOST_PIXELS_WHOLE:
                raise _too_many(MOST_PIXELS_WHOLE)
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # JPEG: decode no more than is kept
            image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))  # before anything makes a second one of it
            return _as_jpeg(ImageOps.exif_transpose(image))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many(MOST_PIXELS) from error
    except (OSError, ValueError, SyntaxError) as error:
        raise Invalid(N_("Please send a picture as JPEG, PNG or WebP.")) from error


def _too_many(pixels: int) -> Invalid:
    return Invalid(
        N_("This picture has more than %(millions)s million pixels."), millions=pixels // 1_000_000
    )


@contextmanager
def _opened(content: bytes) -> Iterator[Image.Image]:
    """The picture, of which only the head was read; one with too many pixels is not opened."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(io.BytesIO(content), formats=FORMATS) as image:
            yield image


def _as_jpeg(image: Image.Image) -> bytes:
    """On a new sheet: remarks and colour profiles hang on the picture that was read."""
    has_gaps = image.mode in ("RGBA", "LA", "PA", "P")
    seen = image.convert("RGBA" if has_gaps else "RGB")
    sheet = Image.new("RGB", seen.size, "white")
    sheet.paste(seen, mask=seen.getchannel("A") if has_gaps else None)
    written = io.BytesIO()
    sheet.save(written, "JPEG", quality=QUALITY, optimize=True)
    return written.getvalue()


def _rewritten(content: bytes) -> bytes:
    try:
        ended = subprocess.run(  # noqa: S603 -- a program of ours; the file comes by its standard input
            [sys.executable, "-I", rewriting.__file__],
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=2 * rewriting.SECONDS,
            check=False,
            env={},
        )
        code = ended.returncode
    except subprocess.TimeoutExpired:
        code = rewriting.UNREADABLE
    if code == rewriting.TOO_LONG:
        raise Invalid(N_("A PDF may have at most %(most)s pages."), most=rewriting.MOST_PAGES)
    if code == rewriting.TOO_LARGE:
        raise Invalid(N_("This file is larger than %(megabytes)s megabytes."), megabytes=LARGEST // MEBIBYTE)
    if code:
        raise Invalid(N_("This PDF cannot be opened; is it protected by a password?"))
    return ended.stdout


def _named(name: str, media_type: str) -> str:
    """The name it came with, without folders, ending as what it is."""
    try:
        stem = PurePosixPath(clean(name.replace("\\", "/"), limit=400)).stem[:150]
    except Invalid:
        stem = ""
    return (stem or "file") + _ENDINGS[media_type]
