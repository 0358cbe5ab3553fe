"""Items: times, places, people, revisions."""

from datetime import UTC, datetime, timedelta

import pytest

from eventsapp.access.identity import SYSTEM
from eventsapp.core.errors import Conflict, Invalid
from eventsapp.events import service as events
from eventsapp.people import organisations
from eventsapp.programme import occupied, queries, service, signals, strands
from eventsapp.programme.conflicts import ClashKind
from eventsapp.programme.enums import Audience, ItemState, PartRole
from eventsapp.programme.models import Participation, ProgrammeItem
from eventsapp.programme.service import PartInput
from tests.factories.events import event_input, make_event
from tests.factories.people import make_affiliation, make_person
from tests.factories.places import make_room, make_venue
from tests.factories.programme import START, item_input, make_group, make_item, make_track


@pytest.fixture
def heard():
    """What is announced about items, in order."""
    said: list[str] = []

    def moved(_sender, **_given) -> None:
        said.append("moved")

    def cancelled(_sender, **_given) -> None:
        said.append("cancelled")

    signals.item_moved.connect(moved)
    signals.item_cancelled.connect(cancelled)
    yield said
    signals.item_moved.disconnect(moved)
    signals.item_cancelled.disconnect(cancelled)


def test_times_are_the_venues_unless_a_zone_is_named(db_session) -> None:
    event = make_event()
    kyiv = make_venue("Kyiv City Hall", "Europe/Kyiv")
    here, there = make_item(event), make_item(event, venue=kyiv)
    named = make_item(event, venue=kyiv, timezone="Asia/Tokyo")
    assert [item.timezone for item in (here, there, named)] == ["Asia/Taipei", "Europe/Kyiv", "Asia/Tokyo"]
    assert there.starts_at == datetime(2026, 6, 2, 6, 30, tzinfo=UTC)


def test_a_room_brings_its_venue(db_session) -> None:
    room = make_room()
    item = make_item(make_event(), room=room)
    assert (item.room, item.venue) == (room, room.venue)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"ends_local": START}, "ends_local"),
        ({"title": " "}, "title"),
        ({"timezone": "x"}, "timezone"),
        ({"capacity": -1}, "capacity"),
        ({"audience": Audience.GROUPS}, "groups"),
    ],
)
def test_an_item_that_cannot_be_is_refused_at_the_field(db_session, wrong, field) -> None:
    event = make_event()
    with pytest.raises(Invalid) as refused:
        make_item(event, **wrong)
    assert refused.value.field == field


def test_tracks_and_groups_of_another_event_are_refused(db_session) -> None:
    event, other = make_event(), make_event("Other")
    with pytest.raises(Invalid):
        make_item(event, track=make_track(other))
    with pytest.raises(Invalid):
        make_item(event, audience=Audience.GROUPS, groups=[make_group(other)])


def test_a_typo_raises_no_sequence(db_session, now, heard) -> None:
    item = make_item(make_event())
    service.edit_item(item, item_input("Openning corrected"), actor=SYSTEM, now=now)
    assert (item.sequence, item.revised_at, heard) == (0, now, [])


def test_another_time_room_or_state_raises_the_sequence(db_session, now, heard) -> None:
    item = make_item(make_event())
    later = item_input(starts_local=START + timedelta(minutes=5))
    service.edit_item(item, later, actor=SYSTEM, now=now)
    assert (item.sequence, heard) == (1, ["moved"])
    service.move_item(
        item,
        starts_local=item.starts_local,
        ends_local=item.ends_local,
        room=make_room(),
        actor=SYSTEM,
        now=now,
    )
    assert (item.sequence, heard) == (2, ["moved"] * 2)
    service.cancel_item(item, actor=SYSTEM, now=now)
    assert (item.sequence, item.state, heard) == (3, ItemState.CANCELLED, ["moved", "moved", "cancelled"])
    service.restore_item(item, actor=SYSTEM, now=now)
    assert (item.sequence, item.state) == (4, ItemState.SCHEDULED)


def test_an_item_moved_to_a_venue_in_another_zone_takes_its_zone(db_session, now) -> None:
    item = make_item(make_event(), venue=make_venue())
    service.move_item(
        item,
        starts_local=item.starts_local,
        ends_local=item.ends_local,
        venue=make_venue("Kyiv", "Europe/Kyiv"),
        actor=SYSTEM,
        now=now,
    )
    assert item.timezone == "Europe/Kyiv"


def test_cancelling_twice_and_restoring_what_stands_are_refused(db_session, now) -> None:
    item = make_item(make_event())
    with pytest.raises(Conflict):
        service.restore_item(item, actor=SYSTEM, now=now)
    service.cancel_item(item, actor=SYSTEM, now=now)
    with pytest.raises(Conflict):
        service.cancel_item(item, actor=SYSTEM, now=now)


def test_an_item_is_deleted_only_while_its_event_is_a_draft(db_session, now) -> None:
    event = make_event()
    item, other = make_item(event, "Opening", make_person()), make_item(event)
    service.delete_item(item, actor=SYSTEM, now=now)
    events.publish_event(event, actor=SYSTEM, now=now)
    with pytest.raises(Conflict):
        service.delete_item(other, actor=SYSTEM, now=now)
    db_session.commit()
    assert db_session.query(ProgrammeItem).one() is other
    assert db_session.query(Participation).count() == 0


def test_nothing_is_planned_in_a_cancelled_event(db_session, now) -> None:
    event = make_event()
    item = make_item(event)
    events.cancel_event(event, {}, actor=SYSTEM, now=now)
    with pytest.raises(Conflict):
        make_item(event)
    with pytest.raises(Conflict):
        service.cancel_item(item, actor=SYSTEM, now=now)


