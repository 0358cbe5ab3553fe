"""Which person is meant by what was typed or picked."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import scoped_session

from eventsapp.people.choosing import choose
from tests.factories.events import make_event
from tests.factories.people import make_person
from tests.support.clients import Client


def test_one_match_is_taken(db_session) -> None:
    person = make_person("Ada Example")
    assert choose("ada").person is person


def test_of_several_the_one_of_exactly_that_name_is_taken(db_session) -> None:
    person = make_person("Ada Example")
    make_person("Ada Example-Smith")
    assert choose("Ada Example").person is person


def test_several_matches_are_offered(db_session) -> None:
    people = [make_person("Ada Example"), make_person("Ada Sample")]
    chosen = choose("ada")
    assert chosen.person is None
    assert list(chosen.offered) == people


def test_a_picked_person_holds_while_the_name_stands(db_session) -> None:
    twins = [make_person("Ada Example"), make_person("Ada Example")]
    assert choose("Ada Example", twins[1].code).person is twins[1]


def test_another_name_typed_over_a_picked_person_wins(db_session) -> None:
    ada, ben = make_person("Ada Example"), make_person("Ben Sample")
    assert choose("Ben Sample", ada.code).person is ben


def test_an_unknown_code_and_name_mean_nobody(db_session) -> None:
    assert choose("Nobody", "XXXX").person is None


def test_the_search_box_says_each_attribute_once(staff, db_session) -> None:
    page = staff().get(f"/organise/events/{make_event().slug}/programme/new").text
    box = page[page.index('<input id="person"') :]
    assert box[: box.index(">")].count("class=") == 1


@pytest.mark.parametrize("name", ["person-code", "people-person"])
def test_a_posted_code_with_characters_that_no_code_has_means_nobody(
    staff: Callable[..., Client], db_session: scoped_session[Any], name: str
) -> None:
    path = f"/organise/events/{make_event().slug}/programme/groups/new"
    given = {"names-en": "Drivers", "people-sent": "1", name: "AB\x00CD"}
    assert staff().post(path, data=given).status_code in (303, 422)
