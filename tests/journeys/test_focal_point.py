"""A secretary's journey on a phone, in three languages and without an account.

Ten names are pasted, regrets are sent for two, and one is substituted once the organiser has agreed.
"""

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from eventsapp.access.identity import SYSTEM
from eventsapp.core import clock
from eventsapp.core.db import db, transaction
from eventsapp.demo.occasions import SUMMIT
from eventsapp.events.models import Event
from eventsapp.focal import links, service
from eventsapp.focal.service import FocalPointInput
from tests.journeys.stage import Site
from tests.journeys.visitors import PHONE, sign_in, visitor

pytestmark = pytest.mark.browser

TEN = {
    "en": "Name\tTitle\tOrganisation\tMail\n",
    "zh-Hant": "姓名\t職稱\t單位\t電子郵件\n",
    "uk": "ПІБ\tПосада\tОрганізація\tПошта\n",
}
PEOPLE = [
    "{0} de VRIES, jan\tHead of protocol\tNorthport\tjan@north.example",
    "{0} 李示範\t處長",
    "{0} Олена Взірець-Прикладна\tРадниця",
    *(f"{{0}} Person {number}" for number in range(4, 11)),
]


def desk(site: Site, language: str) -> str:
    """The link of a focal point with ten places at the summit."""
    with site.app.app_context(), transaction():
        event = db.session.scalars(select(Event).where(Event.slug == SUMMIT)).one()
        delegates = next(category for category in event.categories if category.letter == "D")
        point = service.create(
            event,
            FocalPointInput(name=f"Embassy {language}", language=language, quotas={delegates: 10}),
            actor=SYSTEM,
            now=clock.now(),
        )
        return links.path(site.app.extensions["settings"], point)


def fits(page: Page) -> None:
    """Nothing is wider than the phone."""
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def person(page: Page, name: str) -> Page:
    """That person's page."""
    page.locator(".desk-person a", has_text=name).click()
    page.wait_for_url("**/people/*")
    return page


@pytest.mark.parametrize("language", ["en", "zh-Hant", "uk"])
def test_secretary_names_ten_sends_regrets_for_two_and_substitutes_one(
    browser: Browser, site: Site, language: str
) -> None:
    phone = visitor(browser, site, language, viewport=PHONE).new_page()
    phone.goto(desk(site, language))
    expect(phone.locator("html")).to_have_attribute("lang", language)
    fits(phone)

    phone.locator("a[href$='/paste']").click()
    phone.locator("[name=text]").fill(TEN[language] + "\n".join(PEOPLE).format(language))
    phone.locator("main form button[type=submit]").click()
    expect(phone.locator("[name=line]:checked")).to_have_count(10)
    fits(phone)
    phone.locator("button[name=named]").click()
    phone.wait_for_url("**/f/*")
    expect(phone.locator(".desk-person")).to_have_count(10)
    expect(phone.locator(".person-name", has_text=f"{language} de VRIES, jan")).to_be_visible()
    expect(phone.locator(".desk-person .chip[data-tone=positive]")).to_have_count(10)
    expect(phone.locator("a[href$='/paste']")).to_have_count(0)  # no place is left
    fits(phone)

    for name in ("Person 4", "Person 5"):
        phone.locator(".desk-person", has_text=f"{language} {name}").locator("input[name=guest]").check()
    phone.locator("button[name=answer][value=declined]").click()
    expect(phone.locator(".desk-person .chip[data-tone=negative]")).to_have_count(2)

    person(phone, f"{language} 李示範").locator("a[href$='/substitute']").click()
    phone.locator("[name=name]").fill(f"{language} van der Substitute")
    fits(phone)
    phone.locator("main form button[type=submit]").last.click()
    phone.wait_for_url("**/people/*")
    expect(phone.locator(".callout[data-tone=caution]")).to_contain_text("van der Substitute")
    fits(phone)

    agree(browser, site, f"{language} 李示範")
    phone.locator(".breadcrumb-nav a").first.click()
    expect(phone.locator(".desk-person")).to_have_count(11)
    expect(phone.locator(".desk-person", has_text="van der Substitute")).to_contain_text("李示範")
    expect(phone.locator(".desk-person .chip[data-tone=positive]")).to_have_count(8)
    phone.context.close()


def agree(browser: Browser, site: Site, name: str) -> None:
    """The organiser decides that somebody may come in this guest's place."""
    page = visitor(browser, site).new_page()
    sign_in(page, site)
    page.goto(f"/organise/events/{SUMMIT}/replies/decide")
    page.locator("tr", has_text=name).locator("input[type=checkbox]").check()
    page.locator("button[value=agree]").click()
    expect(page.locator("tr", has_text=name)).to_have_count(0)
    page.context.close()
