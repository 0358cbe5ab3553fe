"""Pages on which somebody is named who comes in a guest's place: the guest's own, and the desk's."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from eventsapp.access.identity import SYSTEM
from eventsapp.access.permissions import Role
from eventsapp.core.db import db
from eventsapp.core.tokens import Purpose
from eventsapp.events.models import Event
from eventsapp.people.models import Person
from eventsapp.programme.enums import PartRole
from eventsapp.programme.service import PartInput
from eventsapp.rsvps import links
from eventsapp.rsvps.enums import Answer, Decision, GuestState
from eventsapp.rsvps.models import Guest, Proposal
from eventsapp.rsvps.open_points import substitute_lines
from eventsapp.rsvps.service import proposals, representing
from tests.factories.events import make_public_event
from tests.factories.people import NOW, make_person
from tests.factories.programme import make_item
from tests.factories.rsvps import answer, make_accepted, make_guest
from tests.support.clients import Client
from tests.support.databases import Database

pytestmark = pytest.mark.usefixtures("db_session", "clock")

FORM = {"name": "de VRIES, jan", "title": "Deputy", "organisation": "Northport", "email": "jan@north.example"}


@pytest.fixture
def event() -> Event:
    return make_public_event()


@pytest.fixture
def guest(event: Event) -> Guest:
    speaker = make_person("Ada Example")
    make_item(event, "Opening", parts=[PartInput(speaker, PartRole.SPEAKER)])
    return make_accepted(event, speaker)


def own_page(database: Database, guest: Guest) -> str:
    return links.path(database.settings, guest, Purpose.OWN_PAGE)


def desk_page(guest: Guest) -> str:
    return f"/organise/events/{guest.event.slug}/guests/{guest.code}"


def proposal() -> Proposal:
    db.session.rollback()
    return db.session.scalars(select(Proposal)).one()


def test_guest_asks_on_the_own_page_and_may_take_it_back(
    client: Client, database: Database, guest: Guest
) -> None:
    path = own_page(database, guest)
    assert f"{path}/substitute" in client.get(path).text
    assert client.post(f"{path}/substitute", data={**FORM, "name": ""}).status_code == 422
    assert client.post(f"{path}/substitute", data=FORM).status_code == 303
    assert (proposal().wanted["name"], proposal().decision) == ("de VRIES, jan", Decision.WAITING)
    assert "de VRIES, jan" in client.get(path).text
    assert "de VRIES, jan" in client.get(f"{path}/substitute").text
    client.post(f"{path}/substitute/take-back")
    assert proposal().decision is Decision.DROPPED
    assert "de VRIES, jan" not in client.get(path).text


def test_invitation_opens_no_page_that_names_a_substitute(
    client: Client, database: Database, guest: Guest
) -> None:
    token = links.token(database.settings, guest, Purpose.INVITATION)
    assert client.get(f"/my/{token}/substitute").status_code == 404
    assert client.post(f"/my/{token}/substitute", data=FORM).status_code == 404


def test_staff_put_somebody_in_the_place_and_see_what_is_not_inherited(
    staff: Callable[..., Client], event: Event, guest: Guest
) -> None:
    client = staff(role=Role.ORGANISER, event=event)
    page = client.get(f"{desk_page(guest)}/substitute")
    assert "Speaker: Opening" in " ".join(page.text.replace("<span>", "").replace("</span>", "").split())
    done = client.post(f"{desk_page(guest)}/substitute", data=FORM)
    assert done.status_code == 303
    db.session.rollback()
    newcomer = representing.substitute_of(guest)
    assert newcomer is not None
    shown = client.get(done.location).text
    assert "Comes in the place of" in shown
    assert "Not inherited: please settle" in shown
    gone = client.get(desk_page(guest)).text
    assert "Represented by" in gone
    assert "de VRIES, jan" in gone
    client.post(f"{desk_page(guest)}/return")
    db.session.rollback()
    assert (guest.state, newcomer.state) == (GuestState.INVITED, GuestState.WITHDRAWN)


def test_staff_choose_somebody_of_the_directory(
    staff: Callable[..., Client], event: Event, guest: Guest
) -> None:
    known: Person = make_person("Bo Beispiel")
    data = {"person": "Bo Beispiel", "person-code": known.code}
    assert staff().post(f"{desk_page(guest)}/substitute", data=data).status_code == 303
    db.session.rollback()
    newcomer = representing.substitute_of(guest)
    assert newcomer is not None
    assert newcomer.person_id == known.id


def test_refusal_comes_back_at_the_field(staff: Callable[..., Client], event: Event, guest: Guest) -> None:
    listed = make_guest(event, "Bo Beispiel")
    data = {"person": "Bo Beispiel", "person-code": listed.person.code}
    refused = staff().post(f"{desk_page(guest)}/substitute", data=data)
    assert refused.status_code == 422
    assert "This person is on the list already." in refused.text
    empty = staff().post(f"{desk_page(guest)}/substitute", data={"name": ""})
    assert empty.status_code == 422
    assert guest.state is GuestState.ACCEPTED


def test_only_who_decides_may_put_somebody_in_a_place(
    staff: Callable[..., Client], event: Event, guest: Guest
) -> None:
    other = make_accepted(make_public_event("Another forum"), "Ed Foreign")
    viewer = staff(role=Role.VIEWER, event=event)
    assert viewer.get(f"{desk_page(guest)}/substitute").status_code == 403
    assert viewer.post(f"{desk_page(guest)}/return").status_code == 403
    organiser = staff(role=Role.ORGANISER, event=event)
    path = f"/organise/events/{event.slug}/guests/{other.code}"
    assert organiser.get(f"{path}/substitute").status_code == 404
    assert organiser.post(f"{path}/substitute", data=FORM).status_code == 404
    assert organiser.post(f"{path}/return").status_code == 404


def test_guest_who_declined_may_still_name_somebody(client: Client, database: Database, guest: Guest) -> None:
    answer(guest, Answer.DECLINED)
    path = own_page(database, guest)
    assert f"{path}/substitute" in client.get(path).text
    assert client.post(f"{own_page(database, guest)}/substitute", data=FORM).status_code == 303


def test_whoever_decides_reads_who_would_come_and_what_is_not_inherited(
    client: Client, staff: Callable[..., Client], database: Database, guest: Guest
) -> None:
    client.post(f"{own_page(database, guest)}/substitute", data=FORM)
    db.session.rollback()
    lines = list(substitute_lines(proposal()))
    assert [(line.label, line.before, line.after) for line in lines] == [
        ("Comes in their place", None, "de VRIES, jan, Deputy, Northport"),
        ("Mail address", None, "jan@north.example"),
        ({"en": "Opening"}, PartRole.SPEAKER, None),
    ]
    page = staff().get(f"/organise/events/{guest.event.slug}/replies/decide")
    assert "de VRIES, jan, Deputy, Northport" in page.text


def test_represented_guest_reads_so_and_sees_no_programme(
    client: Client, database: Database, guest: Guest
) -> None:
    path = own_page(database, guest)
    assert "Opening" in client.get(path).text
    client.post(f"{path}/substitute", data=FORM)
    db.session.rollback()
    proposals.agree(proposal(), actor=SYSTEM, now=NOW)
    page = client.get(path).text
    assert "Somebody else comes in your place." in page
    assert "Opening" not in page
    newcomer = representing.substitute_of(guest)
    assert newcomer is not None
    assert "You come in the place of Ada Example." in client.get(own_page(database, newcomer)).text
