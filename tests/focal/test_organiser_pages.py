"""The organiser's pages about focal points."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from eventsapp.access.permissions import Role
from eventsapp.core.db import db
from eventsapp.events.models import Category, Event
from eventsapp.focal import links, queries
from eventsapp.focal.models import FocalPoint
from eventsapp.mail.models import Mail
from tests.factories import focal
from tests.factories.events import make_category, make_public_event
from tests.factories.people import make_person
from tests.factories.rsvps import make_invited
from tests.factories.visits import make_delegation, make_member
from tests.support.clients import Client
from tests.support.databases import Database
from tests.support.statements import statements_for

pytestmark = pytest.mark.usefixtures("db_session", "clock")


@pytest.fixture
def event() -> Event:
    return make_public_event()


@pytest.fixture
def delegates(event: Event) -> Category:
    return make_category(event)


@pytest.fixture
def pages(event: Event) -> str:
    return f"/organise/events/{event.slug}/focal-points/"


def point_in(event: Event) -> FocalPoint:
    db.session.rollback()
    return db.session.scalars(select(FocalPoint).where(FocalPoint.event_id == event.id)).one()


def test_focal_point_is_made_with_quotas_and_changed(
    staff: Callable[..., Client], event: Event, delegates: Category, pages: str
) -> None:
    client = staff()
    heads = make_category(event, "H", "Head of delegation")
    data = {
        "name": "Embassy of Northport",
        "email": "office@northport.example",
        "language": "en",
        f"quota_{delegates.code}": "4",
        f"quota_{heads.code}": "",
    }
    made = client.post(f"{pages}new", data=data)
    assert made.status_code == 303
    point = point_in(event)
    assert [(quota.category.letter, quota.number) for quota in point.quotas] == [("D", 4)]
    assert "0 of 4 named, 4 left" in client.get(made.location).text
    focal.name_there(point, delegates, "Ada", "Bo")
    changed = client.post(f"{pages}{point.code}/edit", data={**data, f"quota_{delegates.code}": "1"})
    assert changed.status_code == 422
    assert "2 were named in this category already." in changed.text
    assert client.post(f"{pages}{point.code}/edit", data={**data, "name": "Other"}).status_code == 303
    assert point_in(event).name == "Other"


def test_form_without_a_name_comes_back_filled_in(
    staff: Callable[..., Client], delegates: Category, pages: str
) -> None:
    refused = staff().post(f"{pages}new", data={"email": "a@b.example", "language": "en"})
    assert refused.status_code == 422
    assert "a@b.example" in refused.text


def test_guests_and_the_whole_delegation_are_entrusted_and_released(
    staff: Callable[..., Client], event: Event, delegates: Category, pages: str
) -> None:
    client = staff()
    delegation = make_delegation(event)
    point = focal.make_focal_point(event, delegation=delegation)
    member = make_invited(event, make_member(delegation, "Ada Member").person)
    other = make_invited(event, "Bo Other")
    client.post(f"{pages}{point.code}/delegation")
    assert [entry.guest.id for entry in queries.people(point)] == [member.id]
    assert "Bo Other" in client.get(f"{pages}{point.code}/guests").text
    client.post(f"{pages}{point.code}/guests", data={"guest": [other.code, "NOBODY", "\x00"]})
    assert len(queries.people(point)) == 2
    shown = client.get(f"/organise/events/{event.slug}/guests/{other.code}")
    assert "Answers for this guest:" in shown.text
    assert point.name in shown.text
    client.post(f"{pages}{point.code}/guests/{other.code}/release")
    assert [entry.guest.id for entry in queries.people(point)] == [member.id]


def test_link_is_sent_renewed_and_closed(
    staff: Callable[..., Client], database: Database, event: Event, pages: str
) -> None:
    client = staff()
    point = focal.make_focal_point(event)
    before = links.address(database.settings, point)
    assert before in client.get(f"{pages}{point.code}").text
    client.post(f"{pages}{point.code}/send")
    assert db.session.scalars(select(Mail.template)).all() == ["focal-point"]
    client.post(f"{pages}{point.code}/renew")
    page = client.get(f"{pages}{point.code}").text
    assert before not in page
    assert links.address(database.settings, point_in(event)) in page
    client.post(f"{pages}{point.code}/close")
    assert "This desk is closed." in client.get(f"{pages}{point.code}").text
    client.post(f"{pages}{point.code}/reopen")
    assert point_in(event).closed_at is None


def test_who_only_looks_sees_no_link_and_changes_nothing(
    staff: Callable[..., Client], database: Database, event: Event, pages: str
) -> None:
    client = staff(role=Role.VIEWER, event=event)
    point = focal.make_focal_point(event)
    page = client.get(f"{pages}{point.code}")
    assert page.status_code == 200
    assert "/f/" not in page.text
    assert point.email not in page.text
    for path in ("new", f"{point.code}/edit", f"{point.code}/guests"):
        assert client.get(pages + path).status_code == 403
    for path in ("guests", "delegation", "send", "renew", "close", "reopen", "guests/x/release"):
        assert client.post(f"{pages}{point.code}/{path}").status_code == 403


def test_focal_point_and_guests_of_another_event_are_not_there(
    staff: Callable[..., Client], event: Event, pages: str
) -> None:
    other = make_public_event("Another forum")
    foreign = focal.make_focal_point(other, "Third embassy")
    stranger = make_invited(other, "Ed Foreign")
    point = focal.make_focal_point(event)
    client = staff(role=Role.ORGANISER, event=event)
    assert "Third embassy" not in client.get(pages).text
    for path in ("", "/edit", "/guests"):
        assert client.get(f"{pages}{foreign.code}{path}").status_code == 404
    for path in ("guests", "delegation", "send", "renew", "close", "reopen"):
        assert client.post(f"{pages}{foreign.code}/{path}").status_code == 404
    client.post(f"{pages}{point.code}/guests", data={"guest": stranger.code})
    assert queries.people(point) == []
    assert client.get(f"/organise/events/{other.slug}/focal-points/").status_code == 404


def test_list_costs_the_same_for_one_and_for_three(
    app: Flask, staff: Callable[..., Client], event: Event, delegates: Category, pages: str
) -> None:
    client = staff()
    costs = []
    for number in range(3):
        point = focal.make_focal_point(event, f"Embassy {number}", quotas={delegates: 3})
        focal.name_there(point, delegates, f"Ada {number}", f"Bo {number}")
        focal.entrust(point, make_invited(event, make_person(f"Cy {number}")))
        client.get(pages)
        costs.append(
            (statements_for(app, client, pages), statements_for(app, client, f"{pages}{point.code}"))
        )
    assert len(set(costs)) == 1
