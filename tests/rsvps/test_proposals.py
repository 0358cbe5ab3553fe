"""What the organiser decides: late answers, changes after approval, once each and with reasons."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from eventsapp.access.identity import SYSTEM, Actor, ActorKind
from eventsapp.core.db import db
from eventsapp.core.errors import Conflict
from eventsapp.events.models import Event
from eventsapp.mail.models import Mail
from eventsapp.rsvps import service
from eventsapp.rsvps.enums import Answer, Channel, Decision, GuestState, ProposalKind
from eventsapp.rsvps.models import Guest, GuestAnswer, Proposal, ReplyRecord
from eventsapp.rsvps.service import Answered, ReplyInput, proposals, wanted
from tests.factories.events import make_event
from tests.factories.people import NOW
from tests.factories.programme import make_item
from tests.factories.questions import make_question
from tests.factories.rsvps import make_accepted, make_invited
from tests.support.clients import Client
from tests.support.statements import statements_for

pytestmark = pytest.mark.usefixtures("db_session", "clock")

Staff = Callable[..., Client]
REPLY_BY = NOW.replace(tzinfo=None) + timedelta(days=5)
LATE = NOW + timedelta(days=6)


def stands(guest: Guest) -> GuestState:
    """Where a guest stands now."""
    return guest.state


def dinner(**given: Any) -> Event:
    """A published event whose reply-by date is in five days."""
    starts = REPLY_BY + timedelta(days=10)
    times = {"starts_local": starts, "ends_local": starts + timedelta(hours=3)}
    return make_event(published=True, reply_by_local=REPLY_BY, **{**times, **given})


def say(guest: Guest, given: ReplyInput | Answer, *, now: object = LATE) -> Answered:
    """The guest says so by the link, after the reply-by date."""
    given = ReplyInput(given) if isinstance(given, Answer) else given
    actor = Actor(ActorKind.GUEST, guest.id)
    return service.answer(guest, given, channel=Channel.LINK, actor=actor, now=now)  # type: ignore[arg-type]


def waiting(guest: Guest) -> list[Proposal]:
    query = select(Proposal).where(Proposal.guest_id == guest.id, Proposal.decision == Decision.WAITING)
    return list(db.session.scalars(query.order_by(Proposal.id)))


def test_a_late_answer_waits_and_takes_effect_when_agreed_on_behalf_of_the_guest() -> None:
    event = dinner(capacity=3)
    guest = make_invited(event)
    item = make_item(event, "Concert", wants_answer=True)
    given = ReplyInput(Answer.ACCEPTED, items={item.code: Answer.DECLINED}, diet="No fish")
    answered = say(guest, given)
    assert answered.result is None
    assert stands(guest) is GuestState.INVITED
    (proposal,) = waiting(guest)
    proposals.agree(proposal, private_reason="asked by telephone", actor=SYSTEM, now=LATE)
    assert stands(guest) is GuestState.ACCEPTED
    assert event.seats_taken == 1
    assert guest.details is not None
    assert guest.details.diet == "No fish"
    query = select(ReplyRecord).where(ReplyRecord.guest_id == guest.id).order_by(ReplyRecord.id)
    late, accepted = [record for record in db.session.scalars(query) if record.item_id is None]
    assert (late.answer, late.actor_kind) == ("late", ActorKind.GUEST)
    assert (accepted.answer, accepted.on_behalf, accepted.channel) == ("accepted", True, Channel.LINK)
    assert accepted.reason == "asked by telephone"


def test_in_time_nothing_waits() -> None:
    guest = make_invited(dinner())
    assert say(guest, Answer.ACCEPTED, now=NOW).proposal is None
    assert stands(guest) is GuestState.ACCEPTED


def test_late_regrets_of_who_holds_a_seat_take_effect_at_once() -> None:
    event = dinner(capacity=1)
    guest, other = make_accepted(event, "Seated"), make_accepted(event, "Waits")
    assert say(guest, Answer.DECLINED).proposal is None
    assert (guest.state, other.state) == (GuestState.DECLINED, GuestState.ACCEPTED)
    silent = make_invited(event, "Silent")
    assert say(silent, Answer.DECLINED).proposal is not None


def test_the_same_late_answer_fifty_times_is_one_and_another_takes_its_place() -> None:
    guest = make_invited(dinner())
    codes = {proposal.code for _ in range(50) if (proposal := say(guest, Answer.ACCEPTED).proposal)}
    assert len(codes) == 1
    say(guest, Answer.TENTATIVE)
    (now_waits,) = waiting(guest)
    assert now_waits.wanted == {"answer": "tentative"}
    dropped = db.session.scalars(select(Proposal).where(Proposal.decision == Decision.DROPPED)).all()
    assert len(dropped) == 1


def test_a_late_repeat_of_what_stands_asks_for_nothing() -> None:
    guest = make_accepted(dinner())
    answered = say(guest, Answer.ACCEPTED)
    assert answered == Answered(None, None)
    assert waiting(guest) == []


def test_a_proposal_is_decided_once() -> None:
    guest = make_invited(dinner())
    proposal = say(guest, Answer.ACCEPTED).proposal
    assert proposal is not None
    proposals.refuse(proposal, public_reason="The tables are laid.", actor=SYSTEM, now=LATE)
    assert stands(guest) is GuestState.INVITED
    for act in (proposals.agree, proposals.refuse):
        with pytest.raises(Conflict):
            act(proposal, actor=SYSTEM, now=LATE)
    mail = db.session.scalars(select(Mail).where(Mail.template == "late-refused")).one()
    assert mail.context["reason"] == "The tables are laid."


def test_an_answer_survives_as_json() -> None:
    given = ReplyInput(
        Answer.TENTATIVE, items={"A": Answer.ACCEPTED}, diet="", note_to_host="x", answers={"Q": [1]}
    )
    assert wanted.from_json(wanted.to_json(given)) == given


def test_an_item_that_wants_no_answer_any_more_is_left_out() -> None:
    event = dinner()
    guest, item = make_invited(event), make_item(event, "Concert", wants_answer=True)
    proposal = say(guest, ReplyInput(Answer.ACCEPTED, items={item.code: Answer.ACCEPTED})).proposal
    item.wants_answer = False
    db.session.flush()
    assert proposal is not None
    proposals.agree(proposal, actor=SYSTEM, now=LATE)
    assert stands(guest) is GuestState.ACCEPTED


def test_what_cannot_be_done_any_more_is_not_decided() -> None:
    guest = make_invited(dinner())
    proposal = say(guest, Answer.ACCEPTED).proposal
    assert proposal is not None
    service.withdraw(guest, actor=SYSTEM, now=LATE)
    db.session.commit()
    with pytest.raises(Conflict):
        proposals.agree(proposal, actor=SYSTEM, now=LATE)
    db.session.rollback()
    assert proposal.decision is Decision.WAITING


def test_nobody_who_cannot_answer_proposes() -> None:
    guest = make_invited(dinner())
    service.withdraw(guest, actor=SYSTEM, now=NOW)
    with pytest.raises(Conflict):
        say(guest, Answer.ACCEPTED)


def test_staff_who_enter_an_answer_late_decide_by_it() -> None:
    guest = make_invited(dinner())
    answered = service.answer(
        guest,
        ReplyInput(Answer.ACCEPTED),
        channel=Channel.PHONE,
        actor=Actor(ActorKind.STAFF, 1),
        on_behalf=True,
        now=LATE,
    )
    assert answered.proposal is None
    assert stands(guest) is GuestState.ACCEPTED


def test_the_page_says_what_would_change_and_the_rest_stays_hidden(staff: Staff) -> None:
    event = dinner()
    guest = make_invited(event, "Lee Shu-Chuan")
    item = make_item(event, "Concert", wants_answer=True)
    said = ReplyInput(Answer.ACCEPTED, items={item.code: Answer.TENTATIVE}, diet="No fish")
    proposal = say(guest, said).proposal
    assert proposal is not None
    page = staff().get(f"/organise/events/{event.slug}/replies/decide").text
    for shown in ("Lee Shu-Chuan", "Late answer", "Concert", "No fish", "Tentative", "The guest"):
        assert shown in page
    browser, address = staff(), f"/organise/events/{event.slug}/replies/decide"
    assert browser.post(address, data={"pick": proposal.code, "deed": "ask"}).status_code == 422
    assert browser.post(address, data={"pick": proposal.code, "deed": "agree"}).status_code == 303
    assert stands(guest) is GuestState.ACCEPTED


def test_a_kind_says_who_does_it_and_hears_of_refusals() -> None:
    guest, done = make_invited(dinner()), list[str]()

    def do(proposal: Proposal, *, actor: Actor, now: object) -> None:
        done.append(f"did {proposal.wanted['who']}")

    def refused(proposal: Proposal, *, actor: Actor, now: object) -> None:
        done.append(f"told {proposal.public_reason}")

    kept = dict(proposals._doers)
    try:
        proposals.doer(ProposalKind.SUBSTITUTE, do, refused=refused)
        for act, more in ((proposals.agree, {}), (proposals.refuse, {"public_reason": "no"})):
            asked = proposals.propose(
                guest, ProposalKind.SUBSTITUTE, {"who": "Ben"}, channel=Channel.LINK, actor=SYSTEM, now=NOW
            )
            act(asked, actor=SYSTEM, now=NOW, **more)
    finally:
        proposals._doers.clear()
        proposals._doers.update(kept)
    assert done == ["did Ben", "told no"]


def test_a_long_page_of_decisions_asks_no_more_of_the_database(app: Flask, staff: Staff) -> None:
    event = dinner()
    item = make_item(event, "Concert", wants_answer=True)
    browser, address = staff(), f"/organise/events/{event.slug}/replies/decide"
    asked = []
    for number in (2, 20):
        for count in range(number):
            said = ReplyInput(Answer.ACCEPTED, items={item.code: Answer.TENTATIVE}, diet="No fish")
            say(make_invited(event, f"Guest {number} {count}"), said)
        asked.append(statements_for(app, browser, address))
    assert asked[0] == asked[1]


def test_a_marked_answer_changes_when_agreed_and_everything_else_at_once() -> None:
    event = dinner()
    hotel = make_question(event, label="Which hotel?", needs_approval=True)
    train = make_question(event, label="Which train?")
    guest = make_invited(event)
    first = {hotel.code: "Grand", train.code: "9:10"}
    assert say(guest, ReplyInput(Answer.ACCEPTED, answers=first), now=NOW).proposal is None
    second = {hotel.code: "Park", train.code: "10:10"}
    answered = say(guest, ReplyInput(Answer.ACCEPTED, answers=second), now=NOW)
    proposal = answered.proposal
    assert proposal is not None
    assert proposal.wanted == {"answer": "accepted", "answers": {hotel.code: "Park"}}
    assert told(guest) == {"Which hotel?": "Grand", "Which train?": "10:10"}
    proposals.agree(proposal, actor=SYSTEM, now=NOW)
    assert told(guest) == {"Which hotel?": "Park", "Which train?": "10:10"}


def test_who_changes_their_mind_back_asks_for_nothing_any_more() -> None:
    event = dinner()
    hotel = make_question(event, label="Which hotel?", needs_approval=True)
    guest = make_invited(event)
    for wish in ("Grand", "Park"):
        say(guest, ReplyInput(Answer.ACCEPTED, answers={hotel.code: wish}), now=NOW)
    assert len(waiting(guest)) == 1
    say(guest, ReplyInput(Answer.ACCEPTED, answers={hotel.code: "Grand"}), now=NOW)
    assert waiting(guest) == []
    assert say(guest, ReplyInput(Answer.DECLINED, answers={hotel.code: "Park"}), now=NOW).proposal is None


def test_what_staff_enter_overtakes_what_waits() -> None:
    guest = make_invited(dinner())
    say(guest, Answer.ACCEPTED)
    staff = Actor(ActorKind.STAFF, None)
    service.answer(
        guest, ReplyInput(Answer.DECLINED), channel=Channel.PHONE, actor=staff, on_behalf=True, now=LATE
    )
    assert waiting(guest) == []
    assert stands(guest) is GuestState.DECLINED


def told(guest: Guest) -> dict[str, str]:
    """What a guest answered, by question."""
    rows = db.session.scalars(select(GuestAnswer).where(GuestAnswer.guest_id == guest.id))
    return {row.question.label["en"]: row.value["is"] for row in rows}


@pytest.mark.parametrize("decided", ["agreed", "refused", "dropped"])
def test_what_was_told_in_confidence_does_not_stay_in_a_decided_proposal(decided: str) -> None:
    guest = make_invited(dinner())
    proposal = say(guest, ReplyInput(Answer.ACCEPTED, diet="No fish", badge_name="Ada")).proposal
    assert proposal is not None
    assert proposal.wanted["diet"] == "No fish"
    if decided == "agreed":
        proposals.agree(proposal, actor=SYSTEM, now=LATE)
    elif decided == "refused":
        proposals.refuse(proposal, actor=SYSTEM, now=LATE)
    else:
        proposals.drop(guest, ProposalKind.LATE_ANSWER, actor=SYSTEM, now=LATE)
    assert proposal.decision.value == decided
    assert proposal.wanted == {"answer": "accepted"}
