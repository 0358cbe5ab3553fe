"""The pages about badges: who may, what comes out, and what is told of other events (nothing)."""

import re
from collections.abc import Callable
from html import unescape

import pypdfium2
import pytest
import zxingcpp
from flask import Flask
from sqlalchemy import func, select

from eventsapp.access.identity import SYSTEM
from eventsapp.access.permissions import Role
from eventsapp.badges import service
from eventsapp.badges.code import read
from eventsapp.badges.enums import BadgeState
from eventsapp.badges.keys import BadgeKeys
from eventsapp.badges.models import Badge, BadgePrint
from eventsapp.core.db import db
from eventsapp.core.tokens import Purpose
from eventsapp.events.models import Event
from eventsapp.rsvps.enums import Answer
from eventsapp.rsvps.links import path
from eventsapp.rsvps.models import Guest
from tests.factories.events import make_event
from tests.factories.people import NOW
from tests.factories.rsvps import answer, make_accepted, make_invited
from tests.support.clients import Client
from tests.support.databases import Database
from tests.support.html import strict
from tests.support.statements import statements_for

pytestmark = pytest.mark.usefixtures("db_session", "clock")

Staff = Callable[..., Client]


@pytest.fixture
def guest() -> Guest:
    """Somebody who comes to a published summit."""
    return make_accepted(make_event(published=True), "Ada Example")


def desk(event: Event, rest: str = "") -> str:
    """The address of an event's badge pages."""
    return f"/organise/events/{event.slug}/badges{rest}"


def badge_of(guest: Guest) -> Badge:
    """The guest's badge as it is stored now."""
    db.session.expire_all()
    badge = service.of_guest(guest)
    assert badge is not None
    return badge


def codes(made: bytes) -> list[str]:
    """The codes on the pages of a PDF."""
    pictures = (page.render(scale=150 / 72).to_pil() for page in pypdfium2.PdfDocument(made))
    only_qr = zxingcpp.BarcodeFormat.QRCode
    return [found.text for picture in pictures for found in zxingcpp.read_barcodes(picture, formats=only_qr)]


def all_addresses(guest: Guest) -> list[tuple[str, str]]:
    """Every request there is about an event's badges."""
    one = f"/{guest.code}"
    posts = ("/issue", "/print", f"{one}/print", f"{one}/revoke", f"{one}/reissue")
    return [("GET", desk(guest.event)), *(("POST", desk(guest.event, rest)) for rest in posts)]


@pytest.mark.parametrize("role", [Role.DOOR, Role.VIEWER, Role.LIAISON])
def test_roles_without_badges_in_their_hands_are_refused(staff: Staff, guest: Guest, role: Role) -> None:
    browser = staff(role=role, event=guest.event)
    for method, address in all_addresses(guest):
        assert browser.open(address, method=method).status_code == 403, address
    assert db.session.scalar(select(func.count()).select_from(BadgePrint)) == 0
    assert badge_of(guest).revision == 1


def test_registrars_of_another_event_find_nothing(staff: Staff, guest: Guest) -> None:
    other = make_accepted(make_event("Other summit", published=True), "Bo Example")
    browser = staff(role=Role.REGISTRAR, event=other.event)
    for method, address in all_addresses(guest):
        assert browser.open(address, method=method).status_code in (403, 404), address
    for rest in ("print", "revoke", "reissue"):
        assert browser.post(desk(other.event, f"/{guest.code}/{rest}")).status_code == 404
    assert badge_of(guest).state is BadgeState.ACTIVE


def test_strangers_are_sent_to_sign_in(client: Client, guest: Guest) -> None:
    for method, address in all_addresses(guest):
        assert client.open(address, method=method).status_code in (302, 303, 401), address


def test_list_shows_how_badges_stand(staff: Staff, guest: Guest) -> None:
    event = guest.event
    gone = make_accepted(event, "Bo Example")
    answer(gone, Answer.DECLINED)
    browser = staff(role=Role.REGISTRAR, event=event)
    page = browser.get(desk(event)).text
    strict(page)
    short = badge_of(guest).short_code
    assert f"{short[:4]} {short[4:]}" in page
    assert "Ada Example" in page
    suspended = browser.get(desk(event), query_string={"state": "suspended"}).text
    assert "Bo Example" in suspended
    assert "Ada Example" not in suspended
    assert browser.get(desk(event), query_string={"state": "nonsense", "after": "x~y"}).status_code == 200


