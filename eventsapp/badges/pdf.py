"""Badges as PDF: faces in, bytes out.

| sheet   | page            | badges | badge        | for                                             |
|---------|-----------------|--------|--------------|-------------------------------------------------|
| `a4-8`  | A4 upright      | 2 x 4  | 90 x 60 mm   | inserts for the usual clip-on holders, to cut   |
| `a4-10` | A4 upright      | 2 x 5  | 90 x 54 mm   | inserts of business-card height, to cut         |
| `a6`    | A6 upright      | 1      | 105 x 148 mm | lanyard wallets; a printer with A6 in its tray  |
| `card`  | the card itself | 1      | 85.6 x 54 mm | plastic card printers (ISO 7810 ID-1)           |
| `label` | the label       | 1      | 100 x 62 mm  | label printers at the door; reads in black      |

The QR symbol is printed at 24 mm and more with its quiet zone, 34 mm on A6 badges.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

from eventsapp.badges.face import BadgeFace, ink_on
from eventsapp.printing import qr, symbol
from eventsapp.printing.engine import compile_pdf, join_pdfs
from eventsapp.printing.run import run

SheetName = Literal["a4-8", "a4-10", "a6", "card", "label"]
AT_ONCE: Final = 250  # badges set by one process: 0.16 GB of memory


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where badges stand on a page; all in millimetres, `qr` without the quiet zone."""

    page_width: float
    page_height: float
    badge_width: float
    badge_height: float
    qr: float
    columns: int = 1
    rows: int = 1
    cuts: bool = False
    at_top: bool = False


SHEETS: Final[dict[SheetName, Sheet]] = {
    "a4-8": Sheet(210, 297, 90, 60, qr=24, columns=2, rows=4, cuts=True),
    "a4-10": Sheet(210, 297, 90, 54, qr=24, columns=2, rows=5, cuts=True),
    "a6": Sheet(105, 148, 105, 148, qr=30),
    "card": Sheet(85.6, 54, 85.6, 54, qr=23),
    "label": Sheet(100, 62, 100, 62, qr=25),
}
_AT_HOME: Final = Sheet(210, 297, 105, 148, qr=30, cuts=True, at_top=True)


def badges_pdf(badges: Sequence[BadgeFace], sheet: SheetName) -> bytes:
    """All `badges` in their order, as many to a page as the sheet holds.

    Raises `ValueError` when there are none, `PrintingFailed` when no PDF comes of it.
    """
    return join_pdfs(list(badges_pdf_parts(badges, sheet)))


def badges_pdf_parts(badges: Sequence[BadgeFace], sheet: SheetName) -> Iterator[bytes]:
    """The same in PDFs of up to 250 badges each, one after the other: for progress, and for disks."""
    if not badges:
        raise ValueError("no badges to print")
    layout = SHEETS[sheet]
    per_page = layout.columns * layout.rows
    step = AT_ONCE - AT_ONCE % per_page
    for start in range(0, len(badges), step):
        yield _compiled(badges[start : start + step], layout, tagged=False)


def single_badge_pdf(badge: BadgeFace) -> bytes:
    """One badge of A6 size on an A4 page with marks to cut along, for a guest's own printer."""
    return _compiled([badge], _AT_HOME, tagged=True)


def _compiled(badges: Sequence[BadgeFace], sheet: Sheet, *, tagged: bool) -> bytes:
    data = {
        "title": badges[0].event_title,
        "sheet": asdict(sheet),
        "badges": [_placed(badge) for badge in badges],
    }
    return compile_pdf("badges", data, tagged=tagged)


def _placed(badge: BadgeFace) -> dict[str, Any]:
    """A face as the template takes it."""
    modules = symbol.rows(badge.code)
    return {
        "event": run(badge.event_title, badge.lang),
        "note": run(badge.event_note, badge.lang),
        "name": run(badge.name, badge.name_lang),
        "native": run(badge.native_name, badge.native_name_lang),
        "title": run(badge.title, badge.lang),
        "organisation": run(badge.organisation, badge.lang),
        "category": run(badge.category_name, badge.lang),
        "letter": badge.category_letter,
        "colour": badge.category_colour,
        "ink": ink_on(badge.category_colour),
        "pattern": badge.category_pattern,
        "zones": badge.zones,
        "short": badge.short_code,
        "qr": {"units": len(modules), "path": qr.path(modules), "alt": badge.short_code},
    }
