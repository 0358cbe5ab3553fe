"""Companions: guests with names, who stand where the guest stands who brings them."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from eventsapp.access.identity import SYSTEM
from eventsapp.badges.enums import BadgeState
from eventsapp.badges.models import Badge
from eventsapp.core.db import db
from eventsapp.core.errors import Conflict, Invalid
from eventsapp.core.tokens import Purpose
from eventsapp.rsvps import links, service
from eventsapp.rsvps.enums import Answer, Channel, GuestState, ItemReplyState
from eventsapp.rsvps.models import Guest, ReplyRecord
from eventsapp.rsvps.service import CompanionInput, companions
from tests.factories.events import make_public_event
from tests.factories.people import NOW
from tests.factories.programme import make_item
from tests.factories.rsvps import answer, bring, make_accepted, make_invited
from tests.support.clients import Client
from tests.support.databases import Database

Staff = Callable[..., Client]

pytestmark = pytest.mark.usefixtures("db_session", "clock")


def one(name: str, **more: str) -> CompanionInput:
    return CompanionInput(name=name, **more)


def badge_of(guest: Guest) -> BadgeState | None:
    return db.session.scalar(select(Badge.state).where(Badge.guest_id == guest.id))


def test_companion_is_a_guest_with_name_badge_and_seat_of_the_party() -> None:
    event = make_public_event(capacity=3)
    guest = make_invited(event, companions_allowed=2)
    answer(guest, Answer.ACCEPTED, companions=[one("Олена Прикладна", diet="вегетаріанське")])
    (companion,) = guest.companions
    assert (companion.person.display_name, companion.state) == ("Олена Прикладна", GuestState.ACCEPTED)
    assert companion.details is not None
    assert companion.details.diet == "вегетаріанське"
    assert badge_of(companion) is BadgeState.ACTIVE
    assert (guest.party_size, companion.has_seats, event.seats_taken) == (2, False, 2)
    assert guest.category.seats_taken == 2


def test_party_waits_and_moves_up_together() -> None:
    event = make_public_event(capacity=2)
    first = make_accepted(event, "First")
    guest = make_invited(event, companions_allowed=1)
    answer(guest, Answer.ACCEPTED, companions=[one("Spouse")])
    (companion,) = guest.companions
    assert guest.state is companion.state is GuestState.WAITLISTED
    assert badge_of(companion) is None
    answer(first, Answer.DECLINED)
    assert guest.state is companion.state is GuestState.ACCEPTED
    assert badge_of(companion) is BadgeState.ACTIVE
    answer(guest, Answer.DECLINED)
    assert companion.state is GuestState.DECLINED
    assert badge_of(companion) is BadgeState.SUSPENDED
    assert event.seats_taken == 0


def test_one_companion_more_than_seats_is_refused_and_nothing_is_lost() -> None:
    event = make_public_event(capacity=2)
    guest = make_invited(event, companions_allowed=2)
    answer(guest, Answer.ACCEPTED, companions=[one("Spouse", diet="No nuts")])
    db.session.commit()
    with pytest.raises(Conflict):
        bring(guest, 2)
    db.session.rollback()
    assert (guest.party_size, event.seats_taken, guest.category.seats_taken) == (2, 2, 2)
    assert [known.person.display_name for known in guest.companions] == ["Spouse"]


def test_more_than_allowed_are_refused() -> None:
    guest = make_accepted(make_public_event())
    with pytest.raises(Invalid):
        service.change_companions(guest, [one("Spouse")], channel=Channel.LINK, actor=SYSTEM, now=NOW)
    companions.allow(guest, 1, actor=SYSTEM, now=NOW)
    assert service.change_companions(guest, [one("Spouse")], channel=Channel.LINK, actor=SYSTEM, now=NOW)
    with pytest.raises(Conflict):
        companions.allow(guest, 0, actor=SYSTEM, now=NOW)


def test_the_same_names_once_more_change_nothing_and_another_name_is_somebody_else() -> None:
    guest = make_invited(make_public_event(), companions_allowed=1)
    first = answer(guest, Answer.ACCEPTED, companions=[one("Spouse")])
    again = answer(guest, Answer.ACCEPTED, companions=[one("Spouse")])
    assert (first.changed, again.changed) == (True, False)
    (spouse,) = guest.companions
    answer(guest, Answer.ACCEPTED, companions=[one("Sister", code=spouse.code)])
    (sister,) = guest.companions
    assert sister.person.display_name == "Sister"
    assert (spouse.state, spouse.companion_of, badge_of(spouse)) == (
        GuestState.WITHDRAWN,
        None,
        BadgeState.SUSPENDED,
    )


def test_items_are_held_for_the_whole_party() -> None:
    event = make_public_event()
    dinner = make_item(event, "Dinner", wants_answer=True, capacity=2)
    guest = make_invited(event, companions_allowed=2)
    answer(guest, Answer.ACCEPTED, items={dinner.code: Answer.ACCEPTED}, companions=[one("Spouse")])
    assert dinner.seats_taken == 2
    with pytest.raises(Conflict):
        bring(guest, 2)
    db.session.rollback()


def test_companion_does_not_answer_for_themselves() -> None:
    guest = make_accepted(make_public_event(), party_size=2)
    (companion,) = guest.companions
    with pytest.raises(Conflict):
        answer(companion, Answer.DECLINED)
    with pytest.raises(Conflict):
        service.withdraw(companion, actor=SYSTEM, now=NOW)


def test_removed_companion_frees_a_seat_for_who_waits() -> None:
    event = make_public_event(capacity=2)
    guest = make_accepted(event, party_size=2)
    waiting = make_accepted(event, "Waiting")
    assert service.change_companions(guest, (), channel=Channel.LINK, actor=SYSTEM, now=NOW)
    assert waiting.state is GuestState.ACCEPTED
    said = db.session.scalars(select(ReplyRecord.answer).where(ReplyRecord.guest_id == guest.id)).all()
    assert said[-1] == "party"
    assert waiting.item_replies == []
    assert ItemReplyState.ACCEPTED


def test_guest_names_a_companion_in_the_reply_and_prints_the_badge(
    client: Client, database: Database
) -> None:
    guest = make_invited(make_public_event(), companions_allowed=1)
    path = links.path(database.settings, guest, Purpose.INVITATION)
    assert "companion_0_name" in client.get(path).text
    given = {"answer": "accepted", "badge_name": "Ada", "companion_0_name": "王小明"}
    assert client.post(path, data=given).status_code == 303
    own = links.path(database.settings, guest, Purpose.OWN_PAGE)
    page = client.get(own).text
    assert "王小明" in page
    code = guest.companions[0].code
    assert client.get(f"{own}/companions/{code}/badge.pdf").mimetype == "application/pdf"
    assert client.get(f"{own}/companions/{guest.code}/badge.pdf").status_code == 404


def test_forwarded_link_does_not_show_who_comes_along(client: Client, database: Database) -> None:
    guest = make_accepted(make_public_event(), party_size=2)
    page = client.get(links.path(database.settings, guest, Purpose.INVITATION)).text
    assert "Companion 1" not in page


def test_own_page_changes_and_removes_companions_until_answers_close(
    client: Client, database: Database
) -> None:
    guest = make_accepted(make_public_event(), party_size=2)
    address = links.path(database.settings, guest, Purpose.OWN_PAGE) + "/companions/"
    page = client.get(address).text
    assert "Companion 1" in page
    sent = {"companion_0_name": "New name", "companion_0_diet": "Halal"}
    assert client.post(address, data=sent).status_code == 303
    assert [known.person.display_name for known in guest.companions] == ["New name"]
    assert client.post(address, data={"companion_0_name": ""}).status_code == 303
    assert (guest.companions, guest.party_size) == ([], 1)


def test_staff_name_companions_and_read_with_whom_somebody_comes(staff: Staff) -> None:
    event = make_public_event()
    guest = make_accepted(event, companions_allowed=1)
    browser = staff()
    address = f"/organise/events/{event.slug}/guests/{guest.code}/companions"
    assert browser.get(address).status_code == 200
    assert browser.post(address, data={"companion_0_name": "Spouse"}).status_code == 303
    page = browser.get(f"/organise/events/{event.slug}/guests/").text
    assert page.count("with ") >= 2
    (companion,) = guest.companions
    assert browser.get(f"/organise/events/{event.slug}/guests/{companion.code}").status_code == 200
    assert browser.get(address.replace(guest.code, companion.code)).status_code == 404
