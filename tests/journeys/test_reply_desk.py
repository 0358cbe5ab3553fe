"""Organisers at the reply desk, in three languages on a phone: they decide what waits."""

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from eventsapp.core.db import db
from eventsapp.demo.occasions import FORUM, SUMMIT
from eventsapp.events.models import Event
from eventsapp.rsvps.enums import GuestState, Origin
from eventsapp.rsvps.models import Guest
from tests.journeys.stage import Site
from tests.journeys.visitors import PHONE, sign_in, visitor

pytestmark = pytest.mark.browser


def states(site: Site, slug: str) -> list[GuestState]:
    """Where those stand who registered, in the order in which they did."""
    with site.app.app_context():
        query = select(Guest.state).join(Event).where(Event.slug == slug, Guest.origin == Origin.REGISTERED)
        return list(db.session.scalars(query.order_by(Guest.id)))


def test_organisers_of_three_languages_decide_what_waits(browser: Browser, site: Site) -> None:
    waiting = 3
    for language, deed in (("en", "agree"), ("uk", "refuse"), ("zh-Hant", "refuse")):
        page = visitor(browser, site, language, viewport=PHONE).new_page()
        sign_in(page, site)
        page.goto(f"/organise/events/{SUMMIT}/replies/")
        page.locator(f"a[href='/organise/events/{SUMMIT}/replies/decide']").first.click()
        expect(page.locator("input[name=pick]")).to_have_count(waiting)
        page.locator(f"button[value={deed}]").click()  # nothing is ticked
        expect(page.locator("[data-error-summary]")).to_be_focused()
        page.locator("input[name=pick]").nth(0).check()
        page.locator("[name=public_reason]").fill("The hall is full (demo).")
        page.locator("[name=private_reason]").fill("not known to us (demo)")
        page.locator(f"button[value={deed}]").click()
        waiting -= 1
        expect(page.locator("input[name=pick]")).to_have_count(waiting)
        page.context.close()
    assert states(site, SUMMIT) == [GuestState.ACCEPTED, GuestState.REFUSED, GuestState.REFUSED]


def test_organiser_agrees_to_a_late_answer(browser: Browser, site: Site) -> None:
    page = visitor(browser, site, "zh-Hant").new_page()
    sign_in(page, site)
    page.goto(f"/organise/events/{FORUM}/replies/decide")
    page.locator("input[name=pick]").check()
    page.locator("button[value=agree]").click()
    expect(page.locator("input[name=pick]")).to_have_count(0)
    page.goto(f"/organise/events/{FORUM}/replies/")
    expect(page.locator("ol.stack > li")).to_have_count(4)
    page.context.close()
