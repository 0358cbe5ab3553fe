"""Organisers' pages about events."""

from datetime import UTC, datetime

import pytest

from eventsapp.access.permissions import Role
from eventsapp.events.enums import EventKind, EventState
from eventsapp.events.models import Category, Event
from tests.factories.events import make_category, make_event
from tests.factories.people import make_organisation
from tests.factories.places import make_venue, make_zone
from tests.factories.programme import make_item
from tests.support.statements import statements_for

FORUM = {
    "title-en": "Harbour Cities Forum",
    "title-zh-Hant": "港灣城市論壇",
    "languages": "en zh-Hant uk",
    "starts_local": "2026-06-02T09:00",
    "ends_local": "2026-06-04T18:00",
    "timezone": "Asia/Taipei",
    "visibility": "public",
}


@pytest.mark.parametrize("kind", list(EventKind))
def test_an_event_of_each_kind_is_created_with_its_usual_categories(staff, db_session, kind) -> None:
    answer = staff().post(f"/organise/events/new/{kind.value}", data=FORUM)
    assert answer.status_code == 303
    event = db_session.query(Event).one()
    assert (event.kind, event.state) == (kind, EventState.DRAFT)
    assert event.title["zh-Hant"] == "港灣城市論壇"
    assert len(event.categories) >= 5
    assert answer.headers["Location"].endswith("/organise/events/harbour-cities-forum")


def test_a_refused_event_comes_back_filled_in(staff, db_session) -> None:
    answer = staff().post("/organise/events/new/summit", data={**FORUM, "ends_local": "2026-06-01T09:00"})
    assert answer.status_code == 422
    assert "This ends before it begins." in answer.text
    assert 'value="港灣城市論壇"' in answer.text
    assert db_session.query(Event).count() == 0


def test_an_event_without_a_time_is_refused_and_not_a_fault(staff) -> None:
    data = {name: value for name, value in FORUM.items() if name != "starts_local"}
    assert staff().post("/organise/events/new/summit", data=data).status_code == 422


@pytest.mark.parametrize("wrong", [{"visibility": "x"}, {"timezone": "x"}, {"venue": "x"}, {"capacity": "x"}])
def test_what_is_no_choice_is_refused(staff, wrong) -> None:
    assert staff().post("/organise/events/new/summit", data={**FORUM, **wrong}).status_code == 422


def test_whoever_creates_an_event_becomes_its_organiser(staff, db_session) -> None:
    client = staff(role=Role.ORGANISER, event=make_event("First"))
    answer = client.post("/organise/events/new/visit", data=FORUM)
    assert client.get(answer.headers["Location"]).status_code == 200
    assert client.get(answer.headers["Location"] + "/edit").status_code == 200


def test_an_event_is_edited_with_what_stands_around_it(staff, db_session) -> None:
    visit, summit = make_event("Visit", kind=EventKind.VISIT), make_event("Summit")
    venue, host = make_venue(), make_organisation()
    answer = staff().post(
        f"/organise/events/{visit.slug}/edit",
        data={
            **FORUM,
            "venue": venue.code,
            "host": host.code,
            "attends": [summit.slug],
            "slug": "kyiv-visit",
            "reply_by_local": "2026-05-20T18:00",
        },
    )
    assert answer.status_code == 303
    assert (visit.venue, visit.host, visit.attends, visit.slug) == (venue, host, [summit], "kyiv-visit")
    assert visit.reply_by_at == datetime(2026, 5, 20, 10, tzinfo=UTC)


def test_a_signing_may_stand_inside_a_visit_that_one_may_edit_only(staff, db_session) -> None:
    mine, other = make_event("Mine", kind=EventKind.VISIT), make_event("Other", kind=EventKind.VISIT)
    client = staff(role=Role.ORGANISER, event=mine)
    assert (
        client.post("/organise/events/new/signing", data={**FORUM, "parent": other.slug}).status_code == 422
    )
    assert client.post("/organise/events/new/signing", data={**FORUM, "parent": mine.slug}).status_code == 303


def test_an_event_is_published_and_cancelled_with_a_reason(staff, db_session) -> None:
    event = make_event()
    client = staff()
    address = f"/organise/events/{event.slug}"
    client.post(f"{address}/publish")
    assert event.state is EventState.PUBLISHED
    assert client.get(f"{address}/cancel").status_code == 200
    assert event.state is EventState.PUBLISHED
    client.post(f"{address}/cancel", data={"reason-en": "Typhoon"})
    assert event.state is EventState.CANCELLED
    assert "Typhoon" in client.get(address).text


def test_an_event_is_closed_once_it_has_begun(staff, db_session, clock) -> None:
    event = make_event(published=True)
    begun, over = datetime(2020, 6, 2, 9), datetime(2020, 6, 3)
    past = make_event("Past", published=True, starts_local=begun, ends_local=over)
    client = staff()
    page = client.post(f"/organise/events/{event.slug}/close", follow_redirects=True)
    assert "has not begun" in page.text
    client.post(f"/organise/events/{past.slug}/close")
    assert (event.state, past.state) == (EventState.PUBLISHED, EventState.CLOSED)


