"""An organiser's journey: a visit with its signing, an item, a guest invited, the answer and the record."""

import re
from datetime import date, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.stage import Site
from tests.journeys.visitors import PHONE, sign_in, visitor

pytestmark = pytest.mark.browser

DAY = date.today() + timedelta(days=40)  # noqa: DTZ011 -- any day ahead
GUEST = "Олена О’Прикладна"


def at(hour: int, minute: int = 0) -> str:
    """As a browser's field for local times takes it."""
    return f"{datetime(DAY.year, DAY.month, DAY.day, hour, minute):%Y-%m-%dT%H:%M}"


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).first.click()


def create_event(page: Page, kind: str, title: str, hours: tuple[int, int], inside: str = "") -> None:
    """Through the form, in English alone."""
    page.goto(f"/organise/events/new/{kind}")
    page.locator("fieldset#title input").first.fill(title)
    page.locator("[name=starts_local]").fill(at(hours[0]))
    page.locator("[name=ends_local]").fill(at(hours[1]))
    if inside:
        page.locator("[name=parent]").select_option(label=f"{inside} ({DAY:%Y})")
    page.get_by_label("By invitation").check()
    press(page, "Create the event")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_organiser_prepares_a_visit_and_sees_its_guest_answer(browser: Browser, site: Site) -> None:
    page = visitor(browser, site).new_page()
    page.on("dialog", lambda question: question.accept())
    page.goto("/organise/")
    expect(page).to_have_url(re.compile("/organise/sign-in"))
    sign_in(page, site)

    create_event(page, "visit", "Visit of the Northport delegation", (9, 18))
    visit = page.url
    create_event(page, "signing", "Northport memorandum", (11, 12), "Visit of the Northport delegation")
    press(page, "Publish")
    page.goto(visit)
    expect(page.get_by_role("main").get_by_role("link", name="Northport memorandum")).to_be_visible()

    page.goto(f"{visit}/programme/new")
    page.locator("fieldset#title input").first.fill("Working lunch")
    page.locator("[name=starts_local]").fill(at(12, 30))
    page.locator("[name=ends_local]").fill(at(14))
    page.locator("[name=wants_answer]").check()
    press(page, "Save")
    expect(page.get_by_role("heading", level=1)).to_have_text("Working lunch")
    expect(page.locator("main")).to_contain_text(re.compile(r"12:30.*14:00.*Taipei \(UTC\+8\)"))

    page.goto(visit)
    press(page, "Publish")
    expect(page.locator(".status, .chip").filter(has_text="Published").first).to_be_visible()

    page.goto(f"{visit}/guests/new")
    page.locator("[name=name]").fill(GUEST)
    page.locator("[name=email]").fill("olena@northport.example")
    page.locator("[name=language]").select_option("en")
    page.locator("[name=invite]").check()
    press(page, "Add to the list")
    expect(page.get_by_role("heading", level=1)).to_have_text(GUEST)
    guest = page.url

    page.goto(f"{visit}/mail")
    page.get_by_role("row", name=re.compile("olena@northport")).get_by_role("link").first.click()
    letter = page.locator(".mail-body")
    expect(letter).to_contain_text(GUEST)
    link = letter.locator("a[href*='/i/']").first.get_attribute("href")
    assert link is not None
    assert link.startswith(site.base_url)
    _answer(browser, site, link)

    page.goto(guest)
    expect(page.locator("main")).to_contain_text("Accepted")
    expect(page.locator("main")).to_contain_text("no shellfish")
    expect(page.get_by_role("row", name=re.compile("The guest")).first).to_be_visible()
    page.goto(f"{visit}/record")
    expect(page.get_by_role("main")).to_contain_text(GUEST)
    page.context.close()


def _answer(browser: Browser, site: Site, link: str) -> None:
    """The guest, on their own phone."""
    phone = visitor(browser, site, viewport=PHONE).new_page()
    phone.goto(link)
    phone.get_by_label("I will come").check()
    phone.get_by_role("group", name="Working lunch").get_by_label("Yes", exact=True).check()
    phone.locator("[name=diet]").fill("no shellfish")
    press(phone, "Send the reply")
    expect(phone.get_by_role("heading", name="Your badge")).to_be_visible()
    phone.context.close()
