"""Organisers' pages about people and organisations."""

import pytest

from eventsapp.access.permissions import Role
from eventsapp.people.models import Affiliation, Organisation, Person
from tests.factories.events import make_event
from tests.factories.people import make_affiliation, make_organisation, make_person
from tests.factories.programme import make_item
from tests.support.statements import statements_for


def test_a_person_is_recorded_with_every_name(staff, db_session) -> None:
    answer = staff().post(
        "/organise/people/new",
        data={
            "names-0-full": "Shu-Chuan Lee",
            "names-0-kind": "preferred",
            "names-0-language": "en",
            "names-1-full": "李四川",
            "names-1-kind": "native",
            "names-1-language": "zh-Hant",
            "languages": "zh-Hant en",
        },
    )
    assert answer.status_code == 303
    person = db_session.query(Person).one()
    assert [name.full for name in person.names] == ["Shu-Chuan Lee", "李四川"]
    page = staff().get(answer.headers["Location"]).text
    assert "李四川" in page


def test_a_refused_person_comes_back_filled_in(staff, db_session) -> None:
    answer = staff().post(
        "/organise/people/new",
        data={"names-0-full": "Ada Example", "names-0-kind": "preferred", "names-0-language": "not a tag!"},
    )
    assert answer.status_code == 422
    assert "Ada Example" in answer.text
    assert db_session.query(Person).count() == 0


def test_a_name_of_an_unknown_kind_is_refused(staff, db_session) -> None:
    for kind in ({}, {"names-0-kind": "nickname"}):
        answer = staff().post("/organise/people/new", data={"names-0-full": "Ada\x00", **kind})
        assert answer.status_code == 422
    assert db_session.query(Person).count() == 0


def test_a_person_without_a_name_is_refused_with_a_sentence(staff) -> None:
    answer = staff().post("/organise/people/new", data={"names-0-full": "", "names-0-kind": "preferred"})
    assert answer.status_code == 422
    assert "Please give one name at least." in answer.text


def test_an_emptied_row_removes_the_name(staff, db_session) -> None:
    person = make_person("Ada", "Ada Example")
    staff().post(
        f"/organise/people/{person.code}/edit",
        data={
            "names-0-full": "",
            "names-0-kind": "preferred",
            "names-1-full": "Ada Example",
            "names-1-kind": "preferred",
        },
    )
    assert [name.full for name in person.names] == ["Ada Example"]


def test_a_title_is_added_corrected_and_removed(staff, db_session) -> None:
    person, city = make_person(), make_organisation()
    client = staff()
    address = f"/organise/people/{person.code}/titles"
    client.post(f"{address}/new", data={"title-en": "Mayor", "organisation": city.code})
    held = db_session.query(Affiliation).one()
    assert (held.title, held.organisation.code) == ({"en": "Mayor"}, city.code)
    client.post(f"{address}/{held.code}", data={"title-en": "Deputy Mayor", "organisation": city.code})
    assert held.title == {"en": "Deputy Mayor"}
    client.post(f"{address}/{held.code}/delete")
    assert db_session.query(Affiliation).count() == 0


def test_a_title_of_another_person_is_not_found(staff, db_session) -> None:
    held = make_affiliation(make_person("Ada"))
    other = make_person("Ben")
    client = staff()
    assert client.get(f"/organise/people/{other.code}/titles/{held.code}").status_code == 404
    assert client.post(f"/organise/people/{other.code}/titles/{held.code}/delete").status_code == 404


def test_a_name_is_text_and_never_markup(staff, db_session) -> None:
    person = make_person("<script>alert(1)</script>")
    for address in ("/organise/people/", f"/organise/people/{person.code}"):
        assert "<script>alert" not in staff().get(address).text


def test_people_are_offered_to_forms_with_their_titles(staff, db_session) -> None:
    person = make_person("Ada Example")
    make_affiliation(person, "Mayor", make_organisation("Northport"))
    found = staff().get("/organise/people/find.json?q=ada").json
    assert found["people"] == [
        {"code": person.code, "name": "Ada Example", "language": "", "titles": ["Mayor, Northport"]}
    ]


