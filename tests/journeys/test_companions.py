"""A guest names who comes along, in three languages on a phone."""

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from eventsapp.core.db import db
from eventsapp.core.tokens import Purpose
from eventsapp.demo.occasions import SUMMIT
from eventsapp.events.models import Event
from eventsapp.rsvps.models import Guest
from tests.journeys.stage import Site
from tests.journeys.visitors import PHONE, visitor

pytestmark = pytest.mark.browser

NAMES = {"en": "Erika Sample", "zh-Hant": "王範例", "uk": "Олена Зразок"}


def own_page(site: Site) -> str:
    """The own page of the guest who brings a spouse."""
    with site.app.app_context():
        email = db.session.scalars(
            select(Guest.email).join(Event).where(Event.slug == SUMMIT, Guest.email.like("musterfrau@%"))
        ).one()
    return site.link(SUMMIT, email, Purpose.OWN_PAGE)


@pytest.mark.parametrize("language", NAMES)
def test_guest_names_somebody_else_and_prints_the_badge(browser: Browser, site: Site, language: str) -> None:
    page = visitor(browser, site, language, viewport=PHONE).new_page()
    page.goto(f"{own_page(site)}?lang={language}")
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not page.evaluate(wide)
    page.locator("a[href$='/companions/']").click()
    name = page.locator("input[name=companion_0_name]")
    expect(name).not_to_have_value("")
    name.fill(NAMES[language])
    page.locator("textarea[name=companion_0_diet]").fill("–")
    assert not page.evaluate(wide)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/my/*")
    expect(page.locator(".companions")).to_contain_text(NAMES[language])
    with page.expect_download() as download:
        page.locator(".companions a").click()
    assert download.value.suggested_filename.endswith(".pdf")
    page.goto(page.url + "/companions/")
    page.locator("input[name=companion_0_name]").fill("")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/my/*")
    expect(page.locator(".companions")).to_have_count(0)
    page.goto(page.url + "/companions/")
    page.locator("input[name=companion_0_name]").fill(NAMES[language])
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/my/*")
    page.context.close()
