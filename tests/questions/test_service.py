"""Composing: versions rise when what is asked changes, and nothing is taken away that something rests on."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from eventsapp.access.identity import SYSTEM
from eventsapp.audit.models import AuditEntry
from eventsapp.core.db import db
from eventsapp.core.errors import Conflict, Invalid
from eventsapp.events import service as events
from eventsapp.events.models import Event
from eventsapp.jobs.models import Job
from eventsapp.questions import queries, service
from eventsapp.questions.models import Question
from eventsapp.questions.service import ChoiceInput
from eventsapp.rsvps import retention
from eventsapp.rsvps.enums import Answer
from tests.factories.events import event_input, make_category, make_event
from tests.factories.people import NOW
from tests.factories.questions import codes, if_yes, make_question, make_section, question_input
from tests.factories.rsvps import answer, make_invited

pytestmark = pytest.mark.usefixtures("db_session")


@pytest.fixture
def event(db_session: object) -> Event:
    made = make_event(published=True)
    make_category(made)
    return made


def edited(question: Question, kind: str = "text", label: str = "When?", **given: Any) -> Question:
    return service.edit_question(question, question_input(kind, label, **given), actor=SYSTEM, now=NOW)


def kept(question: Question) -> list[ChoiceInput]:
    return [
        ChoiceInput(label=choice.label, capacity=choice.capacity, code=choice.code)
        for choice in question.choices
    ]


def test_version_rises_with_what_is_asked_and_with_nothing_else(event: Event) -> None:
    question = make_question(event, label="When?")
    assert question.version == 1
    edited(question, required=True, retention_days=3, section=make_section(event))
    assert question.version == 1
    edited(question, label="At what time?")
    edited(question, label="At what time?", help={"en": "Local time"})
    edited(question, label="At what time?", help={"en": "Local time"}, limits={"longest": "20"})
    assert question.version == 4
    assert [version.asked["label"]["en"] for version in queries.versions(question)] == [
        "When?", "At what time?", "At what time?", "At what time?",
    ]  # fmt: skip


def test_moving_a_question_leaves_its_version(event: Event) -> None:
    make_question(event, label="One")
    two = make_question(event, label="Two")
    service.move_question(two, -1, actor=SYSTEM, now=NOW)
    assert two.version == 1
    assert [asked.label["en"] for asked in queries.asked(event.id)] == ["Two", "One"]


def test_places_of_a_choice_are_no_new_wording(event: Event) -> None:
    question = make_question(event, "one-of", "Tour", choices=[("Harbour", 3)])
    (choice,) = kept(question)
    edited(
        question, "one-of", "Tour", choices=[ChoiceInput(label=choice.label, capacity=9, code=choice.code)]
    )
    assert (question.version, question.choices[0].capacity) == (1, 9)


def test_answered_question_keeps_its_kind(event: Event) -> None:
    question = make_question(event, label="When?")
    edited(question, "time")
    answer(make_invited(event), Answer.ACCEPTED, answers={question.code: "18:30"})
    with pytest.raises(Conflict) as refused:
        edited(question, "text")
    assert refused.value.field == "kind"


def test_limit_cannot_fall_below_the_places_taken(event: Event) -> None:
    question = make_question(event, "one-of", "Tour", choices=[("Harbour", 3)])
    for number in range(2):
        guest = make_invited(event, f"Guest {number}")
        answer(guest, Answer.ACCEPTED, answers={question.code: codes(question)["Harbour"]})
    db.session.refresh(question.choices[0])
    (choice,) = kept(question)
    with pytest.raises(Conflict):
        edited(
            question,
            "one-of",
            "Tour",
            choices=[ChoiceInput(label=choice.label, capacity=1, code=choice.code)],
        )


def test_choice_that_a_condition_asks_about_stays(event: Event) -> None:
    tour = make_question(event, "one-of", "Tour", choices=["Harbour", "Market"])
    known = codes(tour)
    condition = {"question": tour.code, "comparison": "one-of", "value": [known["Harbour"]]}
    make_question(event, label="Can you swim?", condition=condition)
    market = [choice for choice in kept(tour) if choice.label == {"en": "Market"}]
    with pytest.raises(Conflict) as refused:
        edited(tour, "one-of", "Tour", choices=market)
    assert refused.value.field == "choices"


@pytest.mark.parametrize(
    "condition",
    [
        {"question": "NOBODY", "comparison": "is", "value": "x"},
        {"question": "$yes", "comparison": "at-least", "value": 1},
        {"question": "$yes", "comparison": "is", "value": "perhaps"},
        {"question": "$tour", "comparison": "is", "value": "NOCODE"},
        {"question": "$tour", "comparison": "one-of", "value": []},
        {"question": "$tour", "comparison": "one-of", "value": "x"},
        {"question": "$number", "comparison": "at-least", "value": "many"},
        {"question": "$number", "comparison": "at-least", "value": {"a": 1}},
        {"question": "$number", "comparison": "at-most"},
        {"question": "$photo", "comparison": "is", "value": "x"},
        {"question": "$later", "comparison": "answered"},
    ],
)
def test_condition_that_cannot_be_is_refused_in_one_sentence(event: Event, condition: dict[str, Any]) -> None:
    made = {
        "$yes": make_question(event, "yes-no", "Yes?"),
        "$tour": make_question(event, "one-of", "Tour", choices=["Harbour"]),
        "$number": make_question(event, "number", "How many?"),
        "$photo": make_question(event, "photo", "A photo"),
    }
    mine = make_question(event, label="Mine")
    made["$later"] = make_question(event, label="Later")
    if named := made.get(condition["question"]):
        condition = {**condition, "question": named.code}
    with pytest.raises((Invalid, Conflict)) as refused:
        edited(mine, label="Mine", condition=condition)
    assert refused.value.field == "condition"


def test_question_cannot_depend_on_itself(event: Event) -> None:
    question = make_question(event, "yes-no", "Yes?")
    with pytest.raises(Invalid):
        edited(question, "yes-no", "Yes?", condition=if_yes(question))


def test_retired_question_comes_back_only_where_its_condition_still_holds(event: Event) -> None:
    shuttle = make_question(event, "yes-no", "A shuttle?")
    hotel = make_question(event, label="Which hotel?", condition=if_yes(shuttle))
    guest = make_invited(event)
    answer(guest, Answer.ACCEPTED, answers={shuttle.code: True, hotel.code: "Grand"})
    for question in (hotel, shuttle):
        assert not service.remove_question(question, actor=SYSTEM, now=NOW)
    with pytest.raises(Conflict):
        service.bring_back(hotel, actor=SYSTEM, now=NOW)
    db.session.rollback()


def test_cancelled_event_is_not_composed(event: Event) -> None:
    question = make_question(event)
    events.cancel_event(event, reason={}, actor=SYSTEM, now=NOW)
    with pytest.raises(Conflict):
        edited(question, label="Else")
    with pytest.raises(Conflict):
        make_question(event)


def test_days_are_planned_and_move_with_the_event(event: Event) -> None:
    question = make_question(event, retention_days=7)
    jobs = select(Job).where(Job.name == retention.FORGET).order_by(Job.id)
    (job,) = db.session.scalars(jobs)
    assert (job.arguments, job.due_at) == ({"question_id": question.id}, event.ends_at + timedelta(days=7))
    later = event_input(
        ends_local=event.ends_local + timedelta(days=30), visibility=event.visibility, slug=event.slug
    )
    events.edit_event(event, later, actor=SYSTEM, now=NOW)
    assert db.session.scalars(jobs).all()[-1].due_at == event.ends_at + timedelta(days=7)


def test_record_says_what_was_done_and_no_words(event: Event) -> None:
    question = make_question(event, label="A secret question")
    service.remove_question(question, actor=SYSTEM, now=NOW)
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.subject_kind == "question")).all()
    assert [entry.action for entry in entries] == ["question.created", "question.removed"]
    assert all("secret" not in str(entry.detail) for entry in entries)
