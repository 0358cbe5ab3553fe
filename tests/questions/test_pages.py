"""Organisers compose the form without code; the preview shows it and stores nothing."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from eventsapp.access.permissions import Role
from eventsapp.core.db import db
from eventsapp.events.models import Event
from eventsapp.questions import queries
from eventsapp.questions.kinds import ALL
from eventsapp.questions.models import Question
from eventsapp.rsvps.models import GuestAnswer, Upload
from tests.factories.events import make_category, make_event
from tests.factories.questions import codes, if_yes, make_question, make_section
from tests.support.clients import Client

pytestmark = pytest.mark.usefixtures("db_session")


@pytest.fixture
def event(db_session: object) -> Event:
    made = make_event(published=True, slug="forum")
    make_category(made)
    return made


@pytest.fixture
def desk(staff: Callable[..., Client], event: Event) -> Client:
    return staff(role=Role.ORGANISER, event=event)


PAGES = "/organise/events/forum/questions"


def labels(event: Event) -> list[str]:
    return [asked.label["en"] for asked in queries.asked(event.id)]


@pytest.mark.parametrize("key", sorted(ALL))
def test_every_kind_is_composed_previewed_and_changed(desk: Client, event: Event, key: str) -> None:
    assert desk.get(f"{PAGES}/new?kind={key}").status_code == 200
    sent = {"label-en": "What would you say?", "choices-0-label-en": "This", "choices-1-label-en": "That"}
    assert desk.post(f"{PAGES}/new?kind={key}", data=sent).status_code == 303
    (asked,) = queries.asked(event.id)
    assert (asked.kind, asked.version) == (key, 1)
    assert "What would you say?" in desk.get(f"{PAGES}/preview").text
    again = desk.get(f"{PAGES}/{asked.code}")
    assert again.status_code == 200
    changed = {**sent, "label-en": "And now?", "required": "1"}
    assert desk.post(f"{PAGES}/{asked.code}", data=changed).status_code == 303
    (asked,) = queries.asked(event.id)
    assert (asked.label, asked.required, asked.version) == ({"en": "And now?"}, True, 2)


def test_choices_have_places_and_an_order(desk: Client, event: Event) -> None:
    sent = {
        "label-en": "Tour",
        "choices-0-label-en": "Harbour",
        "choices-0-capacity": "20",
        "choices-0-place": "20",
        "choices-1-label-en": "Market",
        "choices-1-label-uk": "Ринок",
        "choices-1-place": "10",
        "choices-2-label-en": "",
    }
    assert desk.post(f"{PAGES}/new?kind=one-of", data=sent).status_code == 303
    (asked,) = queries.asked(event.id)
    assert [(option.label, option.left) for option in asked.options] == [
        ({"en": "Market", "uk": "Ринок"}, None),
        ({"en": "Harbour"}, 20),
    ]


def test_more_rows_keep_what_was_typed(desk: Client, event: Event) -> None:
    sent = {"label-en": "Tour", "choices-0-label-en": "Harbour", "do": "more"}
    page = desk.post(f"{PAGES}/new?kind=one-of", data=sent)
    assert page.status_code == 200
    assert 'value="Harbour"' in page.text
    assert "choices-3-label-en" in page.text
    assert labels(event) == []


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"label-en": ""}, "in one language at least"),
        ({"label-en": "Tour"}, "Please write the answers to choose from."),
        ({"label-en": "Tour", "choices-0-label-en": "A", "limit_least": "x"}, "whole number"),
        ({"label-en": "T", "choices-0-label-en": "A", "limit_least": "3", "limit_most": "2"}, "The least is"),
        ({"label-en": "Tour", "choices-0-label-en": "A", "retention_days": "-1"}, "between 0 and 3650"),
    ],
)
def test_question_that_cannot_be_is_refused_and_comes_back(
    desk: Client, event: Event, sent: dict[str, str], field: str
) -> None:
    answered = desk.post(f"{PAGES}/new?kind=many-of", data=sent)
    assert answered.status_code == 422
    assert field in answered.text
    assert labels(event) == []


def test_condition_is_composed_of_rows(desk: Client, event: Event) -> None:
    shuttle = make_question(event, "yes-no", "A shuttle?")
    hotel = make_question(event, "one-of", "Hotel?", choices=["Grand", "Small", "Old"])
    number = make_question(event, "number", "How many bags?")
    known = codes(hotel)
    sent: dict[str, Any] = {
        "label-en": "Anything large?",
        "joint": "any",
        "tests-0-question": shuttle.code,
        "tests-0-comparison": "is",
        "tests-0-values": f"{shuttle.code}:no",
        "tests-1-question": hotel.code,
        "tests-1-comparison": "is",
        "tests-1-values": [f"{hotel.code}:{known['Grand']}", f"{hotel.code}:{known['Old']}"],
        "tests-2-question": number.code,
        "tests-2-comparison": "at-least",
        "tests-2-text": "3",
        "tests-3-question": "",
    }
    assert desk.post(f"{PAGES}/new?kind=text", data=sent).status_code == 303
    asked = queries.asked(event.id)[-1]
    assert asked.condition == {
        "any": [
            {"question": shuttle.code, "comparison": "is", "value": False},
            {"question": hotel.code, "comparison": "one-of", "value": [known["Grand"], known["Old"]]},
            {"question": number.code, "comparison": "at-least", "value": 3},
        ]
    }
    page = desk.get(PAGES + "/").text
    assert (
        "“A shuttle?” is “No” or “Hotel?” is one of “Grand, Old” or “How many bags?” is at least “3”" in page
    )
    form = desk.get(f"{PAGES}/{asked.code}").text
    assert re.search(rf'<option selected value="{hotel.code}:{known["Old"]}">', form)
    unchanged = {**sent, "label-en": "Anything large or heavy?"}
    assert desk.post(f"{PAGES}/{asked.code}", data=unchanged).status_code == 303
    assert queries.asked(event.id)[-1].condition == asked.condition


@pytest.mark.parametrize("comparison", ["is", "at-least"])
def test_condition_that_says_too_little_is_refused_at_its_rows(
    desk: Client, event: Event, comparison: str
) -> None:
    number = make_question(event, "number", "How many bags?")
    sent = {"label-en": "X", "tests-0-question": number.code, "tests-0-comparison": comparison}
    answered = desk.post(f"{PAGES}/new?kind=text", data=sent)
    assert answered.status_code == 422
    assert "Please say with what to compare." in answered.text


def test_deeper_condition_is_kept_until_it_is_taken_away(desk: Client, event: Event) -> None:
    one, two = make_question(event, "yes-no", "One?"), make_question(event, "yes-no", "Two?")
    tree = {"all": [if_yes(one), {"any": [if_yes(two), {"question": two.code, "comparison": "answered"}]}]}
    deep = make_question(event, label="Deep", condition=tree)
    page = desk.get(f"{PAGES}/{deep.code}").text
    assert "“One?” is “Yes” and (“Two?” is “Yes” or “Two?” was answered)" in page
    desk.post(f"{PAGES}/{deep.code}", data={"label-en": "Deeper"})
    assert queries.asked(event.id)[-1].condition == tree
    desk.post(f"{PAGES}/{deep.code}", data={"label-en": "Deeper", "drop_condition": "1"})
    assert queries.asked(event.id)[-1].condition == {}


def test_questions_and_sections_move_but_never_before_what_they_depend_on(desk: Client, event: Event) -> None:
    first, second = make_section(event, "First"), make_section(event, "Second")
    shuttle = make_question(event, "yes-no", "A shuttle?", section=first)
    make_question(event, label="From where?", section=first, condition=if_yes(shuttle))
    free = make_question(event, label="Anything else?", section=first)
    assert labels(event) == ["A shuttle?", "From where?", "Anything else?"]
    desk.post(f"{PAGES}/{free.code}/move-earlier")
    assert labels(event) == ["A shuttle?", "Anything else?", "From where?"]
    refused = desk.post(f"{PAGES}/{shuttle.code}/move-later")
    desk.post(f"{PAGES}/{shuttle.code}/move-later")
    assert refused.status_code == 303
    assert labels(event).index("A shuttle?") < labels(event).index("From where?")
    make_question(event, label="Late", section=second, condition=if_yes(shuttle))
    desk.post(f"{PAGES}/sections/{second.code}/move-earlier")
    assert labels(event)[-1] == "Late"


def test_section_with_questions_stays(desk: Client, event: Event) -> None:
    section = make_section(event)
    question = make_question(event, section=section)
    desk.post(f"{PAGES}/sections/{section.code}/remove")
    assert len(queries.sections(event)) == 1
    desk.post(f"{PAGES}/{question.code}/remove")
    desk.post(f"{PAGES}/sections/{section.code}/remove")
    assert queries.sections(event) == []
    assert desk.post(f"{PAGES}/sections/new", data={"title-en": "Travel"}).status_code == 303
    assert [section.title for section in queries.sections(event)] == [{"en": "Travel"}]


def test_question_that_others_depend_on_stays(desk: Client, event: Event) -> None:
    shuttle = make_question(event, "yes-no", "A shuttle?")
    make_question(event, label="From where?", condition=if_yes(shuttle))
    answered = desk.post(f"{PAGES}/{shuttle.code}/remove", follow_redirects=True)
    assert "change its condition first" in answered.text
    assert len(labels(event)) == 2


def test_preview_shows_what_a_category_sees_in_a_language_and_stores_nothing(
    desk: Client, event: Event
) -> None:
    press = make_category(event, "P", "Press")
    make_question(event, label="Everybody?", required=True)
    paper = make_question(event, "yes-no", "paper", categories=[press])
    paper.label = {"en": "For a paper?", "uk": "Для газети?"}
    db.session.commit()
    delegate = event.categories[0].code
    seen = desk.get(f"{PAGES}/preview?category={delegate}").text
    assert "Everybody?" in seen
    assert "For a paper?" not in seen
    address = f"{PAGES}/preview?category={press.code}&language=uk"
    seen = desk.get(address).text
    assert "Для газети?" in seen
    assert "<h1>Preview" in seen  # the desk stays in the reader's language
    assert "lang-chip" in seen  # what is not translated says so
    assert desk.post(address, data={}).status_code == 422
    fine = desk.post(address, data={f"q_{queries.asked(event.id)[0].code}": "yes"})
    assert fine.status_code == 200
    assert "Nothing was stored." in fine.text
    for table in (GuestAnswer, Upload):
        assert db.session.scalar(select(func.count()).select_from(table)) == 0


def test_other_events_questions_are_not_found(desk: Client, event: Event) -> None:
    other = make_event("Other", published=True)
    theirs, section = make_question(other), make_section(other)
    assert desk.get(f"{PAGES}/{theirs.code}").status_code == 404
    assert desk.post(f"{PAGES}/{theirs.code}/remove").status_code == 404
    assert desk.get(f"{PAGES}/sections/{section.code}").status_code == 404
    shuttle = make_question(other, "yes-no", "Foreign?")
    sent = {"label-en": "X", "tests-0-question": shuttle.code, "tests-0-values": f"{shuttle.code}:yes"}
    assert desk.post(f"{PAGES}/new?kind=text", data=sent).status_code == 303
    assert queries.asked(event.id)[0].condition == {}


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.VIEWER, Role.DOOR])
def test_only_who_may_edit_the_event_composes(staff: Callable[..., Client], event: Event, role: Role) -> None:
    colleague = staff(role=role, event=event)
    assert colleague.get(PAGES + "/").status_code == 403
    assert colleague.post(f"{PAGES}/new?kind=text", data={"label-en": "X"}).status_code == 403
    assert db.session.scalar(select(func.count()).select_from(Question)) == 0
