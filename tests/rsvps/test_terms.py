"""The terms of the reply, approving the list, and asking to hold the date."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from eventsapp.access.identity import SYSTEM
from eventsapp.access.permissions import Role
from eventsapp.badges import service as badges
from eventsapp.core.db import db
from eventsapp.core.errors import Conflict, Invalid
from eventsapp.core.tokens import Purpose
from eventsapp.jobs.models import Job
from eventsapp.jobs.worker import run_due_jobs
from eventsapp.mail import signals
from eventsapp.mail.models import Mail
from eventsapp.mail.sending import send_due
from eventsapp.rsvps import jobs, links, service, terms
from eventsapp.rsvps.enums import GuestState, Recorded, ReplyMode
from eventsapp.rsvps.models import Guest, ReplyRecord, ReplyTerms
from eventsapp.rsvps.service import GuestInput, TermsInput
from tests.factories.events import make_event
from tests.factories.people import NOW
from tests.factories.rsvps import make_guest, make_invited
from tests.support.clients import Client
from tests.support.databases import Database

pytestmark = pytest.mark.usefixtures("db_session", "clock")

Staff = Callable[..., Client]
REPLY_BY = NOW.replace(tzinfo=None) + timedelta(days=20)


def recorded(guest: Guest) -> list[str]:
    """What a guest's record says, the earliest first."""
    query = select(ReplyRecord.answer).where(ReplyRecord.guest_id == guest.id).order_by(ReplyRecord.id)
    return list(db.session.scalars(query))


def now(ids: list[int]) -> list[Guest]:
    """Those guests as they are, after the worker ended the session."""
    return list(db.session.scalars(select(Guest).where(Guest.id.in_(ids)).order_by(Guest.id)))


def templates() -> list[str]:
    """The mails that are queued."""
    return list(db.session.scalars(select(Mail.template).order_by(Mail.id)))


def test_an_event_without_terms_has_the_usual_ones() -> None:
    event = make_event(published=True)
    assert terms.of(event.id).mode is ReplyMode.REPLY
    assert terms.of(event.id).remind_days == []
    assert db.session.scalar(select(ReplyTerms)) is None


def test_terms_are_kept_and_the_days_put_in_order() -> None:
    event = make_event(published=True, reply_by_local=REPLY_BY)
    service.set_terms(event, TermsInput(remind_days=[2, 14, 7, 2], offer_hours=48), actor=SYSTEM, now=NOW)
    assert terms.of(event.id).remind_days == [14, 7, 2]
    assert terms.of(event.id).offer_hours == 48


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (TermsInput(remind_days=[0]), "remind_days"),
        (TermsInput(remind_days=range(1, 9)), "remind_days"),
        (TermsInput(offer_hours=0), "offer_hours"),
        (TermsInput(offer_hours=10_000), "offer_hours"),
    ],
)
def test_impossible_terms_are_refused_at_their_field(given: TermsInput, field: str) -> None:
    event = make_event(published=True, reply_by_local=REPLY_BY)
    with pytest.raises(Invalid) as refused:
        service.set_terms(event, given, actor=SYSTEM, now=NOW)
    assert refused.value.field == field


def test_reminders_need_a_reply_by_date() -> None:
    event = make_event(published=True)
    with pytest.raises(Invalid):
        service.set_terms(event, TermsInput(remind_days=[7]), actor=SYSTEM, now=NOW)


def test_organiser_sets_the_terms_on_a_page(staff: Staff) -> None:
    event = make_event(published=True, reply_by_local=REPLY_BY)
    browser, address = staff(), f"/organise/events/{event.slug}/replies/terms"
    refused = browser.post(address, data={"mode": "reply", "remind_days": "soon"})
    assert refused.status_code == 422
    assert "for example 14, 7, 2" in refused.text
    assert 'value="soon"' in refused.text
    given = {"mode": "regrets-only", "remind_days": "14、7, 2", "wants_approval": "y"}
    assert browser.post(address, data=given).status_code == 303
    assert terms.of(event.id).mode is ReplyMode.REGRETS_ONLY
    assert terms.of(event.id).wants_approval
    assert 'value="14, 7, 2"' in browser.get(address).text
    assert staff(role=Role.REGISTRAR, event=event).get(address).status_code == 403


