"""A stranger's journey: registering for a public event, confirmed by the link in the mail."""

import re

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from eventsapp.core.db import db
from eventsapp.core.tokens import Purpose
from eventsapp.demo.occasions import SUMMIT
from eventsapp.rsvps.models import Guest
from tests.journeys.stage import Site
from tests.journeys.visitors import PHONE, sign_in, visitor

pytestmark = pytest.mark.browser

ADDRESS = "newcomer@visitor.example"


def test_registration_is_confirmed_by_the_mailed_link_and_agreed_to(browser: Browser, site: Site) -> None:
    page = visitor(browser, site, viewport=PHONE).new_page()
    page.goto(f"/events/{SUMMIT}")
    page.locator(f"a[href$='/events/{SUMMIT}/register']").first.click()
    page.locator("[name=name]").fill("Nguyễn Văn Thử")
    page.locator(".question[data-kind=yes-no] input[value=no]").first.check()
    page.locator("main form button[type=submit]").click()
    expect(page.locator("[name=name]")).to_have_value("Nguyễn Văn Thử")  # refused: an address is wanted
    expect(page.locator(".field-error")).to_have_count(1)
    page.locator("[name=email]").fill(ADDRESS)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/register/sent")

    page.goto(mailed_link(browser, site))
    with site.app.app_context():
        assert state_of() == "unconfirmed"  # opening the link changes nothing
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/my/**")
    expect(page.locator(".own-badge")).to_have_count(0)
    with site.app.app_context():
        assert state_of() == "submitted"  # this event wants approval
    agree(browser, site)
    page.reload()
    expect(page.locator(".own-badge img")).to_be_visible()
    with site.app.app_context():
        assert state_of() == "accepted"
    page.context.close()


def agree(browser: Browser, site: Site) -> None:
    """An organiser decides for the newcomer."""
    desk = visitor(browser, site).new_page()
    sign_in(desk, site)
    desk.goto(f"/organise/events/{SUMMIT}/replies/decide")
    desk.get_by_label("Nguyễn Văn Thử").check()
    desk.locator("button[value=agree]").click()
    expect(desk.get_by_label("Nguyễn Văn Thử")).to_have_count(0)
    desk.context.close()


def mailed_link(browser: Browser, site: Site) -> str:
    """From the mail, as staff read it in the interface."""
    desk = visitor(browser, site).new_page()
    sign_in(desk, site)
    desk.goto(f"/organise/events/{SUMMIT}/mail")
    desk.get_by_role("row", name=re.compile(ADDRESS)).get_by_role("link").first.click()
    link = desk.locator(".mail-body a[href*='/confirm/']").first.get_attribute("href")
    desk.context.close()
    assert link is not None
    assert link == site.base_url + site.link(SUMMIT, ADDRESS, Purpose.CONFIRMATION)
    return link


def state_of() -> str:
    """How the registration stands in the database."""
    return str(db.session.scalars(select(Guest.state).where(Guest.email == ADDRESS)).one().value)
