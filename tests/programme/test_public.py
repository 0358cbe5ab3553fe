"""The programme as the public reads it: a section of the event's page, and a page for each item."""

import time
from datetime import datetime, timedelta

import pytest
from flask import Flask

from eventsapp.access.identity import SYSTEM
from eventsapp.events.models import Event
from eventsapp.people.models import Person
from eventsapp.programme import service, strands
from eventsapp.programme.enums import PartRole
from eventsapp.programme.models import ProgrammeItem
from eventsapp.programme.service import PartInput
from eventsapp.web import responses
from tests.factories.events import make_event, make_public_event
from tests.factories.people import NOW, make_affiliation, make_organisation, make_person
from tests.factories.places import make_room, make_venue
from tests.factories.programme import make_item, make_track
from tests.support.clients import Client
from tests.support.clocks import Clock
from tests.support.html import strict
from tests.support.statements import statements_for

pytestmark = pytest.mark.usefixtures("db_session", "clock")

SECOND_DAY = {"starts_local": datetime(2026, 6, 3, 14), "ends_local": datetime(2026, 6, 3, 15)}


@pytest.fixture
def forum() -> Event:
    return make_public_event(slug="forum")


def page_of(client: Client, path: str) -> str:
    """The page, which is there and right by the HTML standard."""
    answer = client.get(path)
    assert answer.status_code == 200
    strict(answer.text)
    return answer.text


def test_programme_stands_by_day_with_time_room_track_and_speaker(forum: Event, client: Client) -> None:
    speaker = make_person("Ада Приклад")
    title = make_affiliation(speaker, "Deputy Mayor", make_organisation("City of Northport"))
    make_item(
        forum,
        "Opening",
        room=make_room(name="Plenary hall"),
        track=make_track(forum, "Energy"),
        parts=[PartInput(speaker, PartRole.SPEAKER, title)],
    )
    make_item(forum, "Closing", **SECOND_DAY)
    page = page_of(client, "/events/forum")
    for told in ("Opening", "Plenary hall", "Energy", "Ада Приклад", "Deputy Mayor, City of Northport"):
        assert told in page
    assert page.index("Tuesday, 2 June 2026") < page.index("Opening") < page.index("Wednesday, 3 June 2026")
    assert page.index("Wednesday, 3 June 2026") < page.index("Closing")
    assert "Times in Taipei (UTC+8)" in page


def test_items_that_are_not_public_are_nowhere(forum: Event, client: Client) -> None:
    hidden = make_item(forum, "Private call", is_public=False)
    make_item(forum, "Opening")
    assert "Private call" not in page_of(client, "/events/forum")
    assert "Private call" not in page_of(client, "/events/forum?view=rooms")
    assert client.get(f"/events/forum/items/{hidden.code}").status_code == 404


def test_whoever_merely_comes_is_not_named(forum: Event, client: Client) -> None:
    roles = (PartRole.PARTICIPANT, PartRole.INTERPRETER, PartRole.LIAISON)
    item = make_item(forum, "Opening", parts=[PartInput(make_person(f"Quiet {r}"), r) for r in roles])
    for path in ("/events/forum", f"/events/forum/items/{item.code}"):
        assert "Quiet" not in page_of(client, path)


def test_cancelled_item_stays_and_is_marked(forum: Event, client: Client) -> None:
    item = make_item(forum, "Opening")
    service.cancel_item(item, actor=SYSTEM, now=NOW)
    page = page_of(client, "/events/forum")
    assert "programme-item is-cancelled" in page
    assert "Cancelled" in page
    assert "This item is cancelled." in page_of(client, f"/events/forum/items/{item.code}")


def test_programme_can_be_read_by_day_and_by_track(forum: Event, client: Client) -> None:
    track = make_track(forum, "Energy")
    make_item(forum, "Opening", track=track)
    make_item(forum, "Closing", **SECOND_DAY)
    by_day = page_of(client, "/events/forum?day=2026-06-03")
    assert "Closing" in by_day
    assert "Opening" not in by_day
    by_track = page_of(client, f"/events/forum?track={track.code}")
    assert "Opening" in by_track
    assert "Closing" not in by_track
    assert f'href="/events/forum?day=2026-06-03&amp;track={track.code}#programme"' in by_track
    neither = page_of(client, f"/events/forum?day=2026-06-03&track={track.code}")
    assert "Nothing in the programme matches this choice." in neither


@pytest.mark.parametrize(
    "query", ["day=never", "track=%01", "view=%F0%9F%92%A9", "day=2026-06-03&day=x", "x=1"]
)
def test_strange_choices_show_a_page(forum: Event, client: Client, query: str) -> None:
    make_item(forum, "Opening")
    page_of(client, f"/events/forum?{query}")