def test_a_draft_needs_approval_where_the_terms_say_so() -> None:
    event = make_event(published=True)
    service.set_terms(event, TermsInput(approves_list=True), actor=SYSTEM, now=NOW)
    guest = make_guest(event)
    with pytest.raises(Conflict):
        service.invite(guest, actor=SYSTEM, now=NOW)
    assert service.invite_many(event, [guest], actor=SYSTEM, now=NOW) == 0
    assert service.approve(guest, actor=SYSTEM, now=NOW)
    assert not service.approve(guest, actor=SYSTEM, now=NOW)
    assert service.invite(guest, actor=SYSTEM, now=NOW)
    assert recorded(guest) == [Recorded.APPROVED.value]


def test_all_are_approved_asked_to_hold_the_date_and_invited_by_buttons(staff: Staff) -> None:
    event = make_event(published=True)
    guests = [make_guest(event, f"Guest {number}") for number in range(3)]
    guests.append(make_guest(event, "No Address", email=""))
    ids = [guest.id for guest in guests]
    browser, desk = staff(), f"/organise/events/{event.slug}/replies/"
    invite = f"/organise/events/{event.slug}/guests/invite-all"
    page = browser.get(desk).text
    assert "4 names on the list are not approved." in page
    assert "3 guests could be asked to hold the date." in page
    for button in ("approve-all", "hold-dates", "hold-dates"):
        assert browser.post(desk + button).status_code == 303
        run_due_jobs()
    assert {guest.state for guest in now(ids)} == {GuestState.APPROVED}
    assert templates() == ["hold-the-date"] * 3
    assert recorded(now(ids)[0]) == ["approved", "date-held"]
    assert "0 guests could be asked" in browser.get(desk).text
    browser.post(invite)
    run_due_jobs()
    assert {guest.state for guest in now(ids)} == {GuestState.INVITED}
    assert recorded(now(ids)[3]) == ["approved", "sent"], "a letter leaves when the host says so"


def test_the_date_is_held_once_and_before_the_invitation() -> None:
    event = make_event(published=True)
    guest = make_guest(event)
    assert service.hold_date(guest, actor=SYSTEM, now=NOW)
    assert not service.hold_date(guest, actor=SYSTEM, now=NOW)
    with pytest.raises(Conflict):
        service.hold_date(make_invited(event, "Invited Already"), actor=SYSTEM, now=NOW)
    with pytest.raises(Conflict):
        service.hold_date(make_guest(event, "No Address", email=""), actor=SYSTEM, now=NOW)


def test_registrar_sends_and_does_not_approve(staff: Staff) -> None:
    event = make_event(published=True)
    make_guest(event)
    browser, desk = staff(role=Role.REGISTRAR, event=event), f"/organise/events/{event.slug}/replies/"
    assert browser.post(desk + "approve-all").status_code == 403
    assert browser.post(desk + "hold-dates").status_code == 303
    assert "Approve all" not in browser.get(desk).text


def test_mails_of_hold_the_date_and_reminder_have_words_in_every_language(app: Flask) -> None:
    from eventsapp.mail import rendering

    event = make_event(published=True, reply_by_local=REPLY_BY)
    service.hold_date(make_guest(event), actor=SYSTEM, now=NOW)
    mail = db.session.scalars(select(Mail)).one()
    for template in ("hold-the-date", "reminder"):
        for language in ("en", "zh-Hant", "uk"):
            rendered = rendering.render(app, template, language, "Ada Example", mail.context)
            assert "Ada Example" in rendered.text
            assert ("/reminders/" in rendered.text) == (template == "reminder")


