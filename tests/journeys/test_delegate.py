"""A delegate's journey, in Ukrainian on a phone: answer, badge, calendar, a change; and by keyboard."""

import io
from pathlib import Path

import icalendar
import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from eventsapp.core.db import db
from eventsapp.core.tokens import Purpose
from eventsapp.demo.occasions import SUMMIT
from eventsapp.events.models import Event
from eventsapp.mail.models import Mail
from eventsapp.rsvps.enums import GuestState
from eventsapp.rsvps.models import Guest
from tests.journeys.stage import Site
from tests.journeys.visitors import PHONE, visitor

pytestmark = pytest.mark.browser

BADGE_NAME = "Марія О’Прикладна"
DIET = "Без горіхів"


@pytest.fixture
def phone(browser: Browser, site: Site) -> Page:
    return visitor(browser, site, "uk", viewport=PHONE, accept_downloads=True).new_page()


def decoded(picture: Image.Image) -> str:
    """What the one code in the picture says."""
    (found,) = zxingcpp.read_barcodes(picture.convert("L"))
    return found.text


def saved(page: Page, selector: str, folder: Path) -> bytes:
    """What a link downloads."""
    with page.expect_download() as download:
        page.locator(selector).first.click()
    path = folder / "download"
    download.value.save_as(path)
    return path.read_bytes()


def choose_everywhere(page: Page, value: str) -> None:
    """That answer for each item."""
    for item in page.locator("fieldset.reply-item").all():
        item.locator(f"input[value={value}]").check()


def test_delegate_answers_in_ukrainian_and_holds_a_badge(phone: Page, site: Site, tmp_path: Path) -> None:
    invitation = site.beginning("Delegate").path
    phone.goto(invitation)
    expect(phone.locator("html")).to_have_attribute("lang", "uk")
    expect(phone.locator(".invitation-guest")).to_have_text("Марія Прикладна")

    # Refused, because no answer is chosen: nothing typed is lost.
    phone.locator("[name=badge_name]").fill(BADGE_NAME)
    phone.locator("[name=diet]").fill(DIET)
    send(phone)
    expect(phone.locator("[data-error-summary]")).to_be_focused()
    expect(phone.locator(".field-error").first).to_be_visible()
    expect(phone.locator("[name=badge_name]")).to_have_value(BADGE_NAME)
    expect(phone.locator("[name=diet]")).to_have_value(DIET)

    phone.locator("input[name=answer][value=accepted]").check()
    choose_everywhere(phone, "accepted")
    send(phone)
    phone.wait_for_url("**/my/**")
    expect(phone.locator("main")).to_contain_text(BADGE_NAME)
    own_page = phone.url

    symbol = phone.locator(".own-badge img")
    symbol.scroll_into_view_if_needed()
    on_screen = decoded(Image.open(io.BytesIO(symbol.screenshot())))
    paper = pypdfium2.PdfDocument(saved(phone, "a[href$='/badge.pdf']", tmp_path))
    assert decoded(paper[0].render(scale=150 / 72).to_pil()) == on_screen
    assert BADGE_NAME.split()[0] in paper[0].get_textpage().get_text_range()

    calendar = icalendar.Calendar.from_ical(saved(phone, "a[href^='http:'][href$='.ics']", tmp_path))
    entries = list(calendar.walk("VEVENT"))
    assert entries
    assert all(entry["DTSTART"].dt < entry["DTEND"].dt for entry in entries)

    # A forwarded link shows no diet; the guest changes the answer from there.
    phone.goto(invitation)
    expect(phone.locator("[name=diet]")).to_have_value("")
    phone.locator("input[name=answer][value=declined]").check()
    send(phone)
    expect(phone.locator("input[name=answer][value=declined]")).to_be_checked()
    phone.goto(own_page)
    expect(phone.locator(".own-badge")).to_have_count(0)
    phone.context.close()


def test_another_browser_changes_the_answer_with_a_mailed_code(browser: Browser, site: Site) -> None:
    with site.app.app_context():
        silent = (
            select(Guest.email).join(Event).where(Event.slug == SUMMIT, Guest.state == GuestState.INVITED)
        )
        email = next(iter(db.session.scalars(silent.order_by(Guest.id.desc()))))
    invitation = site.link(SUMMIT, email, Purpose.INVITATION) + "?lang=en"
    first = visitor(browser, site, "en").new_page()
    first.goto(invitation)
    first.locator("input[name=answer][value=tentative]").check()
    send(first)
    expect(first.locator("main")).to_contain_text("You said: perhaps.")

    other = visitor(browser, site, "en", viewport=PHONE).new_page()
    other.goto(invitation)
    expect(other.locator("input[name=answer]")).to_have_count(0)
    other.get_by_role("button", name="Mail me a code").click()
    expect(other.locator("main")).to_contain_text("A code is on its way")
    with site.app.app_context():
        mails = select(Mail.context).where(Mail.template == "code", Mail.to_address == email)
        digits = next(iter(db.session.scalars(mails.order_by(Mail.id.desc()))))["digits"]
    other.locator("[name=digits]").fill("000000" if digits != "000000" else "111111")
    other.get_by_role("button", name="Go on").click()
    expect(other.locator("[data-error-summary]")).to_be_focused()
    other.locator("[name=digits]").fill(digits)
    other.get_by_role("button", name="Go on").click()
    other.locator("input[name=answer][value=declined]").check()
    send(other)
    expect(other.locator("main")).to_contain_text("You have declined.")
    first.context.close()
    other.context.close()


def send(page: Page) -> None:
    page.locator("#reply-section form button[type=submit]").click()


def test_whole_reply_by_keyboard_alone(browser: Browser, site: Site) -> None:
    page = visitor(browser, site, "en").new_page()
    page.goto(site.link(SUMMIT, "nandu@estavia.example", Purpose.INVITATION) + "?lang=en")
    reach(page, "input[name=answer]")
    page.keyboard.press("Space")  # the first of the answers: to come
    for item in page.locator("fieldset.reply-item").all():
        reach(page, f"#{item.get_attribute('id')} input")
        page.keyboard.press("Space")
    reach(page, ".question[data-kind=yes-no] input")  # the shuttle, which asks for the hotel
    page.keyboard.press("Space")
    reach(page, ".question[data-condition] input")
    page.keyboard.press("Space")
    reach(page, "[name=badge_name]")
    page.keyboard.press("Control+A")
    page.keyboard.type("José Ñandú")
    reach(page, "[name=diet]")
    page.keyboard.type("No peanuts")
    reach(page, "#reply-section form button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/my/**")
    expect(page.locator("main")).to_contain_text("José Ñandú")
    page.context.close()


def reach(page: Page, selector: str) -> None:
    """Tab on until something of that kind is focused, which must show that it is."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab never reaches {selector}")
