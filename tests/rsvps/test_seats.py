"""Seats of event and category at once, kept ones, offered ones, and the order of the waiting list."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from eventsapp.access.identity import SYSTEM
from eventsapp.badges.models import Badge
from eventsapp.core.db import db
from eventsapp.core.errors import Conflict, Invalid
from eventsapp.core.tokens import Purpose
from eventsapp.events import categories
from eventsapp.events.categories import CategoryInput
from eventsapp.events.models import Category, Event
from eventsapp.jobs.models import Job
from eventsapp.mail.models import Mail
from eventsapp.rsvps import links, queries, seat_jobs, service
from eventsapp.rsvps.enums import Answer, GuestState, ReplyMode
from eventsapp.rsvps.models import Guest, ReplyRecord
from eventsapp.rsvps.service import GuestInput, TermsInput, waiting
from tests.factories.events import make_category, make_public_event
from tests.factories.people import NOW
from tests.factories.rsvps import answer, make_accepted, make_guest, make_invited
from tests.rsvps.books import check_books
from tests.support.clients import Client
from tests.support.databases import Database

Staff = Callable[..., Client]

pytestmark = pytest.mark.usefixtures("db_session", "clock")


def offering(event: Event, **given: Any) -> None:
    service.set_terms(event, TermsInput(**given), actor=SYSTEM, now=NOW)


def said(guest: Guest) -> list[str]:
    query = select(ReplyRecord.answer).where(ReplyRecord.guest_id == guest.id).order_by(ReplyRecord.id)
    return list(db.session.scalars(query))


def mails(guest: Guest) -> list[str]:
    return list(db.session.scalars(select(Mail.template).where(Mail.guest_id == guest.id).order_by(Mail.id)))


def resize(category: Category, capacity: int | None) -> None:
    given = CategoryInput(
        names=category.names, letter=category.letter, colour=category.colour, capacity=capacity
    )
    categories.edit_category(category, given, actor=SYSTEM, now=NOW)


def test_full_category_waits_though_the_event_has_seats() -> None:
    event = make_public_event(capacity=5)
    press, others = make_category(event, "P", "Press", capacity=1), make_category(event, "D")
    first = make_accepted(event, "First", category=press)
    second = make_accepted(event, "Second", category=press)
    third = make_accepted(event, "Third", category=others)
    assert (first.state, second.state, third.state) == (
        GuestState.ACCEPTED,
        GuestState.WAITLISTED,
        GuestState.ACCEPTED,
    )
    assert (event.seats_taken, press.seats_taken, others.seats_taken) == (2, 1, 1)
    answer(first, Answer.DECLINED)
    assert second.state is GuestState.ACCEPTED
    check_books(event.id)


def test_more_seats_in_a_category_are_given_and_fewer_than_taken_refused() -> None:
    event = make_public_event()
    press = make_category(event, "P", "Press", capacity=1)
    make_accepted(event, "First", category=press)
    second = make_accepted(event, "Second", category=press)
    resize(press, 2)
    assert second.state is GuestState.ACCEPTED
    with pytest.raises(Conflict):
        resize(press, 1)
    db.session.rollback()


def test_seats_move_along_to_another_category_or_nothing_changes() -> None:
    event = make_public_event(capacity=5)
    press, others = make_category(event, "P", "Press", capacity=1), make_category(event, "D")
    first = make_accepted(event, "First", category=press)
    waits = make_accepted(event, "Waits", category=press)
    service.change_guest(first, GuestInput(category=others), actor=SYSTEM, now=NOW)
    assert waits.state is GuestState.ACCEPTED
    check_books(event.id)
    with pytest.raises(Conflict):
        service.change_guest(first, GuestInput(category=press), actor=SYSTEM, now=NOW)
    db.session.rollback()


def test_the_database_refuses_who_holds_what_they_may_not() -> None:
    guest = make_accepted(make_public_event(), party_size=2)
    db.session.commit()
    for somebody, wrong in ((guest, False), (guest.companions[0], True)):
        somebody.has_seats = wrong
        with pytest.raises(IntegrityError):
            db.session.flush()
        db.session.rollback()


def test_seat_is_kept_for_the_invited_until_the_reply_by_date(clock: Any) -> None:
    event = make_public_event(capacity=2, reply_by_local=NOW.replace(tzinfo=None) + timedelta(days=15))
    offering(event, holds_seats=True)
    kept = [make_invited(event, name) for name in ("First", "Second")]
    beyond = make_invited(event, "Beyond")
    assert [guest.has_seats for guest in (*kept, beyond)] == [True, True, False]
    assert event.seats_taken == 2
    answer(beyond, Answer.ACCEPTED)
    assert beyond.state is GuestState.WAITLISTED
    answer(kept[0], Answer.ACCEPTED)
    assert (kept[0].state, event.seats_taken) == (GuestState.ACCEPTED, 2)
    check_books(event.id)
    event_id = event.id
    db.session.commit()
    seat_jobs.release_holds(event_id)
    assert kept[1].has_seats
    clock.forward(days=20)
    for _ in range(2):
        seat_jobs.release_holds(event_id)
        db.session.expire_all()
    assert (kept[1].state, kept[1].has_seats, beyond.state) == (
        GuestState.INVITED,
        False,
        GuestState.ACCEPTED,
    )
    assert said(kept[1]).count("released") == 1
    check_books(event_id)


def test_expected_guest_has_seat_and_badge_until_regrets() -> None:
    event = make_public_event(capacity=1)
    offering(event, mode=ReplyMode.REGRETS_ONLY)
    guest, beyond = make_invited(event), make_invited(event, "Beyond")
    assert (guest.state, guest.has_seats, beyond.state) == (GuestState.EXPECTED, True, GuestState.INVITED)
    assert db.session.scalar(select(Badge.id).where(Badge.guest_id == guest.id))
    answer(beyond, Answer.ACCEPTED)
    answer(guest, Answer.DECLINED)
    assert (beyond.state, event.seats_taken) == (GuestState.ACCEPTED, 1)


def full_event() -> tuple[Event, Guest, Guest, Guest]:
    """One seat taken, two waiting, freed seats offered for a day."""
    event = make_public_event(capacity=1)
    offering(event, offer_hours=24)
    return event, *(make_accepted(event, name) for name in ("First", "Second", "Third"))  # type: ignore[return-value]


def test_freed_seat_is_offered_and_theirs_when_they_agree() -> None:
    event, first, second, third = full_event()
    answer(first, Answer.DECLINED)
    assert (second.state, second.has_seats, third.state) == (GuestState.OFFERED, True, GuestState.WAITLISTED)
    assert second.offer_until == NOW + timedelta(hours=24)
    assert mails(second)[-1] == "offer"
    assert event.seats_taken == 1
    answer(second, Answer.ACCEPTED)
    assert (second.state, second.offer_until, event.seats_taken) == (GuestState.ACCEPTED, None, 1)
    check_books(event.id)


def test_offer_let_go_goes_to_the_next() -> None:
    event, first, second, third = full_event()
    answer(first, Answer.DECLINED)
    answer(second, Answer.DECLINED)
    assert third.state is GuestState.OFFERED
    check_books(event.id)


def test_offer_that_nobody_took_goes_to_the_next_and_they_to_the_end(clock: Any, now: datetime) -> None:
    event, first, second, third = full_event()
    answer(first, Answer.DECLINED, now=now)
    event_id = event.id
    db.session.commit()
    seat_jobs.lapse_offers(event_id)
    assert second.state is GuestState.OFFERED
    clock.forward(hours=25)
    for _ in range(2):
        seat_jobs.lapse_offers(event_id)
        db.session.expire_all()
    assert (second.state, third.state) == (GuestState.WAITLISTED, GuestState.OFFERED)
    assert said(second)[-1] == "lapsed"
    assert mails(second)[-1] == "offer-lapsed"
    clock.forward(hours=25)
    seat_jobs.lapse_offers(event_id)
    db.session.expire_all()
    clock.forward(hours=25)
    seat_jobs.lapse_offers(event_id)
    db.session.expire_all()
    assert second.state is GuestState.TENTATIVE  # off the list, the second time
    check_books(event_id)


def test_answer_after_the_end_of_an_offer_ends_it_first() -> None:
    _, first, second, third = full_event()
    answer(first, Answer.DECLINED)
    answer(second, Answer.ACCEPTED, now=NOW + timedelta(hours=25))
    assert (second.state, third.state) == (GuestState.WAITLISTED, GuestState.OFFERED)


def test_offers_have_their_job() -> None:
    _, first, second, _ = full_event()
    answer(first, Answer.DECLINED)
    due = db.session.scalars(select(Job.due_at).where(Job.name == "rsvps.lapse-offers")).all()
    assert due == [second.offer_until]


def test_precedence_needs_a_reason_and_comes_first() -> None:
    event = make_public_event(capacity=1)
    first, second = make_accepted(event, "First"), make_accepted(event, "Second")
    third = make_accepted(event, "Third")
    with pytest.raises(Invalid):
        service.prioritise(third, 1, " ", actor=SYSTEM, now=NOW)
    service.prioritise(third, 1, "Speaks in the afternoon", actor=SYSTEM, now=NOW)
    assert (queries.place_in_line(third), queries.place_in_line(second)) == (1, 2)
    assert said(third)[-1] == "priority"
    answer(first, Answer.DECLINED)
    assert (third.state, third.waiting_priority, second.state) == (
        GuestState.ACCEPTED,
        0,
        GuestState.WAITLISTED,
    )
    with pytest.raises(Conflict):
        service.prioritise(third, 1, "Once more", actor=SYSTEM, now=NOW)


def test_organiser_gives_precedence_on_a_page(staff: Staff) -> None:
    event = make_public_event(capacity=0)
    make_accepted(event, "First")
    second = make_accepted(event, "Second")
    browser = staff()
    address = f"/organise/events/{event.slug}/guests/{second.code}/priority"
    assert browser.get(address).status_code == 200
    assert browser.post(address, data={"priority": "2", "reason": ""}).status_code == 422
    assert browser.post(address, data={"priority": "2", "reason": "Minister"}).status_code == 303
    page = browser.get(f"/organise/events/{event.slug}/guests/waiting").text
    assert page.index("Second") < page.index("First")
    assert "Minister" in page


def test_guest_leaves_the_waiting_list_and_takes_an_offer_by_one_click(
    client: Client, database: Database
) -> None:
    _, first, second, third = full_event()
    paths = [links.path(database.settings, guest, Purpose.INVITATION) for guest in (second, third)]
    own = [links.path(database.settings, guest, Purpose.OWN_PAGE) for guest in (second, third)]
    for path in own:
        client.get(path)
    assert "Take me off the waiting list" in client.get(paths[1]).text
    assert client.post(f"{paths[1]}/leave").status_code == 303
    assert third.state is GuestState.DECLINED
    answer(first, Answer.DECLINED)
    assert "Accept the seat" in client.get(paths[0]).text
    assert client.post(f"{paths[0]}/offer").status_code == 303
    assert second.state is GuestState.ACCEPTED


def test_forwarded_link_takes_nobody_off_the_list(client: Client, database: Database) -> None:
    _, _, second, _ = full_event()
    path = links.path(database.settings, second, Purpose.INVITATION)
    client.post(f"{path}/leave")
    assert second.state is GuestState.WAITLISTED


def test_withdrawn_guest_gives_the_kept_seat_back() -> None:
    event = make_public_event(capacity=1)
    offering(event, holds_seats=True)
    guest = make_invited(event)
    service.withdraw(guest, actor=SYSTEM, now=NOW)
    assert (event.seats_taken, guest.has_seats) == (0, False)


def test_lapsing_twice_at_the_same_moment_ends_nothing_twice() -> None:
    event, first, _, _ = full_event()
    answer(first, Answer.DECLINED)
    later = NOW + timedelta(hours=25)
    assert [waiting.lapse_offers(event.id, now=later) for _ in range(2)] == [1, 0]
    assert make_guest(event, "Fourth").state is GuestState.DRAFT