def test_changed_terms_take_the_place_of_the_job_that_waited() -> None:
    event = make_event(published=True, reply_by_local=REPLY_BY)
    for days in ([14], [7], []):
        service.set_terms(event, TermsInput(remind_days=days), actor=SYSTEM, now=NOW)
    assert terms.of(event.id).remind_at is None
    assert len(db.session.scalars(select(Job)).all()) == 2, "both find that they are not wanted any more"


def test_silence_counts_as_coming_where_regrets_alone_count(client: Client, database: Database) -> None:
    event = make_event(published=True, capacity=2)
    service.set_terms(event, TermsInput(mode=ReplyMode.REGRETS_ONLY), actor=SYSTEM, now=NOW)
    first, second, third = (make_invited(event, f"Guest {number}") for number in range(3))
    assert [guest.state for guest in (first, second)] == [GuestState.EXPECTED] * 2
    assert third.state is GuestState.INVITED, "no seat was left to keep"
    assert event.seats_taken == 2
    assert recorded(first) == [Recorded.EXPECTED.value]
    assert badges.of_guest(first) is not None
    path = links.path(database.settings, first, Purpose.INVITATION)
    assert "We expect you." in client.get(path).text
    client.post(path, data={"answer": "declined", "badge_name": ""})
    assert now([first.id])[0].state is GuestState.DECLINED
    assert event.seats_taken == 1


def test_the_guests_page_for_staff_shows_the_whole_life(staff: Staff, database: Database) -> None:
    event = make_event(published=True)
    guest = make_guest(event, "Ada Example")
    browser, page = staff(), f"/organise/events/{event.slug}/guests/{guest.code}"
    steps = f"/organise/events/{event.slug}/replies/guests/{guest.code}"
    shown = browser.get(page).text
    assert "Ask to hold the date" in shown
    for button in (f"{steps}/approve", f"{steps}/hold-date", f"{page}/invite"):
        assert browser.post(button).status_code == 303
    with database.app.app_context():
        send_due()
    assert recorded(guest) == ["approved", "date-held", "sent"]
    typed = {"channel": "phone", "reason": "her secretary called", "answer": "accepted"}
    assert browser.post(f"{page}/reply", data=typed).status_code == 303
    shown = browser.get(page).text
    for told in ("Approved", "Asked to hold the date", "Invitation sent", "Telephone", ", for the guest"):
        assert told in shown
    assert "her secretary called" in shown


def test_a_bounce_marks_the_address_until_there_is_another(staff: Staff) -> None:
    event = make_event(published=True)
    guest = make_invited(event)
    for _ in range(2):
        signals.mail_bounced.send(
            mail_id=1,
            template="invitation",
            guest_id=guest.id,
            address=guest.email,
            actor=SYSTEM,
            now=NOW,
            reason="5.1.1 unknown",
        )
    db.session.commit()
    assert recorded(guest) == ["bounced"]
    page = f"/organise/events/{event.slug}/guests/{guest.code}"
    browser = staff()
    assert "Mail to this address came back." in browser.get(page).text
    given = GuestInput(category=guest.category, email="other@example.org", language="en")
    service.change_guest(guest, given, actor=SYSTEM, now=NOW)
    assert guest.bounced_at is None


def test_who_was_asked_to_hold_the_date_hears_when_it_is_called_off() -> None:
    event = make_event(published=True)
    asked, unknowing = make_guest(event, "Asked"), make_guest(event, "Knows Nothing")
    expected = make_invited(event, "Invited")
    service.hold_date(asked, actor=SYSTEM, now=NOW)
    ids = [asked.id, expected.id]
    db.session.commit()
    jobs.tell_cancelled(event.id)
    told = db.session.scalars(select(Mail.guest_id).where(Mail.template == "cancellation").order_by(Mail.id))
    assert list(told) == ids
    service.withdraw(db.session.get_one(Guest, unknowing.id), actor=SYSTEM, now=NOW)
    assert "withdrawal" not in templates()
