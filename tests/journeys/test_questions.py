"""Questions that depend on others, with scripts and without; a photo; and the organiser's preview."""

import random
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from eventsapp.core.tokens import Purpose
from eventsapp.demo.occasions import SUMMIT
from eventsapp.questions import conditions
from tests.factories.questions import picture
from tests.journeys.stage import Site
from tests.journeys.visitors import PHONE, sign_in, visitor

pytestmark = pytest.mark.browser

SILENT, ALSO_SILENT = "dugma@estavia.example", "przykladowy@warsawdemo.example"


def invitation(browser: Browser, site: Site, email: str, **options: object) -> Page:
    page = visitor(browser, site, "uk", viewport=PHONE, **options).new_page()
    page.goto(site.link(SUMMIT, email, Purpose.INVITATION) + "?lang=uk")
    return page


def asked(page: Page, kind: str, number: int = 0) -> Locator:
    return page.locator(f".question[data-kind={kind}]").nth(number)


def send(page: Page) -> None:
    page.locator("#reply-section form button[type=submit]").click()


def test_questions_appear_and_vanish_and_a_photo_is_sent(
    browser: Browser, site: Site, tmp_path: Path
) -> None:
    photo = tmp_path / "me.png"
    photo.write_bytes(picture((900, 1200)))
    page = invitation(browser, site, SILENT)
    hotel, shuttle = page.locator(".question[data-condition]"), asked(page, "yes-no")
    expect(hotel).to_be_hidden()
    shuttle.locator("input[value=yes]").check()
    expect(hotel).to_be_visible()
    shuttle.locator("input[value=no]").check()
    expect(hotel).to_be_hidden()
    page.locator("input[name=answer][value=declined]").check()
    expect(shuttle).to_be_hidden()
    page.locator("input[name=answer][value=accepted]").check()

    shuttle.locator("input[value=yes]").check()
    asked(page, "text").locator("input").fill("LY 81")
    asked(page, "phone").locator("input").fill("12")
    asked(page, "photo").locator("input[type=file]").set_input_files(photo)
    send(page)
    expect(page.locator("[data-error-summary]")).to_be_focused()
    expect(hotel.locator(".field-error")).to_be_visible()
    expect(asked(page, "text").locator("input")).to_have_value("LY 81")
    expect(asked(page, "photo").locator("input[type=hidden]")).to_have_count(1)
    hotel.locator("input").first.check()
    asked(page, "phone").locator("input").fill("+972 2 123 4567")
    send(page)
    page.wait_for_url("**/my/**")
    expect(page.locator("main")).to_contain_text("LY 81")
    expect(page.locator("main img[src*='/files/']")).to_be_visible()
    page.context.close()


def test_without_scripts_every_question_stands_there_with_its_condition(browser: Browser, site: Site) -> None:
    page = invitation(browser, site, ALSO_SILENT, java_script_enabled=False)
    expect(page.locator(".question[data-condition]")).to_be_visible()
    expect(page.locator(".question-when")).to_be_visible()
    page.context.close()


def tree(chance: random.Random, depth: int = 0) -> dict[str, Any]:
    """A condition of any shape."""
    if depth < 3 and chance.random() < 0.5:
        parts = [tree(chance, depth + 1) for _ in range(chance.randint(1, 3))]
        return {chance.choice(("all", "any")): parts}
    comparison = chance.choice(list(conditions.Comparison))
    value: Any = chance.choice(VALUES)
    if comparison is conditions.Comparison.ONE_OF:
        value = chance.sample(VALUES, 2)
    if comparison in (conditions.Comparison.AT_LEAST, conditions.Comparison.AT_MOST):
        return {"question": "N", "comparison": comparison.value, "value": chance.choice((-2, 0, 2.5, 3))}
    return {"question": chance.choice("ABCDN"), "comparison": comparison.value, "value": value}


VALUES = [True, False, "R9", "r9", "Київ", "київ", 3, 2.5]


def test_rules_in_the_browser_are_those_of_the_server(browser: Browser, site: Site) -> None:
    chance = random.Random(7)  # noqa: S311 -- the same every time
    cases = []
    for _ in range(500):
        answers: dict[str, Any] = {name: chance.choice(VALUES) for name in chance.sample("ABCD", 3)}
        if chance.random() < 0.5:
            answers["C"] = chance.sample(VALUES[2:4], chance.randint(1, 2))
        if chance.random() < 0.7:
            answers["N"] = chance.choice((-3, 0, 2, 2.5, 4))
        cases.append((tree(chance), answers))
    page = visitor(browser, site).new_page()
    page.goto("/")
    told = page.evaluate(
        """async (cases) => {
            const rules = await import("/static/js/questions/conditions.js");
            return cases.map(([tree, answers]) => rules.holds(tree, new Map(Object.entries(answers))));
        }""",
        cases,
    )
    assert told == [conditions.holds(*case) for case in cases]
    assert {True, False} == set(told)
    page.context.close()


def test_organiser_composes_a_condition_and_tries_it_out(browser: Browser, site: Site) -> None:
    page = visitor(browser, site, "en").new_page()
    sign_in(page, site)
    page.goto(f"/organise/events/{SUMMIT}/questions/")
    page.locator("details.disclosure summary").first.click()
    page.get_by_role("link", name="A number", exact=True).click()
    page.locator("[name='label-en']").fill("How many bags?")
    row = page.locator("[data-condition-row]").first
    expect(row.locator("[name$='-values']")).to_be_hidden()
    row.locator("[name$='-question']").select_option(label="Do you need a shuttle from the airport?")
    expect(row.locator("[name$='-text']")).to_be_hidden()
    row.locator("[name$='-values']").select_option(label="Yes")
    page.locator("main form button[type=submit]", has_text="Save").click()
    expect(page.locator("main")).to_contain_text("“Do you need a shuttle from the airport?” is “Yes”")
    page.get_by_role("link", name="Preview").click()
    bags = page.locator(".question", has_text="How many bags?")
    expect(bags).to_be_hidden()
    asked(page, "yes-no").locator("input[value=yes]").check()
    expect(bags).to_be_visible()
    page.context.close()
