"""Organisers' pages about the programme."""

from datetime import datetime, timedelta
from time import perf_counter

import pytest

from eventsapp.access.permissions import Role
from eventsapp.programme.enums import Audience, ItemState, PartRole
from eventsapp.programme.models import ParticipantGroup, ProgrammeItem, Track
from tests.factories.events import make_event
from tests.factories.people import make_affiliation, make_organisation, make_person
from tests.factories.places import make_room, make_venue
from tests.factories.programme import START, make_group, make_item, make_track
from tests.support.statements import statements_for

OPENING = {
    "title-en": "Opening",
    "title-uk": "Відкриття",
    "kind": "ceremony",
    "audience": "everyone",
    "starts_local": "2026-06-02T09:30",
    "ends_local": "2026-06-02T10:30",
    "is_public": "y",
    "role": "participant",
    "people-sent": "yes",
    "do": "save",
}


def pages_of(event) -> str:
    return f"/organise/events/{event.slug}/programme"


def test_an_item_is_planned_with_people_and_the_title_that_applies(staff, db_session) -> None:
    event, room = make_event(), make_room()
    lee = make_person("Shu-Chuan Lee")
    title = make_affiliation(lee, "Deputy Mayor", make_organisation())
    data = {
        **OPENING,
        "room": f"room:{room.code}",
        "people-person": [lee.code],
        "people-role": ["host"],
        "people-title": [title.code],
    }
    answer = staff().post(f"{pages_of(event)}/new", data=data)
    assert answer.status_code == 303
    item = db_session.query(ProgrammeItem).one()
    assert (item.room, item.title["uk"], item.timezone) == (room, "Відкриття", "Asia/Taipei")
    part = item.participations[0]
    assert (part.person, part.role, part.affiliation) == (lee, PartRole.HOST, title)
    page = staff().get(answer.headers["Location"]).text
    assert "Deputy Mayor" in page


def test_a_person_typed_in_any_spelling_is_added_without_scripts(staff, db_session) -> None:
    event, lee = make_event(), make_person("Shu-Chuan Lee", "李四川")
    client = staff()
    page = client.post(f"{pages_of(event)}/new", data={**OPENING, "do": "add", "person": "四川"})
    assert page.status_code == 200
    assert f'name="people-person" value="{lee.code}"' in page.text
    assert 'value="Відкриття"' in page.text
    assert db_session.query(ProgrammeItem).count() == 0
    client.post(f"{pages_of(event)}/new", data={**OPENING, "person": "shuchuan"})
    assert [part.person for part in db_session.query(ProgrammeItem).one().participations] == [lee]


def test_several_people_of_a_name_are_offered_to_choose_from(staff, db_session) -> None:
    event = make_event()
    people = [make_person("Ada Example"), make_person("Ada Sample")]
    client = staff()
    page = client.post(f"{pages_of(event)}/new", data={**OPENING, "do": "add", "person": "ada"})
    assert page.status_code == 422
    assert all(person.code in page.text for person in people)
    data = {**OPENING, "do": "add", "person": "ada", "person-code": people[1].code}
    page = client.post(f"{pages_of(event)}/new", data=data)
    assert f'name="people-person" value="{people[1].code}"' in page.text


def test_nobody_of_that_name_is_said_at_the_field(staff, db_session) -> None:
    page = staff().post(f"{pages_of(make_event())}/new", data={**OPENING, "person": "Nobody"})
    assert page.status_code == 422
    assert "Nobody of this name is recorded." in page.text
    assert db_session.query(ProgrammeItem).count() == 0


def test_a_row_marked_for_removal_is_left_out(staff, db_session) -> None:
    event, ada, ben = make_event(), make_person("Ada"), make_person("Ben")
    item = make_item(event, "Opening", ada, ben)
    data = {**OPENING, "people-person": [ada.code, ben.code], "people-remove": ["0"]}
    staff().post(f"{pages_of(event)}/{item.code}/edit", data=data)
    assert [part.person for part in item.participations] == [ben]


def test_a_refused_item_comes_back_filled_in_with_its_people(staff, db_session) -> None:
    event, ada = make_event(), make_person("Ada Example")
    data = {**OPENING, "ends_local": "2026-06-02T09:00", "people-person": [ada.code]}
    page = staff().post(f"{pages_of(event)}/new", data=data)
    assert page.status_code == 422
    assert "This ends before it begins." in page.text
    assert 'value="Відкриття"' in page.text
    assert "Ada Example" in page.text


@pytest.mark.parametrize(
    "wrong", [{"kind": "x"}, {"starts_local": "x"}, {"room": "room:X"}, {"audience": "x"}, {"timezone": "x"}]
)
def test_what_is_no_choice_is_refused(staff, db_session, wrong) -> None:
    assert staff().post(f"{pages_of(make_event())}/new", data={**OPENING, **wrong}).status_code == 422


