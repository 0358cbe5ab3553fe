"""What became of a mail is seen where its guest is seen, and a waiting one can be held back."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from eventsapp.access.identity import SYSTEM
from eventsapp.access.permissions import Role
from eventsapp.core.db import transaction
from eventsapp.events.models import Event
from eventsapp.mail import bounces
from eventsapp.mail.enums import MailState
from eventsapp.mail.models import Mail
from eventsapp.mail.sending import send_due
from eventsapp.rsvps import service
from eventsapp.rsvps.models import Guest
from tests.factories.events import make_event
from tests.factories.rsvps import make_guest, make_invited
from tests.support.clients import Client
from tests.support.clocks import Clock


@pytest.fixture
def lost(db_session: scoped_session[Any], clock: Clock) -> Guest:
    """A guest whose invitation came back, beside one who is reached."""
    with transaction():
        event = make_event("A summit", published=True)
        guest = make_invited(event, "Ada Lost", language="en")
        make_invited(event, "Ben Reached", language="en")
        guest_id = guest.id
    send_due()
    mail_id = db_session.scalars(select(Mail.id).where(Mail.guest_id == guest_id)).one()
    bounces.mark(mail_id, "5.2.2", was=MailState.SENT, now=clock.now)
    return db_session.get_one(Guest, guest_id)


def test_guest_list_shows_and_filters_whose_mail_came_back(staff: Callable[..., Client], lost: Guest) -> None:
    slug = lost.event.slug
    client = staff()
    assert "Mail came back" in client.get(f"/organise/events/{slug}/guests/").text
    page = client.get(f"/organise/events/{slug}/guests/?bounced=1").text
    assert "Ada Lost" in page
    assert "Ben Reached" not in page


def test_overview_names_the_concern_until_the_address_is_another(
    staff: Callable[..., Client], db_session: scoped_session[Any], clock: Clock, lost: Guest
) -> None:
    client, path = staff(), f"/organise/events/{lost.event.slug}"
    assert "Correct the address of one guest" in client.get(path, follow_redirects=True).text
    given = service.GuestInput(category=lost.category, email="new@example.org", language="en")
    with transaction():
        service.change_guest(lost, given, actor=SYSTEM, now=clock.now)
    assert "Correct the address" not in client.get(path, follow_redirects=True).text


def test_guests_page_tells_each_mails_fate_with_its_reason(
    staff: Callable[..., Client], lost: Guest, db_session: scoped_session[Any]
) -> None:
    slug, code = lost.event.slug, lost.code
    mail = db_session.scalars(select(Mail.code).where(Mail.guest_id == lost.id)).one()
    page = staff().get(f"/organise/events/{slug}/guests/{code}").text
    assert "Came back" in page
    assert "The mailbox is full. (5.2.2)" in page
    assert f"/organise/events/{slug}/mail/{mail}" in page


def test_message_that_came_back_is_read_as_it_was_sent(
    staff: Callable[..., Client], lost: Guest, db_session: scoped_session[Any]
) -> None:
    slug = lost.event.slug
    mail = db_session.scalars(select(Mail.code).where(Mail.guest_id == lost.id)).one()
    page = staff().get(f"/organise/events/{slug}/mail/{mail}").text
    assert "The mailbox is full. (5.2.2)" in page
    assert "Invitation: A summit" in page


def test_fate_is_not_told_to_who_may_not_see_details(staff: Callable[..., Client], lost: Guest) -> None:
    slug, code = lost.event.slug, lost.code
    client = staff(role=Role.VIEWER, event=lost.event)
    assert "5.2.2" not in client.get(f"/organise/events/{slug}/guests/{code}").text


def test_mail_of_all_events_is_filtered_by_event_and_state(
    staff: Callable[..., Client], db_session: scoped_session[Any], clock: Clock, lost: Guest
) -> None:
    with transaction():
        make_invited(make_event("Other", published=True), "Cem Elsewhere", language="en")
    client, slug = staff(), lost.event.slug
    everything = client.get("/organise/mail").text
    assert "Cem Elsewhere" in everything
    page = client.get(f"/organise/mail?event={slug}").text
    assert "Ada Lost" in page
    assert "Ben Reached" in page
    assert "Cem Elsewhere" not in page
    page = client.get(f"/organise/mail?event={slug}&state=bounced").text
    assert "Ada Lost" in page
    assert "Ben Reached" not in page


def test_waiting_message_is_held_back_and_sent_after_all(
    staff: Callable[..., Client], db_session: scoped_session[Any], clock: Clock, event: Event
) -> None:
    code = db_session.scalars(select(Mail.code)).one()
    client, path = staff(), f"/organise/events/{event.slug}/mail/{code}"
    assert "Hold back" in client.get(path).text
    assert client.post(f"{path}/hold").status_code == 303
    assert send_due() == 0
    assert "Send after all" in client.get(path).text
    assert client.post(f"{path}/again").status_code == 303
    assert send_due() == 1
    page = client.post(f"{path}/hold", follow_redirects=True).text
    assert "The message has left, or is leaving at this moment." in page


def test_holding_back_wants_the_right_to_send(
    staff: Callable[..., Client], db_session: scoped_session[Any], clock: Clock, event: Event
) -> None:
    code = db_session.scalars(select(Mail.code)).one()
    client = staff(role=Role.VIEWER, event=event)
    assert client.post(f"/organise/events/{event.slug}/mail/{code}/hold").status_code == 403
    other = make_event("Other", published=True)
    db_session.commit()
    assert staff().post(f"/organise/events/{other.slug}/mail/{code}/hold").status_code == 404


@pytest.fixture
def event(db_session: scoped_session[Any], clock: Clock) -> Event:
    """An event with one invitation that waits."""
    with transaction():
        event = make_event("A summit", published=True)
        service.invite(make_guest(event, "Ada"), actor=SYSTEM, now=clock.now)
    return event
