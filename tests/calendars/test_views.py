"""Calendars as clients fetch them: what is public, what is private, what changes."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from eventsapp.access.identity import SYSTEM
from eventsapp.core.db import transaction
from eventsapp.core.tokens import Purpose
from eventsapp.events import service as events
from eventsapp.events.enums import EventKind
from eventsapp.programme import service as programme
from eventsapp.rsvps import links
from eventsapp.rsvps.enums import Answer
from eventsapp.rsvps.models import Guest
from tests.calendars.readers import Seen, read
from tests.factories.events import make_event, make_public_event
from tests.factories.people import NOW, make_person
from tests.factories.programme import make_item
from tests.factories.rsvps import answer, make_accepted


def _titles(seen: list[Seen]) -> set[str]:
    return {event.title for event in seen}


def _feed(app: Flask, guest: Guest, purpose: Purpose = Purpose.FEED) -> str:
    return links.path(app.extensions["settings"], guest, purpose)


def test_event_calendar_holds_the_frame_and_every_public_item(
    client: FlaskClient, db_session: Session
) -> None:
    event = make_public_event()
    make_item(event, "Opening", starts_local=datetime(2026, 6, 2, 9, 30), ends_local=datetime(2026, 6, 2, 11))
    make_item(event, "Behind closed doors", is_public=False)
    db_session.commit()
    seen = {entry.title: entry for entry in read(client.get(f"/events/{event.slug}.ics").data)}
    assert set(seen) == {"Harbour Cities Forum", "Opening"}
    assert seen["Opening"].start == datetime(2026, 6, 2, 1, 30, tzinfo=UTC)
    assert not isinstance(seen["Harbour Cities Forum"].start, datetime)


def test_event_calendar_is_not_modified_until_something_changes(
    client: FlaskClient, db_session: Session
) -> None:
    event = make_public_event()
    item = make_item(event, "Opening")
    db_session.commit()
    first = client.get(f"/events/{event.slug}.ics")
    headers = {"If-None-Match": first.headers["ETag"]}
    assert client.get(f"/events/{event.slug}.ics", headers=headers).status_code == 304
    assert client.get(f"/events/{event.slug}.ics").data == first.data
    _move(db_session, item)
    again = client.get(f"/events/{event.slug}.ics", headers=headers)
    assert again.status_code == 200
    assert b"SEQUENCE:1" in again.data


def _move(session: Session, item: Any) -> None:
    session.commit()
    with transaction():
        by = timedelta(hours=1)
        programme.move_item(
            item,
            starts_local=item.starts_local + by,
            ends_local=item.ends_local + by,
            actor=SYSTEM,
            now=NOW + timedelta(days=1),
        )


def test_cancelled_item_stays_in_the_calendar_and_says_so(client: FlaskClient, db_session: Session) -> None:
    event = make_public_event()
    item = make_item(event, "Opening")
    programme.cancel_item(item, actor=SYSTEM, now=NOW)
    db_session.commit()
    data = client.get(f"/events/{event.slug}.ics").data
    assert "Cancelled: Opening" in _titles(read(data))
    assert b"STATUS:CANCELLED" in data


def test_item_calendar_is_one_appointment_to_add(client: FlaskClient, db_session: Session) -> None:
    event = make_public_event()
    item = make_item(event, "Opening")
    db_session.commit()
    answered = client.get(f"/events/{event.slug}/items/{item.code}.ics")
    assert _titles(read(answered.data)) == {"Opening"}
    assert b"X-WR-CALNAME" not in answered.data
    assert answered.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("published", [True, False])
def test_calendars_of_what_is_not_open_are_not_found(
    client: FlaskClient, db_session: Session, published: bool
) -> None:
    event = make_event(published=published)  # by invitation, or a draft
    item = make_item(event, "Secret", is_public=published)
    public = make_public_event()
    hidden = make_item(public, "Hidden", is_public=False)
    db_session.commit()
    assert client.get(f"/events/{event.slug}.ics").status_code == 404
    assert client.get(f"/events/{event.slug}/items/{item.code}.ics").status_code == 404
    assert client.get(f"/events/{public.slug}/items/{hidden.code}.ics").status_code == 404
    assert client.get(f"/events/{public.slug}/items/{item.code}.ics").status_code == 404


def test_feed_holds_the_guests_own_programme_around_the_event(
    app: Flask, client: FlaskClient, db_session: Session
) -> None:
    visit = make_event("Visit", kind=EventKind.VISIT, published=True)
    signing = make_event("Signing", kind=EventKind.SIGNING, published=True, parent=visit)
    elsewhere = make_event("Elsewhere", published=True)
    person, other = make_person("Ada Example"), make_person("Bo Example")
    guest = make_accepted(visit, person)
    make_accepted(signing, person)
    make_accepted(elsewhere, person)
    make_item(visit, "Dinner", is_public=False)
    make_item(visit, "For Bo", other, audience="people")
    make_item(signing, "Ceremony")
    make_item(elsewhere, "Not around")
    db_session.commit()
    seen = _titles(read(client.get(_feed(app, guest)).data))
    assert seen == {"Visit", "Signing", "Dinner", "Ceremony"}


def test_feed_is_in_the_guests_language_without_being_asked(
    app: Flask, client: FlaskClient, db_session: Session
) -> None:
    event = make_event({"en": "Summit", "uk": "Саміт"}, published=True)
    guest = make_accepted(event, language="uk")
    db_session.commit()
    assert "Саміт" in _titles(read(client.get(_feed(app, guest)).data))


def test_feed_answers_not_modified_and_changes_with_an_answer(
    app: Flask, client: FlaskClient, db_session: Session
) -> None:
    event = make_event(published=True)
    item = make_item(event, "Dinner", wants_answer=True)
    guest = make_accepted(event)
    db_session.commit()
    address = _feed(app, guest)
    headers = {"If-None-Match": client.get(address).headers["ETag"]}
    assert client.get(address, headers=headers).status_code == 304
    answer(guest, Answer.ACCEPTED, items={item.code: Answer.DECLINED})
    db_session.commit()
    changed = client.get(address, headers=headers)
    assert changed.status_code == 200
    assert "Dinner" not in _titles(read(changed.data))


def test_feed_of_a_guest_who_no_longer_comes_is_empty_and_still_a_calendar(
    app: Flask, client: FlaskClient, db_session: Session
) -> None:
    event = make_event(published=True)
    guest = make_accepted(event)
    answer(guest, Answer.DECLINED)
    db_session.commit()
    data = client.get(_feed(app, guest)).data
    assert b"BEGIN:VTIMEZONE" in data
    assert b"BEGIN:VEVENT" not in data


def test_renewed_feed_leaves_the_old_address_dead(
    app: Flask, client: FlaskClient, db_session: Session
) -> None:
    event = make_event(published=True)
    guest = make_accepted(event)
    db_session.commit()
    old = _feed(app, guest)
    own = _feed(app, guest, Purpose.OWN_PAGE)
    assert client.post(f"{own}/calendar/renew").status_code == 303
    db_session.refresh(guest)
    assert client.get(old).status_code == 404
    assert client.get(_feed(app, guest)).status_code == 200


def test_token_of_another_kind_opens_no_feed(app: Flask, client: FlaskClient, db_session: Session) -> None:
    guest = make_accepted(make_event(published=True))
    db_session.commit()
    token = _feed(app, guest, Purpose.INVITATION).removeprefix("/i/")
    assert client.get(f"/calendar/{token}.ics").status_code == 404


def test_cancelled_event_cancels_its_entries(app: Flask, client: FlaskClient, db_session: Session) -> None:
    event = make_event(published=True)
    make_item(event, "Dinner")
    guest = make_accepted(event)
    events.cancel_event(event, reason={"en": "Storm"}, actor=SYSTEM, now=NOW)
    db_session.commit()
    data = client.get(_feed(app, guest)).data
    assert data.count(b"STATUS:CANCELLED") == data.count(b"BEGIN:VEVENT") == 2


def test_renewing_by_opening_the_address_is_not_possible(
    app: Flask, client: FlaskClient, db_session: Session
) -> None:
    guest = make_accepted(make_event(published=True))
    db_session.commit()
    own = _feed(app, guest, Purpose.OWN_PAGE)
    assert client.get(f"{own}/calendar/renew").status_code == 405
