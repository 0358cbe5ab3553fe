"""Every page that can be reached by links from where each kind of user begins."""

import re
from collections.abc import Callable, Iterable, Iterator

import html5lib
import pytest
from flask import Flask

from eventsapp.cli import welcome
from eventsapp.core.db import db
from tests.factories.accounts import make_staff, sign_in
from tests.house.walk import Walk, mailed, walk
from tests.support.clients import Client, Runner
from tests.support.databases import SQLITE, Database

# Pages that no link leads to, and why.
UNLINKED = {
    "static": "files, not pages",
    "api-docs.openapi_json": "for programs",
    "door.counts": "for the door page's script",
    "door_api.": "for devices",
    "door_app.": "a scanner begins with its pairing link and stays there",
    "guests.file": "on the pages of guests who sent one",
    "health.": "for whoever watches the server",
    "mail.file": "there once the mail was sent",
    "own_badge.svg": "an image on the guest’s own page",
    "people.find": "for the search field's script",
    "registration.ask": "the link is in a mail",
    "registration.sent": "after the form was sent",
    "security.login": "whoever walks here has signed in",
    "security.code": "the second step of signing in",
    "security.recovery_codes": "there once a second factor is set up",
    "security.remove_factor": "likewise",
}


@pytest.fixture(scope="module")
def demonstration(databases: Callable[[str], Database]) -> Database:
    """The database with the demonstration data, for reading only."""
    database = databases(SQLITE)
    database.empty()
    loaded = Runner(database.app)("demo")
    assert loaded.exit_code == 0, loaded.output
    return database


@pytest.fixture(scope="module")
def walked(demonstration: Database) -> Walk:
    """What an administrator finds, who holds guests' links too."""
    app = demonstration.app
    client = app.test_client()
    assert isinstance(client, Client)
    beginnings = [beginning.path for beginning in welcome.read(demonstration.settings.instance)]
    with app.app_context():
        sign_in(client, make_staff("walker@example.org", administrator=True))
        beginnings += mailed(demonstration.settings)
        return walk(app, db.engine, client, [*dict.fromkeys(beginnings)])


def told_none(faults: Iterable[str]) -> None:
    """Fail with every fault on a line of its own."""
    assert not (found := sorted(faults)), "\n".join(["", *found])


def unlinked(app: Flask) -> Iterator[str]:
    """Endpoints that answer GET and that nobody need be able to reach by links."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith(tuple(UNLINKED)):
            yield rule.endpoint


def test_no_link_leads_nowhere(walked: Walk) -> None:
    told_none(f"{visit.path}: {visit.status}" for visit in walked.visits if visit.status >= 400)


def test_reading_changes_nothing(walked: Walk) -> None:
    told_none(f"{visit.path}: {visit.writes}" for visit in walked.visits if visit.writes)


def test_every_page_can_be_reached_by_links(walked: Walk, demonstration: Database) -> None:
    readable = {
        rule.endpoint for rule in demonstration.app.url_map.iter_rules() if "GET" in (rule.methods or ())
    }
    told_none(readable - walked.endpoints - {*unlinked(demonstration.app)})


def test_every_page_is_strict_html(walked: Walk) -> None:
    faults = []
    for visit in walked.pages:
        parser = html5lib.HTMLParser()
        parser.parse(visit.text)
        faults += [f"{visit.path} {place}: {code} {about}" for place, code, about in parser.errors[:3]]
    told_none(faults)


def test_every_page_has_one_heading_and_a_title(walked: Walk) -> None:
    faults = []
    for visit in walked.pages:
        titles = re.findall(r"<title>\s*(\S.*?)\s*</title>", visit.text, re.DOTALL)
        headings = re.findall(r"<h1\b", visit.text)
        if len(titles) != 1 or len(headings) != 1:
            faults.append(f"{visit.path}: titles {titles}, {len(headings)} headings")
    told_none(faults)


def test_no_identifier_stands_twice_on_a_page(walked: Walk) -> None:
    faults = []
    for visit in walked.pages:
        identifiers = re.findall(r"""\sid=["']([^"']+)["']""", visit.text)
        twice = {name for name in identifiers if identifiers.count(name) > 1}
        faults += [f"{visit.path}: {name}" for name in twice]
    told_none(faults)
