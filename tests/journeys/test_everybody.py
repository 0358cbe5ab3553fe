"""Every page as axe-core sees it, and within a narrow phone."""

from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.pages import Address, addresses
from tests.journeys.stage import Site
from tests.journeys.visitors import pair, sign_in, visitor

pytestmark = pytest.mark.browser

NARROW = {"width": 320, "height": 740}
WIDE = {"width": 1280, "height": 900}
EVERY_RULE: dict[str, Any] = {"resultTypes": ["violations"]}
CONTRAST: dict[str, Any] = {"runOnly": ["color-contrast"], "resultTypes": ["violations"]}
RUNS = {
    "a phone": ("en", NARROW, {"light": EVERY_RULE, "dark": CONTRAST}),
    "a desk": ("en", WIDE, {"dark": EVERY_RULE, "light": CONTRAST}),
    "a phone in Chinese": ("zh-Hant", NARROW, {"light": EVERY_RULE}),
}
ANSWERS = {"errors": (404,), "door-app-pair": (200, 410)}  # a pairing link works once
WIDTHS = (320, 360, 1280)
TOO_WIDE = """() => {
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide <= 0) return null;
  const over = [...document.body.querySelectorAll("*")].filter(
    (part) => part.getBoundingClientRect().right > document.documentElement.clientWidth + 1);
  return wide + "px: " + over.slice(0, 3).map((part) => part.outerHTML.slice(0, 80)).join(" | ");
}"""


@pytest.fixture(scope="module")
def every(site: Site) -> list[Address]:
    return addresses(site)


def shown(browser: Browser, site: Site, every: list[Address], language: str) -> Iterator[tuple[str, Page]]:
    """Each page, loaded on a phone by whoever looks at it."""
    pages = {who: visitor(browser, site, language).new_page() for who in ("public", "organiser", "door")}
    sign_in(pages["organiser"], site)
    unused = False
    for address in every:
        page = pages.get(address.who, pages["public"])
        page.set_viewport_size(NARROW)  # type: ignore[arg-type]
        page.emulate_media(color_scheme="light")
        if address.name == "door-app-scanner" and unused:
            pair(page, site)
        answer = page.goto(address.path)
        assert answer is not None
        assert answer.status in ANSWERS.get(address.name, (200,)), address
        if address.name == "door-app-pair":
            unused = answer.status == 200
        yield address.name, page
    for page in pages.values():
        page.context.close()


@cache
def axe() -> str:
    return resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def violations(page: Page, options: dict[str, Any]) -> list[str]:
    found = page.evaluate("options => axe.run(options).then(said => said.violations)", options)
    return [f"{fault['id']}: {node['html'][:200]}" for fault in found for node in fault["nodes"]]


@pytest.mark.parametrize("run", RUNS)
def test_axe_finds_nothing_on_any_page(browser: Browser, site: Site, every: list[Address], run: str) -> None:
    language, size, schemes = RUNS[run]
    faults = []
    for name, page in shown(browser, site, every, language):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.evaluate(axe())
        for scheme, options in schemes.items():
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            faults += [f"{name} {scheme}: {fault}" for fault in violations(page, options)]
    assert not faults, "\n".join(["", *faults])


def test_no_page_is_wider_than_the_screen(browser: Browser, site: Site, every: list[Address]) -> None:
    faults = []
    for name, page in shown(browser, site, every, "uk"):
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 740})
            if wide := page.evaluate(TOO_WIDE):
                faults.append(f"{name} at {width}: {wide}")
    assert not faults, "\n".join(["", *faults])