def test_names_are_text_on_the_page(staff: Staff) -> None:
    event = make_event(published=True)
    make_accepted(event, '<script>alert("Ada")</script>')
    page = staff().get(desk(event)).text
    strict(page)
    assert "<script>alert" not in page


def test_list_asks_as_often_for_one_badge_as_for_many(app: Flask, staff: Staff, guest: Guest) -> None:
    event, browser = guest.event, staff()
    address = desk(event)
    browser.get(address)
    one = statements_for(app, browser, address)
    event = db.session.get_one(Event, event.id)
    for number in range(3):
        make_accepted(event, f"Guest {number}")
    db.session.commit()
    assert statements_for(app, browser, address) == one


def test_pages_of_the_list_hold_every_badge_once(
    staff: Staff, guest: Guest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("eventsapp.badges.views.desk.PAGE", 2)
    event = guest.event
    for name in ("Ada Example", "Ada Example", "Zoe", "Łucja"):
        make_accepted(event, name)
    shorts = {f"{badge.short_code[:4]} {badge.short_code[4:]}" for badge in db.session.scalars(select(Badge))}
    browser, address = staff(), desk(event)
    seen: list[str] = []
    for _ in range(3):
        page = browser.get(address).text
        seen += [short for short in shorts if short in page]
        further = re.search(r'href="([^"]*[?&;]after=[^"]+)"', page)
        address = unescape(further[1]) if further else ""
    assert address == ""
    assert sorted(seen) == sorted(shorts)


def test_print_gives_a_pdf_and_remembers(staff: Staff, guest: Guest, database: Database) -> None:
    event = guest.event
    browser = staff(role=Role.REGISTRAR, event=event)
    answered = browser.post(desk(event, "/print"), data={"sheet": "a4-8", "only_new": "y"})
    assert (answered.status_code, answered.mimetype) == (200, "application/pdf")
    assert answered.headers["Content-Disposition"].startswith("attachment")
    (code,) = codes(answered.data)
    said = read(code, BadgeKeys(database.settings.instance).public_keys())
    assert (said.badge, said.revision) == (badge_of(guest).number, 1)
    noted = db.session.scalars(select(BadgePrint)).one()
    assert (noted.badge_id, noted.revision, noted.sheet) == (badge_of(guest).id, 1, "a4-8")
    again = browser.post(desk(event, "/print"), data={"sheet": "a4-8", "only_new": "y"})
    assert again.status_code == 422
    assert "printed already" in again.text
    assert browser.post(desk(event, "/print"), data={"sheet": "a4-8"}).mimetype == "application/pdf"


@pytest.mark.parametrize("sheet", ["", "a3", "a4-8; rm"])
def test_unknown_sheet_is_refused_at_its_field(staff: Staff, guest: Guest, sheet: str) -> None:
    answered = staff().post(desk(guest.event, "/print"), data={"sheet": sheet})
    assert answered.status_code == 422
    strict(answered.text)
    assert db.session.scalar(select(func.count()).select_from(BadgePrint)) == 0


def test_one_badge_is_printed_again_as_often_as_asked(staff: Staff, guest: Guest) -> None:
    event, browser = guest.event, staff()
    address = desk(event, f"/{guest.code}/print")
    for _ in range(2):
        assert len(codes(browser.post(address).data)) == 1
    assert "2 times" in browser.get(desk(event)).text
    answer(guest, Answer.DECLINED)
    assert browser.post(address).status_code == 409


def test_revoke_and_reissue_lead_back_to_the_guest(staff: Staff, guest: Guest) -> None:
    event, browser = guest.event, staff()
    home = f"/organise/events/{event.slug}/guests/{guest.code}"
    revoked = browser.post(desk(event, f"/{guest.code}/revoke"), data={"revoke-reason": "Lost on the tram"})
    assert (revoked.status_code, revoked.location) == (303, home)
    assert badge_of(guest).revoke_reason == "Lost on the tram"
    twice = browser.post(desk(event, f"/{guest.code}/revoke"), follow_redirects=True)
    assert "revoked already" in twice.text
    browser.post(desk(event, f"/{guest.code}/reissue"), data={"reissue-reason": "Found"})
    assert (badge_of(guest).state, badge_of(guest).revision) == (BadgeState.ACTIVE, 2)
    page = browser.get(home).text
    strict(page)
    assert badge_of(guest).short_code[:4] in page


def test_reason_that_is_too_long_changes_nothing(staff: Staff, guest: Guest) -> None:
    address = desk(guest.event, f"/{guest.code}/revoke")
    answered = staff().post(address, data={"revoke-reason": "x" * 301})
    assert answered.status_code == 422
    assert "300" in answered.text
    assert "x" * 301 in answered.text
    strict(answered.text)
    assert badge_of(guest).state is BadgeState.ACTIVE


def test_missing_badges_are_issued_by_one_click(staff: Staff, guest: Guest) -> None:
    event, browser = guest.event, staff()
    db.session.delete(badge_of(guest))
    db.session.flush()
    assert "Issue 1 missing badge" in browser.get(desk(event)).text
    assert browser.post(desk(event, "/issue")).status_code == 303
    assert badge_of(guest).state is BadgeState.ACTIVE


def own(database: Database, guest: Guest, rest: str = "") -> str:
    """An address under the guest's own page."""
    return path(database.settings, guest, Purpose.OWN_PAGE) + rest


def test_own_badge_comes_as_svg_and_pdf(client: Client, guest: Guest, database: Database) -> None:
    drawn = client.get(own(database, guest, "/badge.svg"))
    assert (drawn.status_code, drawn.mimetype) == (200, "image/svg+xml")
    assert drawn.headers["Cache-Control"] == "no-store"
    assert "Ada" not in drawn.text
    made = client.get(own(database, guest, "/badge.pdf"))
    assert (made.status_code, made.mimetype) == (200, "application/pdf")
    (code,) = codes(made.data)
    keys = BadgeKeys(database.settings.instance).public_keys()
    assert read(code, keys).badge == badge_of(guest).number
    assert db.session.scalar(select(func.count()).select_from(BadgePrint)) == 0
    page = client.get(own(database, guest)).text
    assert "badge.svg" in page


def test_own_badge_opens_by_its_own_link_alone(client: Client, guest: Guest, database: Database) -> None:
    token = own(database, guest).rpartition("/")[2]
    invitation = path(database.settings, guest, Purpose.INVITATION).rpartition("/")[2]
    wrong = [invitation, guest.code, token[:-1], token[:-1] + ("A" if token[-1] != "A" else "B"), "x"]
    for given in wrong:
        for file in ("badge.svg", "badge.pdf"):
            assert client.get(f"/my/{given}/{file}").status_code == 404


@pytest.mark.parametrize("how", ["declined", "revoked", "never accepted"])
def test_badge_that_opens_no_door_is_not_shown(
    client: Client, guest: Guest, database: Database, how: str
) -> None:
    if how == "declined":
        answer(guest, Answer.DECLINED)
    elif how == "revoked":
        service.revoke(badge_of(guest), actor=SYSTEM, now=NOW)
    else:
        guest = make_invited(guest.event, "Bo Example")
    for file in ("/badge.svg", "/badge.pdf"):
        assert client.get(own(database, guest, file)).status_code == 404
    page = client.get(own(database, guest)).text
    assert "badge.svg" not in page
    assert ("This badge was revoked" in page) is (how == "revoked")


def test_badge_follows_a_reissue_at_once(client: Client, guest: Guest, database: Database) -> None:
    before = client.get(own(database, guest, "/badge.svg")).text
    service.reissue(badge_of(guest), actor=SYSTEM, now=NOW)
    assert client.get(own(database, guest, "/badge.svg")).text != before


@pytest.mark.parametrize("after", ["a~" + "9" * 20, "9" * 20, "a~²", "~"])
def test_a_cursor_that_nobody_was_given_is_no_fault(staff: Callable[..., Client], after: str) -> None:
    event = make_event(published=True)
    assert staff().get(desk(event), query_string={"after": after}).status_code == 200
