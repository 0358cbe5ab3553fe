"""Staff, roles, mail and the record, as their readers meet them."""

import ast
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from jinja2 import ChoiceLoader, DictLoader
from sqlalchemy import select
from sqlalchemy.event import listen, remove
from sqlalchemy.orm import scoped_session

from eventsapp.access.identity import SYSTEM, Actor, ActorKind
from eventsapp.access.permissions import Role
from eventsapp.accounts import queries as accounts
from eventsapp.audit import service as audit
from eventsapp.audit.models import AuditEntry
from eventsapp.core.db import db
from eventsapp.events.models import Event
from eventsapp.mail.enums import MailState
from eventsapp.mail.models import Mail
from eventsapp.mail.sending import send_due
from eventsapp.mail.service import queue
from eventsapp.office.deeds import DEEDS, ROLE_MEANINGS, ROLES
from tests.factories.accounts import make_staff
from tests.factories.events import make_event
from tests.factories.rsvps import make_guest, make_invited
from tests.house.source import modules
from tests.support.clients import Client
from tests.support.clocks import Clock

Staff = Callable[..., Client]


def a_mail(event: Event | None, clock: Clock, key: str = "m1") -> str:
    """A queued invitation's code."""
    code = queue(
        "pages-test",
        to_address="li@example.org",
        to_name="李四川 <script>",
        language="zh-Hant",
        context={"number": 3},
        dedupe_key=key,
        event_id=event.id if event else None,
        actor=SYSTEM,
        now=clock.now,
    )
    db.session.commit()
    return code


@pytest.fixture
def template(app: Flask) -> Iterator[None]:
    """A message's templates."""
    html = (
        "{% extends 'mail/layout.html' %}{% block title %}T{% endblock %}{% block content %}"
        "<h1>Heading</h1><p>{{ to_name }} <a href='https://events.example/i/x'>open</a></p>"
        "<script>alert(1)</script>{% endblock %}"
    )
    made = {
        "mail/pages-test/subject.txt": "Subject {{ number }}",
        "mail/pages-test/body.txt": "See https://events.example/i/x & come",
        "mail/pages-test/body.html": html,
    }
    loader = app.jinja_env.loader
    assert loader is not None
    app.jinja_env.loader = ChoiceLoader([DictLoader(made), loader])
    yield
    app.jinja_env.loader = loader


