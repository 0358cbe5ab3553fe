"""Events: their life, their times, their revisions."""

from datetime import UTC, datetime

import pytest

from eventsapp.access.identity import SYSTEM
from eventsapp.audit.models import AuditEntry
from eventsapp.core.errors import Conflict, Invalid
from eventsapp.events import needs, service, signals
from eventsapp.events.enums import EventKind, EventState, Visibility
from tests.factories.events import event_input, make_event
from tests.factories.places import make_venue


@pytest.fixture
def heard():
    """What is announced about events, in order."""
    said: list[tuple[str, object]] = []

    def listener(name):
        return lambda _sender, **given: said.append((name, given["event"]))

    kept = {name: listener(name) for name in ("event_cancelled", "event_moved", "seats_added")}
    for name, listen in kept.items():
        getattr(signals, name).connect(listen)
    yield said
    for name, listen in kept.items():
        getattr(signals, name).disconnect(listen)


def edit(event, now, **changes):
    same = {
        name: getattr(event, name) for name in ("title", "timezone", "starts_local", "ends_local", "venue")
    }
    return service.edit_event(event, event_input(**{**same, **changes}), actor=SYSTEM, now=now)


def test_a_new_event_is_a_draft_with_instants_from_its_local_times(db_session) -> None:
    event = make_event()
    assert event.state is EventState.DRAFT
    assert event.starts_at == datetime(2026, 6, 2, 1, tzinfo=UTC)
    db_session.commit()
    assert event.starts_local == datetime(2026, 6, 2, 9)


def test_an_hour_that_the_clock_skips_is_refused_at_the_field(db_session) -> None:
    with pytest.raises(Invalid) as refused:
        make_event(timezone="Europe/Kyiv", starts_local=datetime(2026, 3, 29, 3, 30))
    assert refused.value.field == "starts_local"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"timezone": "Mars/Olympus"}, "timezone"),
        ({"ends_local": datetime(2026, 6, 2, 9)}, "ends_local"),
        ({"ends_local": datetime(2028, 6, 2, 9)}, "ends_local"),
        ({"starts_local": datetime(1, 1, 1)}, "starts_local"),
        ({"title": {"en": "  "}}, "title"),
        ({"title": {"not a tag": "x"}}, "title"),
        ({"languages": ["en", "?"]}, "languages"),
        ({"capacity": -1}, "capacity"),
        ({"reply_by_local": datetime(2026, 7, 1)}, "reply_by_local"),
        ({"contact_email": "nobody"}, "contact_email"),
        ({"slug": "Über Uns"}, "slug"),
        ({"slug": "new"}, "slug"),
    ],
)
def test_an_event_that_cannot_be_is_refused_at_the_field(db_session, now, wrong, field) -> None:
    with pytest.raises(Invalid) as refused:
        service.create_event(event_input(**wrong), actor=SYSTEM, now=now)
    assert refused.value.field == field


def test_addresses_are_made_from_the_title_and_stay_apart(db_session) -> None:
    slugs = [make_event("Smart City Summit & Expo 2026").slug for _ in range(3)]
    assert slugs == [f"smart-city-summit-expo-2026{end}" for end in ("", "-2", "-3")]


def test_a_title_without_latin_letters_gets_an_address_from_its_kind(db_session) -> None:
    event = make_event({"zh-Hant": "港灣城市論壇"}, kind=EventKind.VISIT)
    assert event.slug == "visit"


def test_a_taken_address_is_refused(db_session) -> None:
    make_event(slug="forum")
    with pytest.raises(Conflict) as refused:
        make_event(slug="forum")
    assert refused.value.field == "slug"


def test_the_address_of_a_published_event_stays(db_session, now) -> None:
    event = make_event(published=True, slug="forum")
    with pytest.raises(Conflict) as refused:
        edit(event, now, slug="other")
    assert refused.value.field == "slug"


def test_a_draft_takes_another_address(db_session, now) -> None:
    assert edit(make_event(slug="forum"), now, slug="other").slug == "other"


def test_a_typo_is_a_revision_but_raises_no_sequence(db_session, now, heard) -> None:
    event = make_event(published=True)
    before = event.sequence
    edit(event, now, title={"en": "Harbour Cities’ Forum"})
    assert (event.sequence, event.revised_at) == (before, now)
    assert heard == []


@pytest.mark.parametrize(
    "change",
    [
        {"starts_local": datetime(2026, 6, 2, 8)},
        {"ends_local": datetime(2026, 6, 4, 19)},
        {"timezone": "Asia/Tokyo"},
    ],
)
def test_another_time_raises_the_sequence_and_is_announced(db_session, now, heard, change) -> None:
    event = make_event(published=True)
    before = event.sequence
    edit(event, now, **change)
    assert (event.sequence, event.revised_at) == (before + 1, now)
    assert heard == [("event_moved", event)]


