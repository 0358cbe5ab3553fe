"""What other wings show on an event's public page."""

import pytest

from eventsapp.events import public_sections
from eventsapp.events.enums import EventKind
from eventsapp.events.models import Event
from eventsapp.events.public_sections import Place, section, sections


@pytest.fixture(autouse=True)
def nothing_announced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(public_sections, "_sections", {})


def templates(kind: EventKind, place: Place = Place.MAIN) -> list[str]:
    return [part.template for part in sections(Event(kind=kind), place)]


def test_sections_stand_in_their_order() -> None:
    section(30, "c", lambda _: {})
    section(10, "a", lambda _: {})
    section(20, "b", lambda _: {})
    assert templates(EventKind.SUMMIT) == ["a", "b", "c"]


def test_section_is_for_its_kinds_and_its_place() -> None:
    section(10, "signing", lambda _: {}, kinds={EventKind.SIGNING})
    section(20, "top", lambda _: {}, place=Place.TOP)
    assert templates(EventKind.SUMMIT) == []
    assert templates(EventKind.SIGNING) == ["signing"]
    assert templates(EventKind.SUMMIT, Place.TOP) == ["top"]


def test_section_with_nothing_to_show_is_left_out() -> None:
    section(10, "empty", lambda _: None)
    assert templates(EventKind.SUMMIT) == []


def test_arguments_of_all_sections_are_known_once_in_a_settled_order() -> None:
    section(10, "a", lambda _: {}, arguments=("view", "day"))
    section(20, "b", lambda _: {}, arguments=("day", "track"))
    assert public_sections.arguments() == ("day", "track", "view")