def test_an_hour_that_the_clock_skips_is_refused_at_the_field(staff, db_session) -> None:
    data = {
        **OPENING,
        "timezone": "Europe/Kyiv",
        "starts_local": "2026-03-29T03:30",
        "ends_local": "2026-03-29T05:00",
    }
    page = staff().post(f"{pages_of(make_event())}/new", data=data)
    assert page.status_code == 422
    assert "the clock is put forward" in page.text


def test_overlaps_are_shown_on_checking_without_storing_anything(staff, db_session) -> None:
    event, room, ada = make_event(), make_room(), make_person("Ada Example")
    make_item(event, "Rehearsal", ada, room=room)
    data = {**OPENING, "do": "check", "room": f"room:{room.code}", "people-person": [ada.code]}
    page = staff().post(f"{pages_of(event)}/new", data=data)
    assert page.status_code == 200
    assert "is also needed for" in page.text
    assert "is also taken by" in page.text
    assert "Rehearsal" in page.text
    assert db_session.query(ProgrammeItem).count() == 1


def test_an_overlap_is_warned_about_and_saved(staff, db_session) -> None:
    event, ada = make_event(), make_person("Ada Example")
    make_item(event, "Rehearsal", ada)
    client = staff()
    data = {**OPENING, "people-person": [ada.code]}
    page = client.post(f"{pages_of(event)}/new", data=data, follow_redirects=True)
    assert "It overlaps with something else" in page.text
    assert "Rehearsal" in page.text
    assert db_session.query(ProgrammeItem).count() == 2
    assert "Overlaps once" in client.get(f"{pages_of(event)}/").text


def test_an_overlap_with_an_event_one_may_not_see_tells_only_the_time(staff, db_session) -> None:
    mine, other, ada = make_event("Mine"), make_event("Their summit"), make_person("Ada Example")
    item = make_item(mine, "Opening", ada)
    make_item(other, "Secret dinner", ada)
    page = staff(role=Role.ORGANISER, event=mine).get(f"{pages_of(mine)}/{item.code}").text
    assert "an engagement in another event" in page
    assert "Secret dinner" not in page
    assert "Their summit" not in page


def test_an_item_is_moved_and_keeps_everything_else(staff, db_session) -> None:
    event, ada, room = make_event(), make_person("Ada"), make_room()
    item = make_item(event, "Opening", ada)
    data = {"starts_local": "2026-06-03T14:00", "ends_local": "2026-06-03T15:00", "room": f"room:{room.code}"}
    client = staff()
    checked = client.post(f"{pages_of(event)}/{item.code}/move", data={**data, "do": "check"})
    assert (checked.status_code, item.sequence) == (200, 0)
    assert client.post(f"{pages_of(event)}/{item.code}/move", data=data).status_code == 303
    assert (item.starts_local, item.room, item.sequence) == (datetime(2026, 6, 3, 14), room, 1)
    assert [part.person for part in item.participations] == [ada]


def test_a_refused_move_comes_back_filled_in(staff, db_session) -> None:
    event = make_event()
    item = make_item(event)
    data = {"starts_local": "2026-06-03T14:00", "ends_local": "2026-06-03T13:00", "room": ""}
    page = staff().post(f"{pages_of(event)}/{item.code}/move", data=data)
    assert page.status_code == 422
    assert "2026-06-03T14:00" in page.text


def test_an_item_is_cancelled_restored_and_removed(staff, db_session) -> None:
    event = make_event()
    item = make_item(event)
    client = staff()
    client.post(f"{pages_of(event)}/{item.code}/cancel")
    assert item.state is ItemState.CANCELLED
    client.post(f"{pages_of(event)}/{item.code}/restore")
    assert item.state is ItemState.SCHEDULED
    client.post(f"{pages_of(event)}/{item.code}/delete")
    assert db_session.query(ProgrammeItem).count() == 0


def test_an_item_of_a_published_event_is_not_removed(staff, db_session) -> None:
    event = make_event(published=True)
    item = make_item(event)
    page = staff().post(f"{pages_of(event)}/{item.code}/delete", follow_redirects=True)
    assert "Cancel it instead." in page.text
    assert db_session.query(ProgrammeItem).count() == 1


def test_tracks_and_groups_are_kept(staff, db_session) -> None:
    event, ada = make_event(), make_person("Ada")
    client = staff()
    client.post(f"{pages_of(event)}/tracks/new", data={"names-en": "Mobility", "colour": "#1a5fb4"})
    data = {"names-en": "Group A", "people-sent": "yes", "people-person": [ada.code], "role": "participant"}
    client.post(f"{pages_of(event)}/groups/new", data=data)
    track, group = db_session.query(Track).one(), db_session.query(ParticipantGroup).one()
    assert group.people == [ada]
    page = client.get(f"{pages_of(event)}/strands").text
    assert "Mobility" in page
    assert "Group A" in page
    data = {**OPENING, "track": track.code, "audience": "groups", "groups": [group.code]}
    client.post(f"{pages_of(event)}/new", data=data)
    item = db_session.query(ProgrammeItem).one()
    assert (item.track, item.groups, item.audience) == (track, [group], Audience.GROUPS)
    client.post(f"{pages_of(event)}/tracks/{track.code}/delete")
    client.post(f"{pages_of(event)}/groups/{group.code}/delete")
    assert db_session.query(Track).count() == db_session.query(ParticipantGroup).count() == 0


