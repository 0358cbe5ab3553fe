"""A kind of question that nobody knew: one class, and every page, check and count takes it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from eventsapp.core.db import db
from eventsapp.core.errors import Invalid
from eventsapp.core.tokens import Purpose
from eventsapp.questions.asked import Asked
from eventsapp.questions.conditions import Comparison
from eventsapp.questions.kinds import ALL, Control, Kind, Limit, kind
from eventsapp.questions.kinds.kind import Say
from eventsapp.questions.models import Question
from eventsapp.rsvps import links
from eventsapp.rsvps.models import GuestAnswer
from tests.factories.events import make_category, make_event
from tests.factories.questions import make_question
from tests.factories.rsvps import make_invited
from tests.support.clients import Client

pytestmark = pytest.mark.usefixtures("db_session", "clock")


@pytest.fixture(autouse=True)
def shoe_size() -> Iterator[None]:
    """What a developer writes."""

    @kind
    class ShoeSize(Kind):
        key = "shoe-size"
        name = "A shoe size"
        control = Control.NUMBER
        comparisons = (Comparison.AT_LEAST,)
        limits = (Limit("most", "Largest we have", int),)
        is_counted = True

        def clean(self, given: Any, asked: Asked) -> Any:
            if not given:
                return None
            if not str(given).isdigit() or int(given) > asked.limits.get("most", 60):
                raise Invalid("We have no shoes of this size.")
            return int(given)

        def typed(self, value: Any) -> Any:
            return str(value)

        def words(self, value: Any, asked: Asked, reader: str, say: Say) -> str:  # noqa: ARG002
            return f"EU {value}"

    yield
    del ALL["shoe-size"]


def test_new_kind_is_composed_asked_checked_stored_shown_and_counted(
    app: Flask, client: Client, staff: Callable[..., Client]
) -> None:
    event = make_event(published=True, slug="forum")
    make_category(event)
    desk, pages = staff(), "/organise/events/forum/questions"
    assert "A shoe size" in desk.get(pages + "/").text
    sent = {"label-en": "Safety shoes?", "limit_most": "48"}
    assert desk.post(f"{pages}/new?kind=shoe-size", data=sent).status_code == 303
    question = db.session.scalars(select(Question)).one()
    assert question.limits == {"most": 48}
    large = {"question": question.code, "comparison": "at-least", "value": "47"}
    name = make_question(event, label="Shall we order them for you?", condition=large)

    guest = make_invited(event)
    address = links.path(app.extensions["settings"], guest, Purpose.INVITATION)
    assert "Safety shoes?" in client.get(address).text
    field = f"q_{question.code}"
    refused = client.post(address, data={"answer": "accepted", field: "50"})
    assert "We have no shoes of this size." in refused.text
    given = {"answer": "accepted", field: "47", f"q_{name.code}": "please"}
    assert client.post(address, data=given).status_code == 303
    assert {row.value["is"] for row in db.session.scalars(select(GuestAnswer))} == {47, "please"}
    own = client.get(links.path(app.extensions["settings"], guest, Purpose.OWN_PAGE)).text
    assert "EU 47" in own
    assert "EU 47" in desk.get(f"/organise/events/forum/guests/{guest.code}").text
    assert "Safety shoes?" in desk.get("/organise/events/forum/guests/answers").text
    assert "Safety shoes?" in desk.get(f"{pages}/preview").text
