"""What became of the answers: from the doors, at closing, and by hand."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from eventsapp.access.identity import SYSTEM
from eventsapp.core.db import db
from eventsapp.core.errors import Conflict, Invalid
from eventsapp.door.models import Admission
from eventsapp.events import service as events
from eventsapp.events.models import Event
from eventsapp.rsvps.enums import Answer, Attendance, GuestState
from eventsapp.rsvps.models import Guest, ReplyRecord
from eventsapp.rsvps.service import attending
from tests.factories.door import make_badge, make_gate
from tests.factories.events import make_event
from tests.factories.people import NOW
from tests.factories.rsvps import answer, make_accepted, make_invited
from tests.support.clients import Client
from tests.support.clocks import Clock

pytestmark = pytest.mark.usefixtures("db_session")

Staff = Callable[..., Client]


def marks(event: Event) -> dict[str, Attendance | None]:
    """The attendance of an event's guests, by name."""
    guests = db.session.scalars(select(Guest).where(Guest.event_id == event.id))
    return {guest.person.display_name: guest.attendance for guest in guests}


def after(event: Event) -> datetime:
    return event.starts_at + timedelta(hours=1)


def came(event: Event, *guests: Guest) -> None:
    """Let the doors say so, in place of scans."""
    ids = [guest.id for guest in guests]
    attending._witnesses[:] = [lambda _: select(Guest.id).where(Guest.id.in_(ids))]


@pytest.fixture(autouse=True)
def _witnesses(db_session: object) -> Iterator[None]:
    """The application's own doors are asked again after each test."""
    kept = list(attending._witnesses)
    yield
    attending._witnesses[:] = kept


def test_who_came_is_taken_over_once_and_recorded() -> None:
    event = make_event(published=True)
    ada, _ben = make_accepted(event, "Ada"), make_accepted(event, "Ben")
    came(event, ada)
    assert attending.take_over(event, actor=SYSTEM, now=after(event)) == 1
    assert attending.take_over(event, actor=SYSTEM, now=after(event)) == 0
    assert marks(event) == {"Ada": Attendance.ATTENDED, "Ben": None}
    said = db.session.scalars(select(ReplyRecord.answer).where(ReplyRecord.guest_id == ada.id))
    assert list(said).count("attended") == 1


def test_closing_marks_who_was_to_come_and_did_not() -> None:
    event = make_event(published=True)
    ada, ben, cleo = (make_accepted(event, name) for name in ("Ada", "Ben", "Cleo"))
    declined = make_invited(event, "Dora")
    answer(declined, Answer.DECLINED)
    make_invited(event, "Emil")
    came(event, ada)
    attending.mark(cleo, Attendance.EXCUSED, reason="telephoned", actor=SYSTEM, now=after(event))
    events.close_event(event, actor=SYSTEM, now=after(event))
    assert marks(event) == {
        "Ada": Attendance.ATTENDED,
        "Ben": Attendance.NO_SHOW,
        "Cleo": Attendance.EXCUSED,
        "Dora": None,
        "Emil": None,
    }
    assert attending.counts(event) == dict.fromkeys(Attendance, 1)
    came(event, ben)  # a door that was offline sends its scans late
    attending.take_over(event, actor=SYSTEM, now=after(event))
    assert marks(event)["Ben"] is Attendance.ATTENDED


def test_an_excuse_needs_its_reason_and_the_event_to_have_begun() -> None:
    event = make_event(published=True)
    guest = make_accepted(event)
    with pytest.raises(Conflict):
        attending.mark(guest, Attendance.ATTENDED, actor=SYSTEM, now=event.starts_at - timedelta(hours=1))
    with pytest.raises(Invalid):
        attending.mark(guest, Attendance.EXCUSED, reason=" ", actor=SYSTEM, now=after(event))
    attending.mark(guest, Attendance.EXCUSED, reason="ill", actor=SYSTEM, now=after(event))
    assert guest.attendance is Attendance.EXCUSED
    assert guest.state is GuestState.ACCEPTED, "the answer stays what it was"


def test_another_events_doors_say_nothing_here() -> None:
    event, other = make_event(published=True), make_event("Other", published=True)
    stranger = make_accepted(other, "Stranger")
    came(event, stranger)
    attending.take_over(event, actor=SYSTEM, now=after(event))
    assert marks(other) == {"Stranger": None}


def test_the_doors_of_the_house_are_asked() -> None:
    event = make_event(published=True)
    ada, _absent = make_accepted(event, "Ada"), make_accepted(event, "Ben")
    gate = make_gate(event)
    badge = make_badge(ada)
    for number, left_at in enumerate((NOW, None), 1):  # in, out, and in again
        db.session.add(
            Admission(
                event_id=event.id,
                badge_id=badge.id,
                area="Main",
                cycle=number,
                checkpoint_id=gate.checkpoints[0].id,
                device_id=gate.identity.device_id,
                scan_id=f"scan-{number}",
                admitted_at=NOW,
                left_at=left_at,
            )
        )
    assert attending.take_over(event, actor=SYSTEM, now=after(event)) == 1
    assert marks(event) == {"Ada": Attendance.ATTENDED, "Ben": None}


def test_staff_enter_and_see_the_attendance(staff: Staff, clock: Clock) -> None:
    event = make_event(published=True)
    guest = make_accepted(event, "Ada Example")
    db.session.commit()
    clock.now = event.starts_at + timedelta(hours=1)
    browser, root = staff(), f"/organise/events/{event.slug}"
    assert "Enter the attendance" in browser.get(f"{root}/guests/{guest.code}").text
    address = f"{root}/replies/guests/{guest.code}/attendance"
    refused = browser.post(address, data={"attendance": "excused"})
    assert refused.status_code == 422
    assert "Please give the reason of the excuse." in refused.text
    assert browser.post(address, data={"attendance": "excused", "reason": "ill"}).status_code == 303
    page = browser.get(f"{root}/guests/{guest.code}").text
    assert "Excused" in page
    assert "ill" in page
    assert "Excused" in browser.get(f"{root}/guests/").text
    assert browser.post(f"{root}/replies/attendance").status_code == 303
    assert "Attendance" in browser.get(f"{root}/replies/").text