def test_the_day_table_puts_rooms_side_by_side(staff, db_session) -> None:
    event, venue = make_event(), make_venue()
    for name in ("Plenary", "701AB"):
        make_item(event, f"In {name}", room=make_room(venue, name))
    make_item(event, "Elsewhere")
    make_item(event, "Another day", starts_local=START + timedelta(days=1))
    client = staff()
    page = client.get(f"{pages_of(event)}/rooms").text
    assert all(text in page for text in ("In Plenary", "In 701AB", "No room"))
    assert "Another day" not in page
    assert "Another day" in client.get(f"{pages_of(event)}/rooms?day=2026-06-03").text
    assert client.get(f"{pages_of(event)}/rooms?day=nonsense").status_code == 200


def own_pages(item, track, group) -> list[str]:
    codes = [
        item.code,
        f"{item.code}/edit",
        f"{item.code}/move",
        f"tracks/{track.code}",
        f"groups/{group.code}",
    ]
    return [*codes, "new", "rooms", "strands", "tracks/new", "groups/new", ""]


def test_another_events_programme_is_not_found(staff, db_session) -> None:
    mine, other = make_event("Mine"), make_event("Other")
    ours = make_item(mine), make_track(mine), make_group(mine)
    theirs = make_item(other), make_track(other), make_group(other)
    client = staff(role=Role.ORGANISER, event=mine)
    for page in own_pages(*ours):
        assert client.get(f"{pages_of(mine)}/{page}").status_code == 200
    for page in own_pages(*theirs):
        assert client.get(f"{pages_of(other)}/{page}").status_code == 404
    for page in own_pages(*theirs)[:5]:
        assert client.get(f"{pages_of(mine)}/{page}").status_code == 404
    for deed in ("cancel", "restore", "delete", "move", "edit"):
        assert client.post(f"{pages_of(mine)}/{theirs[0].code}/{deed}").status_code == 404
    assert theirs[0].state is ItemState.SCHEDULED


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.LIAISON, Role.DOOR, Role.VIEWER])
def test_roles_without_the_programme_read_and_do_not_change_it(staff, db_session, role) -> None:
    event = make_event()
    item, track, group = make_item(event), make_track(event), make_group(event)
    client = staff(role=role, event=event)
    for page in ("", "rooms", "strands", item.code):
        assert client.get(f"{pages_of(event)}/{page}").status_code == 200
    for page in [*own_pages(item, track, group)[1:5], "new"]:
        assert client.get(f"{pages_of(event)}/{page}").status_code == 403
    assert client.post(f"{pages_of(event)}/{item.code}/cancel").status_code == 403


def test_protocol_plans_the_programme(staff, db_session) -> None:
    event = make_event()
    assert (
        staff(role=Role.PROTOCOL, event=event).post(f"{pages_of(event)}/new", data=OPENING).status_code == 303
    )


@pytest.mark.parametrize("page", ["", "rooms", "strands"])
def test_the_programme_costs_the_same_with_more_rows(staff, app, db_session, page) -> None:
    event, client = make_event(), staff()
    address = f"{pages_of(event)}/{page}"

    def fill(number: int) -> None:
        person = make_person(f"Person {number}")
        make_affiliation(person, organisation=make_organisation(f"Body {number}"))
        room = make_room(make_venue(f"Venue {number}"))
        make_item(event, f"Item {number}", person, room=room, track=make_track(event, f"T{number}"))
        make_group(event, f"G{number}", person)

    fill(1)
    one = statements_for(app, client, address)
    fill(2)
    fill(3)
    assert statements_for(app, client, address) == one


def test_a_programme_of_500_items_is_quick(staff, app, db_session) -> None:
    event, client = make_event(), staff()
    rooms = [make_room(name=f"Room {number}") for number in range(10)]
    people = [make_person(f"Person {number}") for number in range(50)]
    for number in range(500):
        starts = START + timedelta(days=number % 3, minutes=number % 8 * 60)
        make_item(event, f"Item {number}", people[number % 50], room=rooms[number % 10], starts_local=starts)
    db_session.commit()
    client.get(f"{pages_of(event)}/")
    begun = perf_counter()
    assert client.get(f"{pages_of(event)}/").status_code == 200
    assert perf_counter() - begun < 1.5
