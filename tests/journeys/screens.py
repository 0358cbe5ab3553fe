"""Pictures of every page, in three languages, on a phone and on a desk: `make screens`.

    python -m tests.journeys.screens [--only NAME] [--languages en,uk] [--into FOLDER]

A long page is cut below; the colours are reduced to a palette, so that all of them stay small.
"""

import argparse
import io
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page
from rich.progress import track

from tests.journeys import stage, visitors
from tests.journeys.pages import Address, addresses
from tests.journeys.stage import Site

FOLDER = Path(__file__).parents[2] / "docs" / "screens"
LANGUAGES = {"en": "English", "zh-Hant": "繁體中文", "uk": "Українська"}
SIZES = {"phone": visitors.PHONE, "desk": visitors.DESK}
TALLEST = {"phone": 1400, "desk": 1000}  # pixels of a page that are kept
COLOURS = 16
READERS = {
    "public": "Everybody",
    "guest": "Guests, by their personal links",
    "organiser": "Organisers",
    "door": "Stewards at the door",
}


def main() -> None:
    """Take the pictures and write their index."""
    asked = _arguments()
    languages = asked.languages.split(",")
    with tempfile.TemporaryDirectory() as scratch:
        loaded = stage.load(Path(scratch) / "loaded")
        with stage.opened(loaded, Path(scratch) / "site") as site, visitors.chromium() as browser:
            every = [known for known in addresses(site) if asked.only in known.name]
            if not asked.only:
                shutil.rmtree(asked.into, ignore_errors=True)
            for language in languages:
                _take(browser, site, every, language, asked.into)
    if not asked.only:
        (asked.into / "README.md").write_text(index(every, languages), encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Pictures of every page into docs/screens/.")
    parser.add_argument("--only", default="", help="pages whose name contains this")
    parser.add_argument("--languages", default=",".join(LANGUAGES))
    parser.add_argument("--into", type=Path, default=FOLDER)
    return parser.parse_args()


def _take(browser: Browser, site: Site, every: Sequence[Address], language: str, folder: Path) -> None:
    pages = {who: visitors.visitor(browser, site, language).new_page() for who in READERS}
    visitors.sign_in(pages["organiser"], site)
    for address in track(every, description=LANGUAGES[language]):
        page = pages[address.who]
        page.set_viewport_size(visitors.PHONE)  # type: ignore[arg-type]
        page.goto(f"{address.path}{'&' if '?' in address.path else '?'}lang={language}")
        for size, viewport in SIZES.items():
            page.set_viewport_size(viewport)  # type: ignore[arg-type]
            visitors.ready(page)
            path = folder / address.who / f"{address.name}.{language}.{size}.webp"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(small(_picture(page, viewport["width"], TALLEST[size])))
    for page in pages.values():
        page.context.close()


def _picture(page: Page, width: int, tallest: int) -> bytes:
    height = min(page.evaluate("document.documentElement.scrollHeight"), tallest)
    return page.screenshot(
        full_page=True, clip={"x": 0, "y": 0, "width": width, "height": height}, animations="disabled"
    )


def small(picture: bytes) -> bytes:
    """The same picture with few colours."""
    reduced = Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    data = io.BytesIO()
    reduced.convert("RGB").save(data, "WEBP", lossless=True, quality=30, method=2)
    return data.getvalue()


def index(every: Sequence[Address], languages: Sequence[str]) -> str:
    """The list of all pictures, by reader."""
    lines = [
        "# Every page in pictures",
        "",
        "Made by `make screens` from the demonstration data, moved to the day on which they were taken.",
        "Phone: 360 pixels wide; desk: 1280. Long pages are cut below.",
    ]
    for who, heading in READERS.items():
        lines += ["", f"## {heading}", "", "| page | phone | desk |", "|---|---|---|"]
        for address in every:
            if address.who == who:
                cells = (_links(address, languages, size) for size in SIZES)
                lines.append(f"| {address.name} | {' | '.join(cells)} |")
    return "\n".join([*lines, ""])


def _links(address: Address, languages: Sequence[str], size: str) -> str:
    return " ".join(f"[{tag}]({address.who}/{address.name}.{tag}.{size}.webp)" for tag in languages)


if __name__ == "__main__":
    main()
