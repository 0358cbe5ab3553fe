"""A steward's journey: pair a phone, hold a badge before its camera, and every other way to the verdict."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from eventsapp.access.identity import SYSTEM
from eventsapp.badges.keys import BadgeKeys
from eventsapp.core.db import db
from eventsapp.devices import service as devices
from eventsapp.events.models import Event
from tests.bench.servers import Server, product
from tests.factories.door import code_of, make_badge, make_checkpoint
from tests.factories.events import make_category, make_event
from tests.factories.rsvps import make_accepted
from tests.journeys.camera import write_film
from tests.support import browsers
from tests.support.databases import Database

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("database", ["sqlite"], indirect=True),
]


class Evening:
    """An event of today with a guest, and a link that pairs a phone."""

    def __init__(self, database: Database) -> None:
        BadgeKeys(database.settings.instance).current()
        self.database = database
        self.event: Event = make_event(published=True)
        make_category(self.event)
        db.session.refresh(self.event)
        today = datetime.now(UTC).date()
        days = {"valid_from": today - timedelta(days=1), "valid_until": today + timedelta(days=1)}
        self.badge = make_badge(make_accepted(self.event, "李四川"), **days)
        self.code = code_of(self.badge, database.settings)
        make_badge(make_accepted(self.event, "Ołena Šostak"), **days)
        self.place = make_checkpoint(self.event, "North gate")
        link = devices.create_pairing(
            self.event.id, [self.place.id], name="Phone 1", actor=SYSTEM, now=datetime.now(UTC)
        )
        self.device, self.path = link.device, f"/door/pair/{link.token}"
        db.session.commit()


@pytest.fixture
def evening(database: Database, db_session: Any) -> Evening:
    return Evening(database)


@pytest.fixture
def server(evening: Evening) -> Iterator[Server]:
    with product(evening.database.environment) as server:
        yield server


Phone = Callable[..., Any]


@pytest.fixture
def phone(server: Server, tmp_path: Path) -> Phone:
    """A phone whose camera sees a badge, or a bare wall."""

    @contextmanager
    def opened(code: str | None, language: str = "en") -> Iterator[Page]:
        film = write_film(tmp_path / "film.mjpeg", code)
        flags = [
            "--no-sandbox",
            "--use-fake-ui-for-media-stream",
            "--use-fake-device-for-media-stream",
            f"--use-file-for-fake-video-capture={film}",
        ]
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=browsers.find(), args=flags)
            context = browser.new_context(
                base_url=f"http://127.0.0.1:{server.address[1]}",
                viewport={"width": 360, "height": 740},
                locale=language,
            )
            page = context.new_page()
            faults: list[str] = []
            page.on("pageerror", lambda error: faults.append(str(error)))
            page.on(
                "console",
                lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None,
            )
            yield page
            browser.close()
        assert faults == []

    return opened


def begin(page: Page, evening: Evening) -> None:
    """Pair, and start scanning."""
    page.goto(evening.path)
    page.locator("form[data-pair] button").click()
    page.wait_for_url(re.compile("/door/$"))
    page.locator("[data-start]").click()


def verdict(page: Page, kind: str) -> Any:
    """The verdict once it is on the screen."""
    shown = page.locator(f"[data-verdict][data-kind={kind}]")
    expect(shown).to_be_visible(timeout=15_000)
    return shown


def type_code(page: Page, code: str) -> None:
    page.locator("#door-code").fill(code)
    page.locator("#door-code").press("Enter")


def test_badge_before_the_camera_is_admitted_once(evening: Evening, phone: Phone) -> None:
    with phone(evening.code) as page:
        begin(page, evening)
        shown = verdict(page, "admitted")
        expect(shown).to_contain_text("Admitted")
        expect(shown).to_contain_text("李四川")
        expect(page.locator("[data-inside]")).to_have_text("1")
        page.locator("[data-next]").click()
        page.wait_for_timeout(2500)  # still in view: no second scan
        expect(page.locator("[data-verdict]")).to_be_hidden()
        type_code(page, evening.badge.short_code.lower())
        shown = verdict(page, "already_in")
        expect(shown).to_contain_text("North gate (Phone 1)")
        expect(shown).to_contain_text("李四川 came in at")


def test_every_other_way_to_a_verdict(evening: Evening, phone: Phone) -> None:
    with phone(None) as page:
        begin(page, evening)
        expect(page.locator("[data-view][data-camera=on]")).to_be_visible(timeout=15_000)
        page.keyboard.type(evening.code, delay=1)  # a hand scanner
        page.keyboard.press("Enter")
        verdict(page, "admitted")
        page.locator("[data-next]").click()
        page.locator("[data-way=out]").click()
        type_code(page, evening.badge.short_code)
        verdict(page, "left")
        page.locator("[data-next]").click()
        page.locator("[data-way=in]").click()
        type_code(page, "QQQQ")
        expect(verdict(page, "refused")).to_contain_text("There is no such badge.")
        page.keyboard.press("Escape")
        page.locator("#door-name").fill("olena sos")
        page.get_by_role("button", name="Ołena Šostak").click()
        expect(verdict(page, "admitted")).to_contain_text("Ołena Šostak")


def test_without_network_the_scanner_says_so_and_the_retry_counts_once(
    evening: Evening, phone: Phone
) -> None:
    with phone(None) as page:
        begin(page, evening)
        expect(page.locator("[data-line][data-state=online]")).to_be_visible()
        page.context.set_offline(True)
        type_code(page, evening.badge.short_code)
        expect(verdict(page, "unchecked")).to_contain_text("Not checked")
        expect(page.locator("[data-line]")).to_have_attribute("data-state", "offline")
        page.context.set_offline(False)
        page.locator("[data-retry]").click()
        verdict(page, "admitted")


def test_steward_reads_their_own_language(evening: Evening, phone: Phone) -> None:
    for language, html in (("uk", "uk"), ("zh-TW", "zh-Hant")):
        with phone(None, language) as page:
            page.goto("/door/")
            expect(page.locator("html")).to_have_attribute("lang", html)


def test_revoked_device_forgets_its_token(evening: Evening, phone: Phone) -> None:
    with phone(None) as page:
        begin(page, evening)
        expect(page.locator("#door-code")).to_be_visible()
        devices.revoke(evening.device, actor=SYSTEM, now=datetime.now(UTC))
        db.session.commit()
        type_code(page, "QQQQ")
        expect(page.locator("[data-screen=unpaired]")).to_be_visible()
        assert page.evaluate("localStorage.getItem('eventsapp.door')") is None


def test_used_link_says_so(evening: Evening, phone: Phone) -> None:
    with phone(None) as page:
        begin(page, evening)
        page.goto(evening.path)
        expect(page.get_by_text("This link has been used")).to_be_visible()