def test_an_organisation_is_recorded_and_shown(staff, db_session) -> None:
    answer = staff().post(
        "/organise/organisations/new",
        data={"names-en": "City of Northport", "names-uk": "Місто Нортпорт", "kind": "city", "country": "UA"},
    )
    assert answer.status_code == 303
    assert db_session.query(Organisation).one().names["uk"] == "Місто Нортпорт"
    assert "City of Northport" in staff().get(answer.headers["Location"]).text


def test_a_refused_organisation_comes_back_filled_in(staff) -> None:
    answer = staff().post(
        "/organise/organisations/new", data={"names-en": "Northport", "kind": "city", "country": "12"}
    )
    assert answer.status_code == 422
    assert 'value="Northport"' in answer.text


@pytest.mark.parametrize("role", [Role.DOOR, Role.VIEWER])
def test_the_directory_is_closed_to_roles_without_it(staff, role) -> None:
    event = make_event()
    client = staff(role=role, event=event)
    for address in ("/organise/people/", "/organise/people/find.json?q=a", "/organise/organisations/"):
        assert client.get(address).status_code == 403


def test_a_liaison_reads_the_directory_and_does_not_change_it(staff, db_session) -> None:
    person = make_person()
    client = staff(role=Role.LIAISON, event=make_event())
    page = client.get(f"/organise/people/{person.code}")
    assert page.status_code == 200
    assert "/edit" not in page.text
    assert client.get(f"/organise/people/{person.code}/edit").status_code == 403


def test_visitors_are_sent_to_sign_in(client, db_session) -> None:
    assert client.get("/organise/people/").status_code in (302, 303)
    assert client.get("/organise/people/find.json?q=a").status_code in (302, 303)


def test_a_persons_page_leaves_out_events_that_the_reader_may_not_see(staff, db_session) -> None:
    person = make_person("Ada Example")
    mine, other = make_event("My summit"), make_event("Their summit")
    make_item(mine, "My opening", person)
    make_item(other, "Their secret dinner", person)
    page = staff(role=Role.LIAISON, event=mine).get(f"/organise/people/{person.code}").text
    assert "My opening" in page
    assert "Their" not in page


def test_the_list_of_people_costs_the_same_with_more_rows(staff, db_session, app) -> None:
    client = staff()
    make_affiliation(make_person("Ada"), organisation=make_organisation())
    one = statements_for(app, client, "/organise/people/")
    for name in ("Ben", "Cleo"):
        make_affiliation(make_person(name), organisation=make_organisation(name))
    assert statements_for(app, client, "/organise/people/") == one


def test_the_list_of_organisations_costs_the_same_with_more_rows(staff, db_session, app) -> None:
    client = staff()
    city = make_organisation("City")
    one = statements_for(app, client, "/organise/organisations/")
    for name in ("Office", "Bureau"):
        make_organisation(name, parent=city)
    assert statements_for(app, client, "/organise/organisations/") == one


def test_an_official_name_can_be_given_in_any_other_language(staff, db_session) -> None:
    data = {"names-en": "City of Warsaw", "names:tag": "PL", "names:text": "Miasto Warszawa", "kind": "city"}
    assert staff().post("/organise/organisations/new", data=data).status_code == 303
    organisation = db_session.query(Organisation).one()
    assert organisation.names == {"en": "City of Warsaw", "pl": "Miasto Warszawa"}
    page = staff().get(f"/organise/organisations/{organisation.code}/edit").text
    assert 'name="names-pl" value="Miasto Warszawa"' in page


def test_a_text_in_a_language_that_is_none_comes_back(staff, db_session) -> None:
    data = {"names-en": "City of Warsaw", "names:tag": "Polish!", "names:text": "Miasto", "kind": "city"}
    answer = staff().post("/organise/organisations/new", data=data)
    assert answer.status_code == 422
    assert "This is not a language." in answer.text
    assert 'value="Polish!"' in answer.text
    assert 'value="Miasto"' in answer.text
    assert db_session.query(Organisation).count() == 0
