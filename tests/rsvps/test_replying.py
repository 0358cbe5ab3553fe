"""Answers: seats, the waiting list, the record and the mails."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from eventsapp.access.identity import SYSTEM, Actor, ActorKind
from eventsapp.core.db import db
from eventsapp.core.errors import Conflict, Invalid
from eventsapp.events import service as events
from eventsapp.mail.models import Mail
from eventsapp.programme.enums import Audience
from eventsapp.rsvps import queries, seats, service
from eventsapp.rsvps.enums import Answer, Channel, GuestState, ItemReplyState
from eventsapp.rsvps.models import Guest, ReplyRecord
from eventsapp.rsvps.service import ReplyInput
from eventsapp.rsvps.signals import guest_admitted, guest_left
from tests.factories.events import make_public_event
from tests.factories.people import NOW, make_person
from tests.factories.programme import make_group, make_item
from tests.factories.rsvps import answer, bring, make_accepted, make_guest, make_invited

pytestmark = pytest.mark.usefixtures("db_session")


def mails(guest: Guest) -> list[str]:
    """Which mails are queued for a guest, in order."""
    return list(db.session.scalars(select(Mail.template).where(Mail.guest_id == guest.id).order_by(Mail.id)))


def said(guest: Guest) -> list[str]:
    """What the record says of a guest, in order."""
    query = select(ReplyRecord.answer).where(ReplyRecord.guest_id == guest.id).order_by(ReplyRecord.id)
    return list(db.session.scalars(query))


def test_accepting_takes_a_seat_records_and_mails_once() -> None:
    event = make_public_event(capacity=2)
    guest = make_invited(event)
    first, second = answer(guest, Answer.ACCEPTED), answer(guest, Answer.ACCEPTED)
    assert (first.state, first.changed) == (GuestState.ACCEPTED, True)
    assert (second.state, second.changed) == (GuestState.ACCEPTED, False)
    assert event.seats_taken == 1
    assert said(guest) == ["accepted"]
    assert mails(guest) == ["invitation", "confirmation"]


def test_full_event_answers_with_the_waiting_list_in_order() -> None:
    event = make_public_event(capacity=1)
    make_accepted(event, "First")
    second, third = make_accepted(event, "Second"), make_accepted(event, "Third")
    assert second.state is third.state is GuestState.WAITLISTED
    assert (queries.place_in_line(second), queries.place_in_line(third)) == (1, 2)
    assert said(second) == ["waitlisted"]
    assert event.seats_taken == 1


def test_freed_seat_promotes_the_first_and_tells_them() -> None:
    event = make_public_event(capacity=1)
    first, second = make_accepted(event, "First"), make_accepted(event, "Second")
    third = make_accepted(event, "Third")
    answer(first, Answer.DECLINED)
    assert second.state is GuestState.ACCEPTED
    assert third.state is GuestState.WAITLISTED
    assert said(second) == ["waitlisted", "promoted"]
    assert mails(second)[-1] == "promotion"
    assert event.seats_taken == 1


def test_freed_seat_goes_to_the_first_party_that_fits() -> None:
    event = make_public_event(capacity=3)
    first = make_accepted(event, "First", party_size=2)
    make_accepted(event, "Second")
    large = make_accepted(event, "Large", party_size=3)
    small, other = make_accepted(event, "Small"), make_accepted(event, "Other")
    answer(first, Answer.TENTATIVE)
    assert large.state is GuestState.WAITLISTED
    assert small.state is other.state is GuestState.ACCEPTED
    assert event.seats_taken == 3


def test_newcomer_does_not_overtake_somebody_waiting_who_fits() -> None:
    event = make_public_event(capacity=1)
    make_accepted(event, "First")
    waiting, newcomer = make_accepted(event, "Waiting"), make_invited(event, "Newcomer")
    event.capacity = 2  # past the service, so that nobody was promoted yet
    answer(newcomer, Answer.ACCEPTED)
    assert waiting.state is GuestState.ACCEPTED
    assert newcomer.state is GuestState.WAITLISTED


def test_more_seats_promote_whoever_waits() -> None:
    event = make_public_event(capacity=1)
    make_accepted(event, "First")
    waiting = make_accepted(event, "Waiting")
    given = events.EventInput(
        kind=event.kind,
        title=event.title,
        timezone=event.timezone,
        starts_local=event.starts_local,
        ends_local=event.ends_local,
        visibility=event.visibility,
        capacity=2,
    )
    events.edit_event(event, given, actor=SYSTEM, now=NOW)
    assert waiting.state is GuestState.ACCEPTED


def test_waiting_again_keeps_the_place() -> None:
    event = make_public_event(capacity=0)
    first, second = make_accepted(event, "First"), make_accepted(event, "Second")
    result = answer(first, Answer.ACCEPTED, diet="No nuts", now=NOW + timedelta(hours=1))
    assert result.changed
    assert (queries.place_in_line(first), queries.place_in_line(second)) == (1, 2)


def test_earlier_clock_does_not_jump_the_line() -> None:
    event = make_public_event(capacity=0)
    first, second = make_accepted(event, "First"), make_invited(event, "Second")
    answer(second, Answer.ACCEPTED, now=NOW - timedelta(minutes=5))
    assert (queries.place_in_line(first), queries.place_in_line(second)) == (1, 2)


def test_item_seats_are_held_by_who_comes_to_the_event() -> None:
    event = make_public_event(capacity=2)
    dinner = make_item(event, "Dinner", wants_answer=True, capacity=1)
    first, second = make_invited(event, "First"), make_invited(event, "Second")
    late = make_invited(event, "Late")
    yes = {dinner.code: Answer.ACCEPTED}
    assert answer(first, Answer.ACCEPTED, items=yes).items == {dinner.code: ItemReplyState.ACCEPTED}
    assert answer(second, Answer.ACCEPTED, items=yes).items == {dinner.code: ItemReplyState.WAITLISTED}
    assert answer(late, Answer.ACCEPTED, items=yes).state is GuestState.WAITLISTED
    answer(first, Answer.DECLINED)
    assert second.item_replies[0].state is ItemReplyState.ACCEPTED
    assert late.state is GuestState.ACCEPTED
    assert late.item_replies[0].state is ItemReplyState.WAITLISTED
    assert (event.seats_taken, dinner.seats_taken) == (2, 1)
    assert mails(second)[-1] == "item-promotion"


def test_item_is_never_surer_than_the_event() -> None:
    event = make_public_event()
    dinner = make_item(event, "Dinner", wants_answer=True, capacity=1)
    guest = make_invited(event)
    result = answer(guest, Answer.TENTATIVE, items={dinner.code: Answer.ACCEPTED})
    assert result.items == {dinner.code: ItemReplyState.TENTATIVE}
    answer(guest, Answer.ACCEPTED, items={dinner.code: Answer.ACCEPTED})
    assert dinner.seats_taken == 1
    assert answer(guest, Answer.DECLINED).items == {dinner.code: ItemReplyState.DECLINED}
    assert dinner.seats_taken == event.seats_taken == 0


def test_item_for_others_is_refused() -> None:
    event = make_public_event()
    member, stranger = make_person("Member"), make_person("Stranger")
    group = make_group(event, "Group A", member)
    tour = make_item(event, "Tour", wants_answer=True, audience=Audience.GROUPS, groups=[group])
    given = {tour.code: Answer.ACCEPTED}
    assert answer(make_invited(event, member), Answer.ACCEPTED, items=given).items
    with pytest.raises(Invalid):
        answer(make_invited(event, stranger), Answer.ACCEPTED, items=given)


def test_guest_cannot_answer_after_the_reply_by_date_but_staff_can() -> None:
    event = make_public_event(reply_by_local=datetime(2026, 5, 20))
    guest = make_invited(event)
    late = datetime(2026, 5, 21, tzinfo=NOW.tzinfo)
    with pytest.raises(Conflict):
        answer(guest, Answer.ACCEPTED, now=late)
    staff = Actor(ActorKind.STAFF, 7)
    service.reply(
        guest,
        ReplyInput(Answer.ACCEPTED),
        channel=Channel.PHONE,
        actor=staff,
        on_behalf=True,
        reason="Her office rang.",
        now=late,
    )
    entry = db.session.scalars(select(ReplyRecord)).one()
    assert (entry.channel, entry.actor_kind, entry.actor_id) == (Channel.PHONE, ActorKind.STAFF, 7)
    assert (entry.on_behalf, entry.reason, entry.at) == (True, "Her office rang.", late)


def test_badge_name_and_details_are_kept_as_given() -> None:
    guest = make_invited(make_public_event())
    answer(guest, Answer.ACCEPTED, badge_name="O’Neil d'Or", diet="Halal", note_to_host="Thank you\nall")
    assert guest.badge_name == "O’Neil d'Or"
    assert guest.details is not None
    assert (guest.details.diet, guest.details.note_to_host) == ("Halal", "Thank you\nall")
    answer(guest, Answer.ACCEPTED, diet="")
    assert guest.details.diet == ""
    assert said(guest) == ["accepted", "details"]
    assert mails(guest) == ["invitation", "confirmation"]


def test_smaller_party_gives_seats_to_who_waits_and_larger_needs_them() -> None:
    event = make_public_event(capacity=3)
    party, waiting = make_accepted(event, "Party", party_size=3), make_accepted(event, "Waiting")
    bring(party, 1)
    assert waiting.state is GuestState.ACCEPTED
    with pytest.raises(Conflict):
        bring(party, 2)


def test_withdrawing_frees_everything_once() -> None:
    event = make_public_event(capacity=1)
    dinner = make_item(event, "Dinner", wants_answer=True, capacity=1)
    guest = make_invited(event)
    answer(guest, Answer.ACCEPTED, items={dinner.code: Answer.ACCEPTED})
    waiting = make_accepted(event, "Waiting")
    for _ in range(2):
        service.withdraw(guest, reason="Moved to June", actor=SYSTEM, now=NOW)
    assert (guest.state, waiting.state) == (GuestState.WITHDRAWN, GuestState.ACCEPTED)
    assert (event.seats_taken, dinner.seats_taken) == (1, 0)
    assert said(guest)[-1] == "withdrawn"
    with pytest.raises(Conflict):
        answer(guest, Answer.ACCEPTED)


def test_withdrawn_guest_can_be_invited_anew() -> None:
    guest = make_accepted(make_public_event())
    service.withdraw(guest, notify=False, actor=SYSTEM, now=NOW)
    service.restore(guest, actor=SYSTEM, now=NOW)
    assert service.invite(guest, actor=SYSTEM, now=NOW)
    assert mails(guest) == ["invitation", "confirmation", "invitation"]


def test_person_is_on_a_list_once() -> None:
    event, person = make_public_event(), make_person()
    make_guest(event, person)
    with pytest.raises(Conflict):
        make_guest(event, person)


def test_inviting_twice_sends_one_mail() -> None:
    guest = make_invited(make_public_event())
    assert not service.invite(guest, actor=SYSTEM, now=NOW)
    assert mails(guest) == ["invitation"]


def test_listeners_hear_who_comes_and_who_leaves() -> None:
    heard: list[tuple[str, int]] = []

    def came(_: object, *, guest: Guest, **__: object) -> None:
        heard.append(("came", guest.id))

    def left(_: object, *, guest: Guest, **__: object) -> None:
        heard.append(("left", guest.id))

    event = make_public_event(capacity=1)
    with guest_admitted.connected_to(came), guest_left.connected_to(left):
        first, second = make_accepted(event, "First"), make_accepted(event, "Second")
        answer(first, Answer.DECLINED)
    assert heard == [("came", first.id), ("left", first.id), ("came", second.id)]


def test_freeing_what_was_not_taken_is_a_programming_error() -> None:
    event = make_public_event(capacity=1)
    with pytest.raises(RuntimeError):
        seats.free(event, 1)
