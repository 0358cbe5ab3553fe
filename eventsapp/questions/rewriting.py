"""A PDF written anew: its pages as they look, and nothing else. `uploads.py` runs it as a process of its own.

A document of a few kilobytes may hold gigabytes, and PDFium takes what it is given. Here it has only so
much memory and time, and what needs more ends this process alone. Fields that were filled in and remarks
become part of the page; scripts, actions, links and attached files hang on nothing any more.
"""

import io
import resource
import sys
from contextlib import closing

import pypdfium2
from pypdfium2 import raw

MEMORY = 512 * 1024 * 1024  # bytes
SECONDS = 5
MOST_PAGES = 100
MOST_BYTES = 10 * 1024 * 1024  # of what is written
UNREADABLE, TOO_LONG, TOO_LARGE = 3, 4, 5


def main() -> int:
    """Standard input, written anew to standard output; else why not, by the number it ends with."""
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))
    try:
        with pypdfium2.PdfDocument(sys.stdin.buffer.read()) as read, pypdfium2.PdfDocument.new() as made:
            if not 0 < len(read) <= MOST_PAGES:
                return TOO_LONG
            for number in range(len(read)):
                _redraw(read, number, made)
            written = io.BytesIO()
            made.save(written)
    except pypdfium2.PdfiumError:
        return UNREADABLE
    if written.tell() > MOST_BYTES:
        return TOO_LARGE
    sys.stdout.buffer.write(written.getvalue())
    return 0


def _redraw(read: pypdfium2.PdfDocument, number: int, made: pypdfium2.PdfDocument) -> None:
    """One page as a drawing on an empty page, upright and in the size in which it is seen."""
    with closing(read[number]) as page:
        raw.FPDFPage_Flatten(page, raw.FLAT_PRINT)
    size = read.get_page_size(number)
    drawing = read.page_as_xobject(number, made)
    with closing(made.new_page(*size)) as page:
        page.insert_obj(drawing.as_pageobject())
        page.gen_content()


if __name__ == "__main__":
    sys.exit(main())
