"""The public pages: the programme of the installation and each event's page."""

from datetime import datetime

import pytest
from flask import Flask

from eventsapp.access.identity import SYSTEM
from eventsapp.core.db import db, transaction
from eventsapp.events import service
from eventsapp.events.enums import EventKind, Visibility
from eventsapp.events.models import Event
from eventsapp.web import responses
from tests.factories.events import event_input, make_event, make_public_event
from tests.factories.people import NOW, make_organisation
from tests.factories.places import make_venue
from tests.support.clients import Client
from tests.support.clocks import Clock
from tests.support.html import strict
from tests.support.statements import counted, statements_for

pytestmark = pytest.mark.usefixtures("db_session", "clock")

YEAR_AGO = {"starts_local": datetime(2025, 6, 2, 9), "ends_local": datetime(2025, 6, 4, 18)}
NOW_ON = {"starts_local": datetime(2026, 5, 12, 9), "ends_local": datetime(2026, 5, 12, 18)}


def test_first_page_puts_events_where_they_stand_in_time(client: Client) -> None:
    make_public_event("Old forum", slug="old", **YEAR_AGO)
    make_public_event("Present forum", slug="present", **NOW_ON)
    make_public_event("Coming forum", slug="coming")
    page = client.get("/").text
    strict(page)
    order = ["Taking place now", "Present forum", "To come", "Coming forum", "Past", "Old forum"]
    assert sorted(order, key=page.index) == order


def test_first_page_moves_an_event_on_when_it_begins_and_ends(client: Client, clock: Clock) -> None:
    make_public_event("Present forum", **NOW_ON)  # 09:00–18:00 in Taipei; it is 10:00
    assert "Taking place now" in client.get("/").text
    clock.forward(hours=8)
    page = client.get("/").text
    assert "Taking place now" not in page
    assert "Past" in page


def test_first_page_of_an_installation_without_events_says_so(client: Client) -> None:
    page = client.get("/").text
    strict(page)
    assert "Nothing is announced at present." in page


def test_first_page_leaves_out_what_is_not_announced(client: Client) -> None:
    make_event("Draft forum", visibility=Visibility.PUBLIC)
    make_event("Unlisted forum", visibility=Visibility.UNLISTED, published=True)
    make_event("Invited forum", visibility=Visibility.INVITATION, published=True)
    page = client.get("/").text
    assert "forum" not in page


def test_past_events_go_on_over_pages(client: Client) -> None:
    for number in range(23):
        make_public_event(f"Forum no. {number}", slug=f"forum-{number}", **YEAR_AGO)
    first = client.get("/").text
    assert first.count('class="calendar-entry"') == 20
    later = client.get("/?before=forum-3").text
    strict(later)
    assert later.count('class="calendar-entry"') == 3
    assert "Forum no. 0<" in later


def test_event_page_tells_when_where_who_and_what(client: Client) -> None:
    venue = make_venue(
        "Harbour Hall", address={"en": "1 Quay\nNorthport"}, latitude=25.0577, longitude=121.6155
    )
    make_public_event(
        slug="forum",
        subtitle={"en": "Ports and people"},
        venue=venue,
        host=make_organisation("City of Northport"),
        description={"en": "It is **free**."},
        practical={"en": "Bring a coat."},
        contact_email="forum@northport.example",
    )
    page = client.get("/events/forum").text
    strict(page)
    for told in (
        "Summit",
        "Ports and people",
        "Taipei (UTC+8)",
        "Harbour Hall",
        "1 Quay",
        "City of Northport",
        "<strong>free</strong>",
        "Bring a coat.",
        "forum@northport.example",
        'href="geo:25.05770,121.61550"',
        "https://www.openstreetmap.org/?mlat=25.05770",
    ):
        assert told in page


def test_event_page_reads_in_the_readers_language(client: Client) -> None:
    make_public_event(slug="forum", title={"en": "Forum", "uk": "Форум"}, description={"en": "Only English."})
    page = client.get("/events/forum", headers={"Accept-Language": "uk"}).text
    assert '<html lang="uk"' in page
    assert "<h1>Форум</h1>" in page
    assert 'lang="en" dir="ltr">English</span>' in page  # the fallback says so


def test_pages_of_two_languages_are_kept_apart(client: Client) -> None:
    make_public_event(slug="forum", title={"en": "Forum", "uk": "Форум"})
    first = client.get("/events/forum", headers={"Accept-Language": "en"})
    second = client.get("/events/forum", headers={"Accept-Language": "uk"})
    assert "<h1>Forum</h1>" in first.text
    assert "<h1>Форум</h1>" in second.text
    assert {"Cookie", "Accept-Language"} <= set(second.vary)