def test_rooms_stand_side_by_side_and_long_items_reach_down(forum: Event, client: Client) -> None:
    venue = make_venue()
    hall, small = make_room(venue, "Hall"), make_room(venue, "Small room")
    long = {"ends_local": datetime(2026, 6, 2, 12)}
    make_item(forum, "All morning", room=hall, **long)
    make_item(forum, "Half past ten", room=small, starts_local=datetime(2026, 6, 2, 10, 30))
    make_item(forum, "Walk", place_note={"en": "Quay"}, starts_local=datetime(2026, 6, 2, 13))
    page = page_of(client, "/events/forum?view=rooms")
    assert page.index(">Hall<") < page.index(">Small room<") < page.index(">Elsewhere<")
    assert '<td rowspan="2" class="taken">' in page
    assert page.count('class="slot-item"') == 3


def test_long_programme_opens_at_the_present_day(client: Client, clock: Clock) -> None:
    event = make_public_event(
        slug="long", starts_local=datetime(2026, 5, 11, 9), ends_local=datetime(2026, 5, 13, 18)
    )
    for day in (11, 12, 13):
        for number in range(21):
            starts = datetime(2026, 5, day, 9) + timedelta(minutes=10 * number)
            make_item(event, f"Item {day}-{number}.", starts_local=starts)
    today = page_of(client, "/events/long")
    assert "Item 12-0." in today
    assert "Item 11-0." not in today
    clock.forward(days=1)
    assert "Item 13-0." in page_of(client, "/events/long")
    assert page_of(client, "/events/long?day=all").count('class="programme-item"') == 63


def test_item_page_tells_everything_that_is_public(forum: Event, client: Client) -> None:
    item = make_item(
        forum,
        "Opening",
        room=make_room(make_venue("Harbour Hall"), "Plenary", floor="7"),
        description={"en": "A *short* word."},
        dress={"en": "Business"},
        parts=[PartInput(make_person("Ada Example"), PartRole.MODERATOR)],
    )
    page = page_of(client, f"/events/forum/items/{item.code}")
    for told in (
        "Tuesday, 2 June 2026",
        "Taipei (UTC+8)",
        "Plenary, floor 7",
        "Harbour Hall",
        "<em>short</em>",
        "Business",
        "Ada Example",
        "(Moderator)",
        'href="/events/forum"',
    ):
        assert told in page


def test_calendars_are_offered_on_the_pages(forum: Event, client: Client) -> None:
    item = make_item(forum, "Opening")
    page = page_of(client, "/events/forum")
    assert 'href="/events/forum.ics"' in page
    assert 'href="webcal://127.0.0.1:8000/events/forum.ics"' in page
    own = page_of(client, f"/events/forum/items/{item.code.lower()}")
    assert f'href="/events/forum/items/{item.code}.ics"' in own


def test_item_of_another_event_is_not_found(forum: Event, client: Client) -> None:
    elsewhere = make_item(make_public_event("Other forum", slug="other"), "Opening")
    assert client.get(f"/events/forum/items/{elsewhere.code}").status_code == 404
    secret = make_item(make_event("Secret", slug="secret", published=True), "Opening")
    assert client.get(f"/events/secret/items/{secret.code}").status_code == 404


def _crowded(event: Event, number: int, speakers: list[Person]) -> ProgrammeItem:
    return make_item(
        event,
        f"Item {number}",
        room=make_room(name=f"Room {number}"),
        track=strands.create_track(event, names={"en": f"Track {number}"}, actor=SYSTEM, now=NOW),
        parts=[PartInput(person, PartRole.SPEAKER) for person in speakers],
    )


def test_programme_costs_the_same_for_one_and_three_items(forum: Event, app: Flask, client: Client) -> None:
    costs = []
    for number in range(3):
        item = _crowded(forum, number, [make_person(f"Speaker {number}-{n}") for n in range(number + 1)])
        responses.init_app(app)  # nothing kept
        paths = ("/events/forum", "/events/forum?view=rooms", f"/events/forum/items/{item.code}")
        costs.append([statements_for(app, client, path) for path in paths])
    assert costs == [costs[0]] * 3


@pytest.mark.slow
def test_programme_of_400_items_is_made_in_150_milliseconds(app: Flask, client: Client, forum: Event) -> None:
    rooms = [make_room(name=f"Room {number}") for number in range(10)]
    people = [make_person(f"Speaker {number}") for number in range(40)]
    for number in range(400):
        starts = datetime(2026, 6, 2, 9) + timedelta(minutes=10 * (number % 40), days=number // 160)
        parts = [PartInput(people[(number + n) % 40], PartRole.SPEAKER) for n in range(2)]
        make_item(forum, f"Item {number}", starts_local=starts, room=rooms[number % 10], parts=parts)
    paths = ("/events/forum", "/events/forum?day=all")
    best = dict.fromkeys(paths, 9.0)
    for _ in range(5):
        responses.init_app(app)  # nothing kept
        for path in paths:
            begun = time.process_time()
            assert client.get(path).status_code == 200
            best[path] = min(best[path], time.process_time() - begun)
    assert max(best.values()) <= 0.150, best
