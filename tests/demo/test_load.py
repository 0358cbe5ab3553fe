"""The demonstration: what it claims, whom it claims it of, and that it can be loaded and moved again."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from eventsapp.badges.models import Badge
from eventsapp.ceremonies.models import Commitment, Instrument, Signatory
from eventsapp.core.db import transaction
from eventsapp.core.provenance import Source
from eventsapp.demo import people, replay, sample
from eventsapp.demo.load import Loaded, load
from eventsapp.demo.occasions import FORUM, SIGNING, SUMMIT, VISIT
from eventsapp.events.models import Event
from eventsapp.people.models import Person
from eventsapp.people.queries import search_people
from eventsapp.programme.models import Participation, ProgrammeItem
from eventsapp.rsvps import deciding
from eventsapp.rsvps.enums import LET_IN, GuestState, ProposalKind
from eventsapp.rsvps.models import Guest

TUESDAY = date(2026, 5, 12)


@pytest.fixture
def loaded(db_session: Session, now: datetime) -> Loaded:
    """The demonstration with its Tuesday on the day of `now`."""
    with transaction():
        return load(TUESDAY, password_hash="unused", now=now)


def _event(session: Session, slug: str) -> Event:
    return session.scalars(select(Event).where(Event.slug == slug)).one()


def test_demo_puts_the_visits_tuesday_on_the_day_asked_for(db_session: Session, loaded: Loaded) -> None:
    summit, visit = _event(db_session, SUMMIT), _event(db_session, VISIT)
    assert summit.starts_local.date() == TUESDAY
    assert visit.starts_local.date() == TUESDAY - timedelta(days=1)
    assert summit.starts_local.date() - timedelta(days=summit.shifted_days) == date(2023, 3, 28)


def test_demo_has_no_real_person_among_guests(db_session: Session, loaded: Loaded) -> None:
    invited = set(db_session.scalars(select(Person.display_name).join(Guest, Guest.person_id == Person.id)))
    assert invited.isdisjoint(somebody.names[0].full for somebody in people.REAL)


def test_demo_links_real_people_to_facts_alone(db_session: Session, loaded: Loaded) -> None:
    real = [somebody.names[0].full for somebody in people.REAL]
    sources = db_session.scalars(
        select(ProgrammeItem.source)
        .join(Participation, Participation.item_id == ProgrammeItem.id)
        .join(Person, Person.id == Participation.person_id)
        .where(Person.display_name.in_(real))
    ).all()
    assert sources
    assert Source.DEMO not in sources


def test_demo_memorandum_says_what_the_source_says_and_no_more(db_session: Session, loaded: Loaded) -> None:
    event = _event(db_session, SIGNING)
    memorandum = db_session.scalars(select(Instrument).where(Instrument.event_id == event.id)).one()
    assert [area.text["en"] for area in memorandum.areas][:2] == [
        "Energy efficiency",
        "Sustainable urban planning and construction",
    ]
    assert len(memorandum.areas) == 8
    assert memorandum.languages is None
    assert memorandum.originals is None
    assert {signer.authority for signer in db_session.scalars(select(Signatory))} == {None}
    warsaw = db_session.scalars(select(Commitment).where(Commitment.currency == "EUR")).one()
    assert (warsaw.amount_minor, warsaw.made_on, warsaw.source) == (300_000_00, "2022-04", Source.SEED)


@pytest.mark.parametrize("spelling", ["Shu-Chuan", "si-chuan", "李四川", "LEE SHU"])
def test_demo_finds_one_person_by_every_spelling(db_session: Session, loaded: Loaded, spelling: str) -> None:
    assert [person.display_name for person in search_people(spelling, 10)] == ["Shu-Chuan Lee"]


def test_demo_has_more_answers_than_seats_at_the_signing(db_session: Session, loaded: Loaded) -> None:
    event = _event(db_session, SIGNING)
    states = dict(
        db_session.execute(
            select(Guest.state, func.count()).where(Guest.event_id == event.id).group_by(Guest.state)
        ).all()
    )
    assert states[GuestState.ACCEPTED] == event.seats_taken == event.capacity
    assert states[GuestState.WAITLISTED] == 2


def test_demo_gives_every_accepted_guest_a_badge(db_session: Session, loaded: Loaded) -> None:
    coming = set(db_session.scalars(select(Guest.id).where(Guest.state.in_(LET_IN), Guest.has_seats)))
    assert coming
    assert coming <= set(db_session.scalars(select(Badge.guest_id)))


def test_replay_moves_everything_by_the_same_days_and_back(
    db_session: Session, loaded: Loaded, now: datetime
) -> None:
    times = select(ProgrammeItem.id, ProgrammeItem.starts_at).order_by(ProgrammeItem.id)
    before = db_session.execute(times).all()
    with transaction():
        assert replay.replay(TUESDAY + timedelta(days=9), now=now) == 9
    moved = dict(db_session.execute(times).all())
    assert {moved[id_] - starts for id_, starts in before} == {timedelta(days=9)}
    with transaction():
        assert replay.replay(TUESDAY, now=now) == -9
        assert replay.replay(TUESDAY, now=now) == 0
    assert db_session.execute(times).all() == before


def test_database_is_untouched_until_somebody_begins(db_session: Session, now: datetime) -> None:
    assert replay.is_untouched()
    with transaction():
        load(TUESDAY, password_hash="unused", now=now)
    assert not replay.is_untouched()


def test_sample_leaves_what_the_services_would(db_session: Session, now: datetime) -> None:
    with transaction():
        made = sample.make(50, 30, seed=7, tuesday=TUESDAY, now=now)
    event = _event(db_session, made.slug)
    assert event.seats_taken == 50
    count = select(func.count())
    assert db_session.scalar(count.select_from(Guest).where(Guest.state == GuestState.ACCEPTED)) == 50
    assert db_session.scalar(count.select_from(Badge)) == 50
    assert db_session.scalar(count.select_from(ProgrammeItem)) == 30


def test_sample_makes_the_same_people_from_the_same_seed(db_session: Session, now: datetime) -> None:
    names = []
    for _ in range(2):
        with transaction():
            made = sample.make(20, 0, seed=3, tuesday=TUESDAY, now=now)
        event = _event(db_session, made.slug)
        guests = select(Person.display_name).join(Guest).where(Guest.event_id == event.id).order_by(Guest.id)
        names.append(db_session.scalars(guests).all())
    assert names[0] == names[1]


def test_demo_has_decisions_that_wait_and_reminders_that_went(db_session: Session, loaded: Loaded) -> None:
    summit, forum = _event(db_session, SUMMIT), _event(db_session, FORUM)
    assert [entry.guest.state for entry in deciding.registrations_of(summit)] == [
        GuestState.SUBMITTED,
        GuestState.SUBMITTED,
        GuestState.ASKED,
    ]
    (late,) = deciding.proposals_of(forum)
    assert late.proposal.kind is ProposalKind.LATE_ANSWER
    expected = select(func.count()).where(Guest.event_id == forum.id, Guest.state == GuestState.EXPECTED)
    assert db_session.scalar(expected) == 4
    reminded = select(func.count()).where(Guest.event_id == summit.id, Guest.reminders_sent == 1)
    assert db_session.scalar(reminded)


@pytest.mark.parametrize("day", range(1, 8))
def test_sample_is_ahead_and_its_badges_are_valid(day: int) -> None:
    """On every day of a week invitations are open and doors admit."""
    today = date(2026, 6, day)
    tuesday = sample.coming_tuesday(today)
    assert tuesday.weekday() == 1
    assert today < tuesday <= today + timedelta(days=7)
