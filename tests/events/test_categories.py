"""Categories of guests."""

import pytest

from eventsapp.access.identity import SYSTEM
from eventsapp.core.errors import Conflict, Invalid
from eventsapp.events import categories, queries
from eventsapp.events.categories import CategoryInput
from eventsapp.events.enums import EventKind
from tests.factories.events import make_category, make_event
from tests.factories.places import make_zone


def test_a_number_is_never_used_again(db_session, now) -> None:
    event = make_event()
    first, second = make_category(event, "D"), make_category(event, "H")
    assert (first.number, second.number) == (1, 2)
    categories.delete_category(second, actor=SYSTEM, now=now)
    db_session.commit()
    assert make_category(event, "H").number == 3


def test_two_categories_do_not_share_a_letter(db_session) -> None:
    event = make_event()
    make_category(event, "D")
    with pytest.raises(Conflict) as refused:
        make_category(event, "d", "Another")
    assert refused.value.field == "letter"
    make_category(make_event("Elsewhere"), "D")


def test_registration_gives_one_category(db_session, now) -> None:
    event = make_event()
    guest, delegate = make_category(event, "G", for_registration=True), make_category(event, "D")
    given = CategoryInput(names=delegate.names, letter="D", colour="#1a5fb4", for_registration=True)
    categories.edit_category(delegate, given, actor=SYSTEM, now=now)
    assert (guest.for_registration, delegate.for_registration) == (False, True)


def test_a_category_opens_zones(db_session) -> None:
    event, zone = make_event(), make_zone()
    category = make_category(event, zones=[zone])
    db_session.commit()
    assert queries.category_of(event, category.code).zones == [zone]


@pytest.mark.parametrize("colour", ["red", "#12345", "#1234567", "url(x)", ""])
def test_a_colour_is_six_figures(db_session, colour) -> None:
    with pytest.raises(Invalid) as refused:
        make_category(make_event(), colour=colour)
    assert refused.value.field == "colour"


@pytest.mark.parametrize("kind", list(EventKind))
def test_every_kind_of_event_has_usual_categories(db_session, now, kind) -> None:
    event = make_event(kind=kind)
    made = categories.add_usual_categories(event, actor=SYSTEM, now=now)
    assert len({category.letter for category in made}) == len(made)
    assert all(set(category.names) == {"en", "zh-Hant", "uk"} for category in made)
    with pytest.raises(Conflict):
        categories.add_usual_categories(event, actor=SYSTEM, now=now)


def test_another_events_category_is_not_found(db_session) -> None:
    category = make_category(make_event())
    assert queries.category_of(make_event("Other"), category.code) is None