def test_another_place_raises_the_sequence(db_session, now, heard) -> None:
    event = make_event(published=True)
    before = event.sequence
    edit(event, now, venue=make_venue())
    assert event.sequence == before + 1
    assert heard == [("event_moved", event)]


def test_a_draft_that_moves_is_announced_to_nobody(db_session, now, heard) -> None:
    edit(make_event(), now, starts_local=datetime(2026, 6, 2, 8))
    assert heard == []


def test_more_seats_are_announced_and_fewer_than_taken_are_refused(db_session, now, heard) -> None:
    event = make_event(capacity=10)
    event.seats_taken = 8
    db_session.flush()
    edit(event, now, capacity=9)
    assert heard == []
    edit(event, now, capacity=12)
    assert heard == [("seats_added", event)]
    with pytest.raises(Conflict) as refused:
        edit(event, now, capacity=7)
    assert refused.value.field == "capacity"


def test_publishing_is_for_drafts_alone(db_session, now) -> None:
    event = make_event()
    service.publish_event(event, actor=SYSTEM, now=now)
    assert (event.state, event.published_at, event.sequence) == (EventState.PUBLISHED, now, 1)
    with pytest.raises(Conflict):
        service.publish_event(event, actor=SYSTEM, now=now)


def test_a_cancelled_event_says_why_and_is_announced_once(db_session, now, heard) -> None:
    event = make_event(published=True, registration_open=True)
    before = event.sequence
    service.cancel_event(event, {"en": "Typhoon"}, actor=SYSTEM, now=now)
    assert (event.state, event.cancelled_at, event.cancel_reason) == (
        EventState.CANCELLED,
        now,
        {"en": "Typhoon"},
    )
    assert (event.sequence, event.registration_open) == (before + 1, False)
    with pytest.raises(Conflict):
        service.cancel_event(event, {}, actor=SYSTEM, now=now)
    assert heard == [("event_cancelled", event)]


def test_an_event_that_has_not_begun_cannot_be_closed(db_session, now) -> None:
    with pytest.raises(Conflict):
        service.close_event(make_event(published=True), actor=SYSTEM, now=now)


def test_a_closed_event_can_neither_be_changed_nor_cancelled(db_session) -> None:
    event = make_event(published=True)
    later = datetime(2026, 7, 1, tzinfo=UTC)
    service.close_event(event, actor=SYSTEM, now=later)
    with pytest.raises(Conflict):
        edit(event, later)
    with pytest.raises(Conflict):
        service.cancel_event(event, {}, actor=SYSTEM, now=later)


def test_an_event_cannot_stand_inside_its_own_part(db_session, now) -> None:
    visit = make_event(kind=EventKind.VISIT)
    signing = make_event(kind=EventKind.SIGNING, parent=visit)
    with pytest.raises(Invalid) as refused:
        edit(visit, now, kind=EventKind.VISIT, parent=signing)
    assert refused.value.field == "parent"


def test_a_visit_attends_the_summit_of_others(db_session) -> None:
    summit = make_event()
    visit = make_event(kind=EventKind.VISIT, attends=[summit])
    db_session.commit()
    assert visit.attends == [summit]


def test_a_part_that_leaves_the_time_of_the_whole_is_warned_about(db_session) -> None:
    visit = make_event(kind=EventKind.VISIT)
    inside = make_event(parent=visit)
    early = make_event(parent=visit, starts_local=datetime(2026, 6, 1, 9))
    assert not needs.concerns(inside)
    assert len(needs.concerns(early)) == 1


def test_texts_keep_every_language_in_its_customary_tag(db_session) -> None:
    event = make_event(
        {"en": "Forum", "zh_hant": "論壇", "sr-latn": "Forum gradova"}, visibility=Visibility.PUBLIC
    )
    assert set(event.title) == {"en", "zh-Hant", "sr-Latn"}


def test_every_step_is_recorded_in_the_events_own_chain(db_session, now) -> None:
    event = make_event(published=True)
    edit(event, now)
    service.cancel_event(event, {}, actor=SYSTEM, now=now)
    db_session.commit()
    entries = db_session.query(AuditEntry).filter_by(chain=event.id).order_by(AuditEntry.position)
    assert [entry.action for entry in entries] == [
        "event.created",
        "event.published",
        "event.edited",
        "event.cancelled",
    ]
