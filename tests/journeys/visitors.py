"""Browsers in the hands of the four kinds of user."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.journeys.stage import Site
from tests.support import browsers

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
_FLAGS = (
    "--no-sandbox",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
    "--force-color-profile=srgb",
)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browsers.find(), args=list(_FLAGS))
        yield browser
        browser.close()


def visitor(browser: Browser, site: Site, language: str = "en", **options: Any) -> BrowserContext:
    """Somebody who is nobody yet, on a desktop unless `viewport` says otherwise."""
    options = {"viewport": DESK, "locale": language, "reduced_motion": "reduce", **options}
    context = browser.new_context(base_url=site.base_url, **options)
    context.set_default_timeout(10_000)
    return context


def sign_in(page: Page, site: Site) -> None:
    """As the organiser, through the form."""
    email, password = site.organiser
    page.goto("/organise/sign-in")
    page.locator("[name=email]").fill(email)
    page.locator("[name=password]").fill(password)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/organise/")


def pair(page: Page, site: Site) -> None:
    """As the door's phone, through the single-use link."""
    page.goto(site.beginning("Door").path)
    page.locator("form[data-pair] button").click()
    page.wait_for_url("**/door/")


def ready(page: Page) -> None:
    """Waits until fonts and pictures are there."""
    page.evaluate("document.fonts.ready.then(() => true)")