@pytest.fixture
def statements(app: Flask) -> Iterator[Callable[[], list[str]]]:
    """What was asked of the database since the last call."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    def since() -> list[str]:
        found = list(asked)
        asked.clear()
        return found

    with app.app_context():
        engine = db.engine
    listen(engine, "before_cursor_execute", note)
    yield since
    remove(engine, "before_cursor_execute", note)


def test_administrator_adds_a_colleague_who_then_chooses_a_password(
    staff: Staff, client: Client, db_session: scoped_session[Any]
) -> None:
    answer = staff().post("/organise/staff/new", data={"email": "New@Example.org", "display_name": "李四川"})
    assert answer.status_code == 200
    password = answer.text.split('<span class="code">')[1].split("<")[0]
    signed_in = client.post("/organise/sign-in", data={"email": "new@example.org", "password": password})
    assert signed_in.location == "/organise/account/password"


def test_refused_colleague_comes_back_filled_in(staff: Staff, db_session: scoped_session[Any]) -> None:
    make_staff("taken@example.org")
    answer = staff().post(
        "/organise/staff/new", data={"email": "taken@example.org", "display_name": "Oksana"}
    )
    assert answer.status_code == 422
    assert "There is an account with this mail address already." in answer.text
    assert 'value="Oksana"' in answer.text


def test_last_administrator_cannot_step_down(staff: Staff, db_session: scoped_session[Any]) -> None:
    client = staff()
    code = accounts.everyone()[0].code
    answer = client.post(f"/organise/staff/{code}", data={"display_name": "A"})
    assert answer.status_code == 422
    assert "One administrator at least must be able to sign in." in answer.text
    assert client.post(f"/organise/staff/{code}/active", data={"active": "no"}).status_code == 409


def test_colleagues_without_the_right_stay_out(
    staff: Staff, db_session: scoped_session[Any], clock: Clock
) -> None:
    event, other = make_event(), make_event("Another Forum")
    code = a_mail(other, clock)
    client = staff(role=Role.ORGANISER, event=event)
    for path in ("/organise/staff/", "/organise/staff/new", "/organise/record", "/organise/mail"):
        assert client.get(path).status_code == 403
    for path in ("roles/", "mail", "record"):
        assert client.get(f"/organise/events/{event.slug}/{path}").status_code == 200
        assert client.get(f"/organise/events/{other.slug}/{path}").status_code == 404
    assert client.get(f"/organise/events/{event.slug}/mail/{code}").status_code == 404
    assert client.get(f"/organise/events/{event.slug}/mail/{code}.eml").status_code == 404
    door = staff(role=Role.DOOR, event=event)
    for path in ("roles/", "mail", "record"):
        assert door.get(f"/organise/events/{event.slug}/{path}").status_code == 403


def test_organiser_gives_and_takes_roles(staff: Staff, db_session: scoped_session[Any]) -> None:
    event = make_event()
    colleague = make_staff("door@example.org")
    client = staff(role=Role.ORGANISER, event=event)
    place = f"/organise/events/{event.slug}/roles/"
    added = client.post(place, data={"email": "Door@example.org", "roles": ["door", "viewer"]})
    assert added.status_code == 303
    assert "Door steward" in client.get(place).text
    client.post(f"{place}{colleague.code}", data={"roles": ["viewer"]})
    assert dict(accounts.team(event.id))[colleague] == {Role.VIEWER}
    client.post(f"{place}{colleague.code}", data={"csrf_token": ""})  # a browser sends nothing else
    assert colleague not in dict(accounts.team(event.id))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"email": "nobody@example.org", "roles": ["door"]}, "Nobody has an account with this mail address."),
        ({"email": "a@example.org"}, "Please choose one role at least."),
        ({"email": "a@example.org", "roles": ["king"]}, "king"),
    ],
)
def test_impossible_role_is_refused_at_the_field(
    staff: Staff, db_session: scoped_session[Any], data: dict[str, Any], sentence: str
) -> None:
    event = make_event()
    make_staff("a@example.org")
    answer = staff().post(f"/organise/events/{event.slug}/roles/", data=data)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_message_is_read_safely_before_and_after_it_was_sent(
    staff: Staff, db_session: scoped_session[Any], clock: Clock, template: None
) -> None:
    event = make_event()
    code = a_mail(event, clock)
    client, place = staff(), f"/organise/events/{event.slug}/mail"
    assert client.get(f"{place}/{code}.eml").status_code == 404
    for _ in range(2):
        page = client.get(f"{place}/{code}").text
        assert '<a href="https://events.example/i/x" rel="noopener nofollow">' in page
        assert "alert(1)" not in page
        assert page.count("<h1") == 1
        assert "<script>" not in page.split("<main")[1]
        assert "Subject 3" in page
        send_due()
    assert "Subject 3" in client.get(place).text
    assert "Subject 3" in client.get("/organise/mail?state=sent").text
    assert "Subject 3" not in client.get("/organise/mail?state=queued").text
    file = client.get(f"/organise/mail/{code}.eml")
    assert (file.status_code, file.mimetype) == (200, "message/rfc822")
    assert b"Subject: Subject 3" in file.data
    assert "attachment" in file.headers["Content-Disposition"]


def test_failed_message_is_tried_again_on_request(
    staff: Staff, db_session: scoped_session[Any], clock: Clock, template: None
) -> None:
    code = a_mail(None, clock)
    mail = db_session.scalars(select(Mail)).one()
    mail.state, mail.attempts = MailState.FAILED, 8
    client = staff()
    assert client.post(f"/organise/mail/{code}/again").status_code == 303
    assert (mail.state, mail.attempts) == (MailState.QUEUED, 0)
    assert "Mail queued again" in client.get("/organise/record").text


def test_record_names_actors_and_subjects(
    staff: Staff, db_session: scoped_session[Any], clock: Clock
) -> None:
    event = make_event(published=True)
    guest = make_invited(event)
    colleague = make_staff("o@example.org", display_name="Olena")
    by, behalf = Actor(ActorKind.STAFF, colleague.id), Actor(ActorKind.GUEST, guest.id)
    audit.record(
        "guest.replied", "guest", guest.id, actor=by, now=clock.now, event_id=event.id, on_behalf=behalf
    )
    page = staff().get(f"/organise/events/{event.slug}/record").text
    assert "Reply given" in page
    assert "Olena" in page
    assert guest.person.display_name in page


def test_pages_of_the_record_meet_without_gap_or_repeat(
    staff: Staff, db_session: scoped_session[Any], clock: Clock
) -> None:
    event = make_event()
    for number in range(120):
        audit.record("badge.issued", "none", number, actor=SYSTEM, now=clock.now, event_id=event.id)
    client, path = staff(), f"/organise/events/{event.slug}/record"
    rows = 0
    while path:
        page = client.get(path).text
        rows += page.count("Badge issued")
        path = page.split('rel="next" href="')[1].split('"')[0] if 'rel="next"' in page else ""
    assert rows == 120


@pytest.mark.parametrize("before", ["99999999999999999999", "-1", "x", "\u0663", "1.5"])
def test_nonsense_cursor_shows_the_first_page(staff: Staff, before: str) -> None:
    client = staff()
    assert client.get("/organise/record", query_string={"before": before}).status_code == 200
    assert client.get("/organise/mail", query_string={"before": before}).status_code == 200


def test_lists_cost_the_same_for_one_row_and_for_many(
    staff: Staff, db_session: scoped_session[Any], clock: Clock, statements: Callable[[], list[str]]
) -> None:
    event = make_event()
    client = staff()

    def costs() -> list[int]:
        place = f"/organise/events/{event.slug}"
        counted = []
        for path in ("/organise/staff/", "/organise/record", "/organise/mail", f"{place}/roles/",
                     f"{place}/record", f"{place}/mail"):  # fmt: skip
            statements()
            assert client.get(path).status_code == 200
            counted.append(len(statements()))
        return counted

    def one_more(number: int) -> None:
        make_guest(event, f"Guest {number}")
        make_staff(f"more{number}@example.org", role=Role.DOOR, event=event)
        a_mail(event, clock, f"key {number}")

    one_more(0)
    few = costs()
    for number in range(1, 8):
        one_more(number)
    assert costs() == few


def test_every_action_in_the_source_has_its_words() -> None:
    actions = {
        node.value
        for module in modules()
        if module.place != "eventsapp/office/deeds.py"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("record")
        for node in node.args[:1]
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "." in node.value
    }
    assert len(actions) > 20
    assert actions <= set(DEEDS)


def test_every_role_has_its_words() -> None:
    assert {role.value for role in Role} == set(ROLE_MEANINGS) == set(ROLES) - {"administrator"}


def test_every_recorded_action_of_these_factories_has_its_words(
    db_session: scoped_session[Any],
) -> None:
    make_invited(make_event(published=True))
    assert set(db_session.scalars(select(AuditEntry.action))) <= set(DEEDS)