def test_the_overview_tells_what_is_missing_and_what_stands_inside(staff, db_session) -> None:
    visit = make_event("Visit", kind=EventKind.VISIT)
    make_event("Signing of the memorandum", kind=EventKind.SIGNING, parent=visit)
    page = staff().get(f"/organise/events/{visit.slug}").text
    assert "Say where it takes place" in page
    assert "Signing of the memorandum" in page


def test_the_list_shows_upcoming_past_and_drafts_apart(staff, db_session, clock) -> None:
    make_event("Coming", published=True)
    make_event("Sketch")
    make_event("Gone", published=True, starts_local=datetime(2020, 6, 2), ends_local=datetime(2020, 6, 3))
    client = staff()
    for shown, title in (("upcoming", "Coming"), ("drafts", "Sketch"), ("past", "Gone")):
        page = client.get(f"/organise/?show={shown}").text
        assert [name for name in ("Coming", "Sketch", "Gone") if name in page] == [title]


def test_the_list_shows_a_colleague_their_own_events_and_those_inside(staff, db_session) -> None:
    mine = make_event("My visit", kind=EventKind.VISIT)
    make_event("Inside mine", parent=mine)
    make_event("Their summit")
    page = staff(role=Role.DOOR, event=mine).get("/organise/?show=drafts").text
    assert "My visit" in page
    assert "Inside mine" in page
    assert "Their summit" not in page


PAGES = ("", "/edit", "/cancel", "/categories/", "/categories/new")


def test_another_events_pages_are_not_found(staff, db_session) -> None:
    mine, other = make_event("Mine"), make_event("Other")
    client = staff(role=Role.ORGANISER, event=mine)
    for page in PAGES:
        assert client.get(f"/organise/events/{mine.slug}{page}").status_code == 200
        assert client.get(f"/organise/events/{other.slug}{page}").status_code == 404
    for deed in ("/publish", "/close", "/cancel", "/edit", "/categories/new", "/categories/usual"):
        assert client.post(f"/organise/events/{other.slug}{deed}").status_code == 404
    assert other.state is EventState.DRAFT


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.PROTOCOL, Role.LIAISON, Role.DOOR, Role.VIEWER])
def test_only_an_organiser_edits_and_publishes(staff, db_session, role) -> None:
    event = make_event()
    client = staff(role=role, event=event)
    assert client.get(f"/organise/events/{event.slug}").status_code == 200
    for page in PAGES[1:]:
        assert client.get(f"/organise/events/{event.slug}{page}").status_code == 403
    assert client.post(f"/organise/events/{event.slug}/publish").status_code == 403
    assert client.get("/organise/events/new").status_code == 403


def test_a_role_in_a_visit_opens_the_signing_inside_it(staff, db_session) -> None:
    visit = make_event("Visit", kind=EventKind.VISIT)
    signing = make_event("Signing", kind=EventKind.SIGNING, parent=visit)
    assert (
        staff(role=Role.ORGANISER, event=visit).get(f"/organise/events/{signing.slug}/edit").status_code
        == 200
    )


def test_a_category_is_made_changed_and_removed(staff, db_session) -> None:
    event, zone = make_event(), make_zone()
    client = staff()
    address = f"/organise/events/{event.slug}/categories"
    data = {
        "names-en": "Delegate",
        "letter": "D",
        "colour": "#1a5fb4",
        "pattern": "dots",
        "zones": [zone.code],
    }
    assert client.post(f"{address}/new", data=data).status_code == 303
    category = db_session.query(Category).one()
    assert category.zones == [zone]
    again = client.post(f"{address}/new", data=data)
    assert again.status_code == 422
    assert 'value="Delegate"' in again.text
    client.post(f"{address}/{category.code}", data={**data, "names-en": "Member"})
    assert category.names == {"en": "Member"}
    client.post(f"{address}/{category.code}/delete")
    assert db_session.query(Category).count() == 0


def test_another_events_category_is_not_found(staff, db_session) -> None:
    category = make_category(make_event("Other"))
    mine = make_event("Mine")
    client = staff(role=Role.ORGANISER, event=mine)
    address = f"/organise/events/{mine.slug}/categories/{category.code}"
    assert client.get(address).status_code == 404
    assert client.post(f"{address}/delete").status_code == 404


def test_titles_are_text_and_never_markup(staff, db_session) -> None:
    event = make_event("<img src=x onerror=alert(1)>")
    client = staff()
    for address in ("/organise/?show=drafts", f"/organise/events/{event.slug}"):
        assert "<img src=x" not in client.get(address).text


def test_the_list_of_events_costs_the_same_with_more_rows(staff, app, db_session) -> None:
    client = staff()
    make_item(make_event("One", venue=make_venue()))
    one = statements_for(app, client, "/organise/?show=drafts")
    for title in ("Two", "Three"):
        make_item(make_event(title, venue=make_venue(title), parent=make_event(f"Around {title}")))
    assert statements_for(app, client, "/organise/?show=drafts") == one


def test_the_list_of_categories_costs_the_same_with_more_rows(staff, app, db_session) -> None:
    event, client = make_event(), staff()
    address = f"/organise/events/{event.slug}/categories/"
    make_category(event, "A", zones=[make_zone()])
    one = statements_for(app, client, address)
    for letter in "BC":
        make_category(event, letter, zones=[make_zone(make_venue(letter))])
    assert statements_for(app, client, address) == one