def test_event_page_shows_what_belongs_to_it_if_that_is_public(client: Client) -> None:
    visit = make_public_event("Visit to Taipei", kind=EventKind.VISIT, slug="visit")
    forum = make_public_event("Open forum", slug="forum")
    closed = make_event("Closed forum", published=True)
    given = event_input("Visit to Taipei", kind=EventKind.VISIT, attends=[forum, closed], slug="visit")
    service.edit_event(visit, given, actor=SYSTEM, now=NOW)
    visit.visibility = Visibility.PUBLIC
    make_public_event("Open signing", kind=EventKind.SIGNING, parent=visit, slug="signing")
    make_event("Secret dinner", parent=visit, published=True)
    make_event("Unlisted tea", parent=visit, visibility=Visibility.UNLISTED, published=True)
    page = client.get("/events/visit").text
    strict(page)
    assert "Open signing" in page
    assert "Open forum" in page
    for hidden in ("Closed forum", "Secret dinner", "Unlisted tea"):
        assert hidden not in page
    assert 'href="/events/visit"' in client.get("/events/signing").text


def test_event_inside_a_hidden_one_does_not_name_it(client: Client) -> None:
    secret = make_event("Secret visit", kind=EventKind.VISIT, published=True)
    make_public_event("Open signing", kind=EventKind.SIGNING, parent=secret, slug="signing")
    assert "Secret visit" not in client.get("/events/signing").text


def test_cancelled_event_stays_with_its_reason(client: Client) -> None:
    event = make_public_event(slug="forum", registration_open=True)
    service.cancel_event(event, reason={"en": "The hall has flooded."}, actor=SYSTEM, now=NOW)
    page = client.get("/events/forum").text
    strict(page)
    assert "This event is cancelled." in page
    assert "The hall has flooded." in page
    assert "/events/forum/register" not in page
    assert "Cancelled" in client.get("/").text


def test_names_and_texts_never_become_markup(client: Client) -> None:
    bad = "<script>alert(1)</script>"
    make_public_event(slug="forum", title={"en": bad}, subtitle={"en": bad}, description={"en": bad})
    for path in ("/", "/events/forum"):
        page = client.get(path).text
        strict(page)
        assert bad not in page


def test_registration_is_offered_until_the_reply_by_date(client: Client, clock: Clock) -> None:
    make_public_event(
        slug="forum", registration_open=True, reply_by_local=datetime(2026, 5, 12, 12)
    )  # two hours from now
    assert 'href="/events/forum/register"' in client.get("/events/forum").text
    clock.forward(hours=2, seconds=1)
    assert 'href="/events/forum/register"' not in client.get("/events/forum").text


def test_moved_demonstration_tells_its_true_date(client: Client) -> None:
    service.create_event(
        event_input(slug="forum", visibility=Visibility.PUBLIC), shifted_days=1000, actor=SYSTEM, now=NOW
    )
    event = db.session.scalars(db.select(Event)).one()
    service.publish_event(event, actor=SYSTEM, now=NOW)
    for path in ("/", "/events/forum"):
        page = client.get(path).text
        assert "Demonstration." in page
        assert "6 September 2023" in page
        assert "2 June 2026" in page


def test_event_that_was_not_moved_has_no_demonstration_note(client: Client) -> None:
    make_public_event(slug="forum")
    assert "Demonstration" not in client.get("/events/forum").text


def test_kept_page_is_made_anew_when_the_event_changes(client: Client) -> None:
    event = make_public_event("Before", slug="forum")
    first = client.get("/events/forum")
    with transaction():
        db.session.refresh(event)
        event.title = {"en": "Afterwards"}
    second = client.get("/events/forum", headers={"If-None-Match": first.headers["ETag"]})
    assert second.status_code == 200
    assert "Afterwards" in second.text


def test_reader_who_has_the_page_is_told_so(client: Client) -> None:
    make_public_event(slug="forum")
    first = client.get("/events/forum")
    assert first.headers["Cache-Control"] == "no-cache"
    again = client.get("/events/forum", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_kept_page_asks_for_the_version_alone_and_sets_no_cookie(app: Flask, client: Client) -> None:
    make_public_event(slug="forum")
    for path in ("/", "/events/forum"):
        client.get(path)
        with counted(app) as statements:
            answer = client.get(path)
        assert not statements, statements  # the version is asked past SQLAlchemy
        assert "Set-Cookie" not in answer.headers


def test_lists_of_events_cost_the_same_for_one_and_three(app: Flask, client: Client) -> None:
    visit = make_public_event("Visit", kind=EventKind.VISIT, slug="visit")
    costs = []
    for number in range(3):
        given = {"venue": make_venue(f"Hall {number}"), "host": make_organisation(f"City {number}")}
        make_public_event(f"Signing {number}", kind=EventKind.SIGNING, parent=visit, **given)
        make_public_event(f"Past {number}", **given, **YEAR_AGO)
        responses.init_app(app)  # nothing kept
        costs.append([statements_for(app, client, path) for path in ("/", "/events/visit")])
    assert costs == [costs[0]] * 3
