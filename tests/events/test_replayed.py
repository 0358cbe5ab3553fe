"""Organisers, too, are told when a demonstration truly took place."""

from eventsapp.access.identity import SYSTEM
from eventsapp.events import service
from tests.factories.events import event_input, make_event
from tests.factories.people import NOW


def test_organisers_page_of_a_moved_event_tells_its_true_date(staff, db_session) -> None:
    service.create_event(event_input(slug="moved"), shifted_days=1000, actor=SYSTEM, now=NOW)
    make_event("Other forum", slug="real")
    client = staff()
    assert "6 September 2023" in client.get("/organise/events/moved").text
    assert "Demonstration" not in client.get("/organise/events/real").text
