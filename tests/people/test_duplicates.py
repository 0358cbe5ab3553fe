"""Who is probably one person: spellings, romanisations, mail addresses; and that two are two."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from eventsapp.access.identity import SYSTEM
from eventsapp.access.permissions import Role
from eventsapp.core.db import db
from eventsapp.core.errors import Invalid
from eventsapp.people import duplicates
from eventsapp.people.duplicates import Reason
from eventsapp.people.enums import NameKind
from eventsapp.people.models import Person
from eventsapp.people.service import NameInput
from eventsapp.people.spellings import keys
from tests.factories.events import make_category, make_event
from tests.factories.people import make_affiliation, make_organisation, make_person
from tests.factories.rsvps import make_guest
from tests.support.clients import Client
from tests.support.statements import statements_for


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Shu-Chuan Lee", "Shuchuan Lee"),
        ("Shu-Chuan Lee", "Li Si-chuan"),
        ("Lee Shu-Chuan", "Sichuan Li"),
        ("Ganna Bilokin", "Hanna Bilokin"),
        ("Ганна Білокінь", "Ganna Bilokin"),
        ("Юлія Прикладенко", "Julia Prikladenko"),
        ("Yuliia Prykladenko", "Yuliya Prykladenko"),
        ("Валентин Мондриївський", "Valentyn Mondryivskyi"),
        ("Grygorii Malenko", "Hryhorii Malenko"),
        ("Євген Щербак", "Evgen Scherbak"),
        ("Chiang Wan-an", "Jiang Wan'an"),
        ("Hsieh Chang-ting", "Xie Changting"),
        ("Wang Hsiao-ming", "Wang Xiaoming"),
        ("Siao-ming Wang", "Wang Xiaoming"),
        ("Jhen Jhang", "Zhen Zhang"),
        ("Ko Wen-je", "Ke Wenzhe"),
        ("Łucja Przykładowa", "LUCJA PRZYKLADOWA"),
        ("Exampleton Ada", "Ada Exampleton"),
        ("李四川", "李四川"),
    ],
)
def test_spellings_of_one_name_share_a_key(one: str, other: str) -> None:
    assert keys(one) & keys(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada Example", "Bo Example"),
        ("Lee Shu-Chuan", "Lee Shu-Fen"),
        ("Олена Прикладенко", "Ольга Прикладенко"),
        ("Wang Xiaoming", "Huang Xiaoming"),
        ("陳示範", "陳樣本"),
        ("-", "."),
        ("", ""),
    ],
)
def test_other_names_share_none(one: str, other: str) -> None:
    assert not keys(one) & keys(other)


@pytest.fixture
def session(db_session: Any) -> Any:
    return db_session


def found() -> list[tuple[set[str], tuple[Reason, ...]]]:
    return [({pair.first.code, pair.second.code}, pair.reasons) for pair in duplicates.pairs()]


def test_pairs_are_found_over_scripts(session: Any) -> None:
    ganna = make_person("Ganna Bilokin", NameInput("Ганна Білокінь", NameKind.NATIVE, "uk"))
    hanna = make_person("Hanna Bilokin")
    lee, sichuan = make_person("Shu-Chuan Lee"), make_person("Si-chuan Li")
    again = make_person("ганна  білокінь")
    make_person("Somebody Else")
    pairs = found()
    assert pairs[0] == ({ganna.code, again.code}, (Reason.SPELLING, Reason.ROMANISATION))
    assert ({ganna.code, hanna.code}, (Reason.ROMANISATION,)) in pairs
    assert ({lee.code, sichuan.code}, (Reason.ROMANISATION,)) in pairs
    assert len(pairs) == 4


def test_a_mail_address_of_two_is_a_clue_and_an_office_none(session: Any) -> None:
    first, second = make_event("First"), make_event("Second")
    for event in (first, second):
        make_category(event)
    ada, bo = make_person("Ada Example"), make_person("A. Sample")
    make_guest(first, ada, email="ada@x.example")
    make_guest(second, bo, email="ADA@x.example")
    for number in range(4):
        make_guest(first, f"Delegate {number} Number", email="office@x.example")
    assert found() == [({ada.code, bo.code}, (Reason.MAIL,))]


def test_two_people_are_not_offered_again(session: Any, now: datetime) -> None:
    one, other = make_person("Grygorii Malenko"), make_person("Grygorii Malenko")
    assert len(found()) == 1
    duplicates.are_two(other, one, actor=SYSTEM, now=now)
    duplicates.are_two(one, other, actor=SYSTEM, now=now)
    assert found() == []
    with pytest.raises(Invalid):
        duplicates.are_two(one, one, actor=SYSTEM, now=now)


def test_many_of_one_name_are_not_compared_each_with_each(session: Any) -> None:
    for _ in range(30):
        make_person("Ada Example")
    assert len(duplicates.pairs(1_000)) == 29


def test_the_page_shows_pairs_and_takes_the_answer(session: Any, staff: Callable[..., Client]) -> None:
    one, other = make_person("Ganna Bilokin"), make_person("Hanna Bilokin")
    client = staff(administrator=True)
    codes = one.code, other.code
    page = client.get("/organise/people/duplicates").text
    assert "Ganna Bilokin" in page
    assert "The same name, romanised otherwise" in page
    assert client.post(f"/organise/people/duplicates/{codes[0]}/{codes[1]}/two").status_code == 303
    assert "Ganna Bilokin" not in client.get("/organise/people/duplicates").text


def test_the_pages_side_by_side_merge(session: Any, staff: Callable[..., Client]) -> None:
    one, other = make_person("Ganna Bilokin"), make_person("Hanna Bilokin")
    codes = one.code, other.code
    client = staff(administrator=True)
    path = f"/organise/people/duplicates/{codes[0]}/{codes[1]}"
    assert "Ganna Bilokin" in client.get(path).text
    assert client.post(path, data={"kept": codes[1]}).status_code == 422  # no name at all
    sent = {"kept": codes[1], "names": [f"{codes[0]}-0", f"{codes[1]}-0"]}
    assert client.post(path, data=sent).location.endswith(codes[1])
    assert client.get(f"/organise/people/{codes[0]}").status_code == 404
    (left,) = db.session.scalars(db.select(Person))
    assert [name.full for name in left.names] == ["Hanna Bilokin", "Ganna Bilokin"]


def test_who_may_not_edit_the_directory_sees_no_pairs(session: Any, staff: Callable[..., Client]) -> None:
    one, other = make_person("Ada"), make_person("Ada")
    path = f"/organise/people/duplicates/{one.code}/{other.code}"
    client = staff(role=Role.LIAISON, event=make_event())
    assert client.get("/organise/people/duplicates").status_code == 403
    assert client.get(path).status_code == 403
    assert client.post(path).status_code == 403
    admin = staff(administrator=True)
    assert admin.get("/organise/people/duplicates/NOBODY/NEITHER").status_code == 404


def test_more_pairs_ask_no_more(app: Any, session: Any, staff: Callable[..., Client]) -> None:
    client = staff(administrator=True)

    def cost(number: int) -> int:
        for _ in range(2):
            make_affiliation(
                make_person(f"Somebody Sample {number}"), "Poet", make_organisation(f"City {number}")
            )
        return statements_for(app, client, "/organise/people/duplicates")

    first = cost(0)
    assert [cost(number) for number in (1, 2)] == [first, first]