def test_a_cancelled_event_makes_its_items_new_revisions(db_session, now) -> None:
    event, other = make_event(), make_event("Other")
    item, gone, foreign = make_item(event), make_item(event), make_item(other)
    service.cancel_item(gone, actor=SYSTEM, now=now)
    db_session.flush()
    events.cancel_event(event, {}, actor=SYSTEM, now=now)
    db_session.commit()
    assert [row.sequence for row in (item, gone, foreign)] == [1, 1, 0]
    assert item.revised_at == now


def test_an_item_without_a_place_moves_with_its_event(db_session, now) -> None:
    event = make_event(published=True)
    item, placed = make_item(event), make_item(event, venue=make_venue("Other hall"))
    events.edit_event(event, event_input(venue=make_venue()), actor=SYSTEM, now=now)
    db_session.commit()
    assert (item.sequence, placed.sequence) == (1, 0)


def test_the_title_that_applies_is_one_of_the_persons_own(db_session, now) -> None:
    ada, ben = make_person("Ada"), make_person("Ben")
    title = make_affiliation(ben)
    with pytest.raises(Invalid) as refused:
        make_item(make_event(), parts=[PartInput(ada, PartRole.SPEAKER, title)])
    assert refused.value.field == "people"


def test_people_keep_their_rows_when_the_list_is_set_again(db_session, now) -> None:
    ada, ben = make_person("Ada"), make_person("Ben")
    item = make_item(make_event(), "Opening", ada)
    db_session.flush()
    first = item.participations[0].id
    parts = [PartInput(ben, PartRole.SPEAKER), PartInput(ada), PartInput(ada)]
    service.edit_item(item, item_input(parts=parts), actor=SYSTEM, now=now)
    db_session.commit()
    assert [(part.person, part.role) for part in item.participations] == [
        (ben, PartRole.SPEAKER),
        (ada, PartRole.PARTICIPANT),
    ]
    assert item.participations[1].id == first


def test_a_title_that_is_removed_leaves_the_person_in_the_item(db_session, now) -> None:
    ada = make_person("Ada")
    title = make_affiliation(ada)
    item = make_item(make_event(), parts=[PartInput(ada, PartRole.SPEAKER, title)])
    organisations.remove_affiliation(title, actor=SYSTEM, now=now)
    db_session.commit()
    db_session.expire_all()
    assert [(part.person, part.affiliation) for part in item.participations] == [(ada, None)]


def test_a_removed_track_leaves_its_items(db_session, now) -> None:
    event = make_event()
    track = make_track(event)
    item = make_item(event, track=track)
    strands.delete_track(track, actor=SYSTEM, now=now)
    db_session.commit()
    db_session.expire_all()
    assert item.track is None


def test_tracks_and_groups_rest_with_a_cancelled_event(db_session, now) -> None:
    event = make_event()
    track, group = make_track(event), make_group(event)
    events.cancel_event(event, {}, actor=SYSTEM, now=now)
    with pytest.raises(Conflict):
        strands.edit_track(track, names={"en": "Energy"}, colour="#123456", actor=SYSTEM, now=now)
    with pytest.raises(Conflict):
        strands.delete_track(track, actor=SYSTEM, now=now)
    with pytest.raises(Conflict):
        strands.edit_group(group, names={"en": "B"}, people=[], actor=SYSTEM, now=now)
    with pytest.raises(Conflict):
        strands.delete_group(group, actor=SYSTEM, now=now)


def test_a_person_is_found_twice_across_events(db_session) -> None:
    ada = make_person("Ada")
    summit, visit = make_event("Summit"), make_event("Visit")
    opening, lunch = make_item(summit, "Opening", ada), make_item(visit, "Lunch", ada)
    found = occupied.clashes_in(summit, queries.items(summit))
    assert [(clash.kind, {clash.first.key, clash.second.key}) for clash in found] == [
        (ClashKind.PERSON, {opening.code, lunch.code})
    ]


def test_a_person_is_found_twice_through_a_group(db_session) -> None:
    ada = make_person("Ada")
    event = make_event()
    make_item(event, "Opening", ada)
    make_item(event, "Tour", audience=Audience.GROUPS, groups=[make_group(event, "A", ada)])
    assert [clash.subject_id for clash in occupied.clashes_in(event, queries.items(event))] == [ada.id]


def test_a_room_is_found_taken_twice_across_events(db_session) -> None:
    room = make_room(reset_minutes=15)
    summit, visit = make_event("Summit"), make_event("Visit")
    make_item(summit, room=room)
    make_item(visit, room=room, starts_local=START + timedelta(minutes=70))
    assert [clash.kind for clash in occupied.clashes_in(summit, queries.items(summit))] == [ClashKind.RESET]


def test_cancelled_items_and_events_take_nobody(db_session, now) -> None:
    ada = make_person("Ada")
    summit, visit = make_event("Summit"), make_event("Visit")
    make_item(summit, "Opening", ada)
    service.cancel_item(make_item(summit, "Other", ada), actor=SYSTEM, now=now)
    make_item(visit, "Lunch", ada)
    events.cancel_event(visit, {}, actor=SYSTEM, now=now)
    assert not occupied.clashes_in(summit, queries.items(summit))


def test_public_items_alone_are_read_where_only_they_are_wanted(db_session) -> None:
    event = make_event()
    shown = make_item(event)
    make_item(event, is_public=False)
    assert queries.items(event, public_only=True) == [shown]
