"""Pages about visits, delegations and itineraries: who may, what is refused, what is shown."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import event as sql_events
from sqlalchemy import select

from eventsapp.access.permissions import Role
from eventsapp.core.db import db
from eventsapp.events.enums import Visibility
from eventsapp.programme.enums import Audience, PartRole
from eventsapp.programme.service import PartInput
from eventsapp.visits import queries
from eventsapp.visits.enums import MemberFunction
from eventsapp.visits.models import Delegation, Member
from tests.factories.ceremonies import make_signing
from tests.factories.events import make_event
from tests.factories.people import make_affiliation, make_organisation, make_person
from tests.factories.programme import make_group, make_item
from tests.factories.visits import make_delegation, make_member, make_visit, make_visit_event
from tests.support.clients import Client

Staff = Callable[..., Client]


def queries_of(client: Client, path: str) -> int:
    """How many statements a page takes, the second time it is asked for."""
    client.get(path)
    counted: list[str] = []

    def count(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        counted.append(statement)

    sql_events.listen(db.engine, "before_cursor_execute", count)
    try:
        assert client.get(path).status_code == 200
    finally:
        sql_events.remove(db.engine, "before_cursor_execute", count)
    return len(counted)


def test_bodies_are_said_and_what_is_not_stated_is_said_so(staff: Staff) -> None:
    event, ministry = make_visit_event(), make_organisation("Ministry of Foreign Affairs")
    client, base = staff(), f"/organise/events/{event.slug}/visit"
    given = dict.fromkeys(("host", "programme_owner", "payer"), "")
    given |= {"inviting": ministry.code, "category": "working", "purpose-en": "To sign"}
    assert client.post(f"{base}/edit", data=given).status_code == 303
    page = client.get(f"{base}/").text
    assert "Ministry of Foreign Affairs" in page
    assert page.count("not stated") == 3
    refused = client.post(f"{base}/edit", data={**given, "host": "NOBODY"})
    assert refused.status_code == 422
    assert "To sign" in refused.text


def test_bodies_are_asked_of_visits_alone(staff: Staff) -> None:
    summit = make_event()
    client = staff()
    assert client.get(f"/organise/events/{summit.slug}/visit/").status_code == 404
    assert client.get(f"/organise/events/{summit.slug}/visit/edit").status_code == 404
    assert client.get(f"/organise/events/{summit.slug}/visit/delegations").status_code == 200


def test_delegation_and_members_are_added_changed_moved_and_removed(staff: Staff) -> None:
    event = make_visit_event()
    client, base = staff(), f"/organise/events/{event.slug}/visit/delegations"
    liaison, head = make_person("Lin Yang-pen"), make_person("Ganna Example")
    make_affiliation(head, "Counsellor")
    title = make_affiliation(head, "Deputy Mayor")
    given = {"names-en": "Delegation of Kyiv", "organisation": "", "liaison": "yang pen"}
    assert client.post(f"{base}/new", data=given).status_code == 303
    delegation = db.session.scalars(select(Delegation)).one()
    assert delegation.liaison is liaison
    base = f"{base}/{delegation.code}"
    answer = client.post(
        f"{base}/members/new", data={"person": "ganna", "function": "principal", "is_head": "y"}
    )
    assert answer.headers["Location"].endswith(f"/members/{head.code}")
    given = {"affiliation": title.code, "function": "principal", "is_head": "y"}
    assert client.post(answer.headers["Location"], data=given).status_code == 303
    make_person("Bo Beispiel")
    client.post(f"{base}/members/new", data={"person": "bo beispiel", "function": "aide"})
    bo = delegation.members[1].person
    client.post(f"{base}/members/{bo.code}/move", data={"to": "earlier"})
    assert [member.person for member in delegation.members] == [bo, head]
    assert [member.affiliation for member in delegation.members] == [None, title]
    again = client.post(f"{base}/members/new", data={"person": "ganna", "function": "aide"})
    assert again.status_code == 422
    assert "in the delegation already" in again.text
    client.post(f"{base}/members/{bo.code}/remove")
    assert [member.person for member in delegation.members] == [head]
    assert client.post(f"{base}/delete").status_code == 303
    assert not db.session.scalars(select(Member)).all()


def test_refused_delegation_comes_back_as_it_was_typed(staff: Staff) -> None:
    event = make_visit_event()
    answer = staff().post(
        f"/organise/events/{event.slug}/visit/delegations/new", data={"names-en": "", "liaison": "Nobody"}
    )
    assert answer.status_code == 422
    assert 'value="Nobody"' in answer.text
    assert "Nobody of this name is recorded." in answer.text


def test_several_namesakes_are_offered_to_choose_from(staff: Staff) -> None:
    event = make_visit_event()
    delegation = make_delegation(event)
    first, second = make_person("Grygorii Malenko"), make_person("Grygorii Malenko")
    path = f"/organise/events/{event.slug}/visit/delegations/{delegation.code}/members/new"
    client = staff()
    answer = client.post(path, data={"person": "malenko", "function": "official"})
    assert answer.status_code == 422
    assert first.code in answer.text
    assert second.code in answer.text
    given = {"person": "malenko", "person-code": second.code, "function": "official"}
    assert client.post(path, data=given).status_code == 303
    assert [member.person for member in delegation.members] == [second]


def test_delegation_of_another_event_does_not_exist(staff: Staff) -> None:
    own, other = make_visit_event("Ours"), make_visit_event("Theirs")
    delegation = make_delegation(other)
    person = make_member(delegation).person
    client = staff(role=Role.ORGANISER, event=own)
    under_own = f"/organise/events/{own.slug}/visit/delegations/{delegation.code}"
    assert client.get(under_own).status_code == 404
    assert client.get(f"{under_own}/members/{person.code}").status_code == 404
    assert client.post(f"{under_own}/delete").status_code == 404
    assert client.post(f"{under_own}/members/{person.code}/remove").status_code == 404
    for path in ("", "delegations", "itinerary/", "itinerary/print", "edit"):
        assert client.get(f"/organise/events/{other.slug}/visit/{path}").status_code == 404
    assert len(delegation.members) == 1


@pytest.mark.parametrize(
    ("role", "sees", "edits"),
    [
        (Role.ORGANISER, 200, 200),
        (Role.LIAISON, 200, 200),
        (Role.REGISTRAR, 200, 403),
        (Role.VIEWER, 403, 403),
        (Role.DOOR, 403, 403),
    ],
)
def test_itineraries_are_kept_from_roles_that_do_not_need_them(
    role: Role, sees: int, edits: int, staff: Staff
) -> None:
    event = make_visit_event()
    client = staff(role=role, event=event)
    base = f"/organise/events/{event.slug}/visit"
    assert client.get(f"{base}/").status_code == 200
    assert client.get(f"{base}/itinerary/").status_code == sees
    assert client.get(f"{base}/itinerary/print").status_code == sees
    assert client.get(f"{base}/delegations/new").status_code == edits


def test_itinerary_holds_what_is_for_all_for_the_groups_and_for_the_person(staff: Staff) -> None:
    event = make_visit_event()
    ada, bo = make_person("Ada Example"), make_person("Bo Beispiel")
    delegation = make_delegation(event)
    make_member(delegation, ada)
    make_member(delegation, bo)
    group_a, group_b = make_group(event, "Group A", ada), make_group(event, "Group B", bo)
    make_item(event, "For everybody")
    make_item(event, "Windmill of A", audience=Audience.GROUPS, groups=[group_a])
    make_item(event, "Museum of B", audience=Audience.GROUPS, groups=[group_b])
    part = PartInput(ada, PartRole.SPEAKER)
    make_item(event, "Private call", audience=Audience.PEOPLE, parts=[part], is_public=False)
    signing = make_signing("Signing", parent=event, published=True)
    make_item(signing, "Signing of the memorandum", starts_local=datetime(2026, 6, 3, 10, 30))
    make_item(make_signing("Still a draft", parent=event), "Not said yet")
    make_item(make_event("Elsewhere"), "Of another event")
    titles = {
        "For everybody", "Windmill of A", "Museum of B", "Private call", "Signing of the memorandum",
        "Not said yet", "Of another event",
    }  # fmt: skip
    base = f"/organise/events/{event.slug}/visit/itinerary/"
    client = staff()

    def shown(path: str) -> set[str]:
        page = client.get(path).text
        return {title for title in titles if title in page}

    everybody = {"For everybody", "Signing of the memorandum"}
    assert shown(f"{base}?person={ada.code}") == everybody | {"Windmill of A", "Private call"}
    assert shown(f"{base}?person={bo.code}") == everybody | {"Museum of B"}
    assert shown(f"{base}?group={group_a.code}") == everybody | {"Windmill of A"}
    assert shown(base) == titles - {"Not said yet", "Of another event"}
    printed = client.get(f"{base}print?person={ada.code}").text
    assert "Private call" in printed
    assert "Speaker" in printed
    assert "Taipei (UTC+8)" in printed


def test_itinerary_of_somebody_elsewhere_is_not_found(staff: Staff) -> None:
    event = make_visit_event()
    stranger = make_person("Stranger")
    group = make_group(make_visit_event("Theirs"))
    base = f"/organise/events/{event.slug}/visit/itinerary/"
    client = staff()
    assert client.get(f"{base}?person={stranger.code}").status_code == 404
    assert client.get(f"{base}?group={group.code}").status_code == 404


def test_pages_take_as_many_queries_for_three_as_for_one(staff: Staff) -> None:
    event = make_visit_event()
    make_visit(event)
    client = staff()
    base = f"/organise/events/{event.slug}/visit"
    paths = [f"{base}/", f"{base}/delegations", f"{base}/itinerary/"]

    def one_more(number: int) -> None:
        liaison = make_person(f"Liaison {number}")
        city = make_organisation(f"City {number}")
        delegation = make_delegation(event, f"Delegation {number}", organisation=city, liaison=liaison)
        for name in range(number + 1):
            person = make_person(f"Member {number} {name}")
            title = make_affiliation(person, "Counsellor", make_organisation(f"Council {number} {name}"))
            make_member(delegation, person, affiliation=title)
        group = make_group(event, f"Group {number}", liaison)
        make_item(event, f"Item {number}", liaison, audience=Audience.GROUPS, groups=[group])

    one_more(0)
    before = {path: queries_of(client, path) for path in paths}
    one_more(1)
    one_more(2)
    assert {path: queries_of(client, path) for path in paths} == before


def test_public_page_names_who_invited_and_the_guests_but_not_who_serves_them(
    client: Client, db_session: Any
) -> None:
    event = make_visit_event(published=True, visibility=Visibility.PUBLIC)
    payer = make_organisation("Fund that pays")
    make_visit(event, inviting=make_organisation("Ministry of Foreign Affairs"), payer=payer)
    delegation = make_delegation(event, "Delegation of Kyiv", liaison=make_person("Lin Yang-pen"))
    head = make_person("Volodymyr Example")
    make_affiliation(head, "Secretary")
    title = make_affiliation(head, "Deputy Mayor")
    make_member(delegation, head, affiliation=title, is_head=True, function=MemberFunction.PRINCIPAL)
    make_member(delegation, "Ganna Example")
    for function in (MemberFunction.SECURITY, MemberFunction.SPOUSE, MemberFunction.AIDE):
        make_member(delegation, f"Hidden {function}", function=function)
    page = client.get(f"/events/{event.slug}").text
    for shown in ("Ministry of Foreign Affairs", "Volodymyr Example", "Deputy Mayor", "Ganna Example"):
        assert shown in page
    for hidden in ("Hidden", "Secretary", "Fund that pays", "Lin Yang-pen"):
        assert hidden not in page


def test_delegations_of_a_summit_are_not_on_its_public_page(client: Client, db_session: Any) -> None:
    event = make_event(published=True, visibility=Visibility.PUBLIC)
    make_member(make_delegation(event, "Delegation of Kyiv"), "Ganna Example")
    page = client.get(f"/events/{event.slug}").text
    assert "Delegation of Kyiv" not in page
    assert "Ganna Example" not in page


def test_visit_of_which_nothing_is_said_shows_nothing_in_public(db_session: Any) -> None:
    assert queries.for_public_page(make_visit_event()) is None


def test_names_never_become_markup(staff: Staff) -> None:
    event = make_visit_event(published=True, visibility=Visibility.PUBLIC)
    evil = "<b onmouseover=x>Evil</b>"
    make_visit(event, purpose={"en": evil}, inviting=make_organisation(evil))
    person = make_person(evil)
    make_member(make_delegation(event, evil, liaison=person), person)
    make_item(event, evil, person)
    client, base = staff(), f"/organise/events/{event.slug}/visit"
    paths = (f"{base}/", f"{base}/itinerary/", f"{base}/itinerary/print?person={person.code}")
    for path in (*paths, f"/events/{event.slug}"):
        page = client.get(path).text
        assert "<b onmouseover" not in page, path
        assert "&lt;b onmouseover" in page, path
