"""A mailed code lets a new browser change an answer: once, for minutes, and not for guessing."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text

from eventsapp.access.identity import SYSTEM
from eventsapp.core import tokens
from eventsapp.core.db import db, transaction
from eventsapp.core.errors import Conflict
from eventsapp.core.tokens import Purpose
from eventsapp.mail.models import Mail
from eventsapp.rsvps import links
from eventsapp.rsvps.enums import Answer, GuestState
from eventsapp.rsvps.models import Guest, MailedCode
from eventsapp.rsvps.service import proving
from tests.factories.events import make_event
from tests.factories.people import NOW
from tests.factories.rsvps import answer, make_accepted, make_invited
from tests.support.clients import Client
from tests.support.databases import Database

AT_ONCE = 64
YES = {"answer": "accepted", "badge_name": "Ada Example"}


def stands(guest: Guest) -> GuestState:
    """Where a guest stands now."""
    return guest.state


def mailed_code(guest_id: int) -> str:
    """The digits of the latest code that was mailed to a guest."""
    query = select(Mail.context).where(Mail.template == "code", Mail.guest_id == guest_id)
    return str(db.session.scalars(query.order_by(Mail.id.desc()).limit(1)).one()["digits"])


def wrong(digits: str) -> str:
    """Six digits that are not those."""
    return f"{(int(digits) + 1) % 1_000_000:06}"


def test_the_right_code_lets_in_once(db_session: Any) -> None:
    guest = make_accepted(make_event(published=True))
    assert proving.send_code(guest, actor=SYSTEM, now=NOW)
    digits = mailed_code(guest.id)
    assert len(digits) == 6
    assert proving.prove(guest, f" {digits[:3]} {digits[3:]} ", actor=SYSTEM, now=NOW)
    assert not proving.prove(guest, digits, actor=SYSTEM, now=NOW)


def test_only_a_digest_is_stored(db_session: Any) -> None:
    guest = make_accepted(make_event(published=True))
    proving.send_code(guest, actor=SYSTEM, now=NOW)
    stored = db.session.scalars(select(MailedCode)).one()
    assert len(stored.digest) == 32
    assert mailed_code(guest.id).encode() not in stored.digest


def test_a_code_ends_after_minutes_tries_and_with_the_next_one(db_session: Any) -> None:
    guest = make_accepted(make_event(published=True))
    proving.send_code(guest, actor=SYSTEM, now=NOW)
    digits = mailed_code(guest.id)
    assert not proving.prove(guest, digits, actor=SYSTEM, now=NOW + proving.LASTS)
    later = NOW + timedelta(minutes=2)
    proving.send_code(guest, actor=SYSTEM, now=later)
    newer = mailed_code(guest.id)
    if newer != digits:
        assert not proving.prove(guest, digits, actor=SYSTEM, now=later)
    for _ in range(proving.TRIES):
        assert not proving.prove(guest, wrong(newer), actor=SYSTEM, now=later)
    assert not proving.prove(guest, newer, actor=SYSTEM, now=later), "guessed at too often"


def test_codes_are_not_mailed_without_end(db_session: Any) -> None:
    guest = make_accepted(make_event(published=True))
    assert proving.send_code(guest, actor=SYSTEM, now=NOW)
    assert not proving.send_code(guest, actor=SYSTEM, now=NOW + timedelta(seconds=30))
    for minute in range(2, 2 * proving.MOST_AN_HOUR, 2):
        assert proving.send_code(guest, actor=SYSTEM, now=NOW + timedelta(minutes=minute))
    with pytest.raises(Conflict):
        proving.send_code(guest, actor=SYSTEM, now=NOW + timedelta(minutes=40))
    assert proving.send_code(guest, actor=SYSTEM, now=NOW + timedelta(minutes=75))
    assert proving.send_code(guest, actor=SYSTEM, now=NOW + timedelta(days=3))
    assert len(db.session.scalars(select(MailedCode)).all()) == 1, "those of the day before are gone"


def test_one_guests_code_proves_nobody_else(db_session: Any) -> None:
    event = make_event(published=True)
    ada, ben = make_accepted(event, "Ada Example"), make_accepted(event, "Ben Example")
    proving.send_code(ada, actor=SYSTEM, now=NOW)
    proving.send_code(ben, actor=SYSTEM, now=NOW)
    if mailed_code(ada.id) != mailed_code(ben.id):
        assert not proving.prove(ben, mailed_code(ada.id), actor=SYSTEM, now=NOW)


def test_a_new_browser_changes_an_answer_with_a_code_alone(
    db_session: Any, client: Client, app: Flask, database: Database, clock: Any
) -> None:
    guest = make_invited(make_event(published=True))
    path = links.path(database.settings, guest, Purpose.INVITATION)
    assert client.post(path, data=YES).status_code == 303
    clock.forward(hours=1)
    stranger = app.test_client()
    shown = stranger.get(path).text
    assert "Mail me a code" in shown
    assert 'name="answer"' not in shown
    assert stranger.post(path, data={**YES, "answer": "declined"}).status_code == 303
    assert stands(guest) is GuestState.ACCEPTED, "not from a browser that proved nothing"
    assert stranger.post(path, data=YES).status_code == 303, "the same answer changes nothing"
    stranger.post(f"{path}/code")
    digits = mailed_code(guest.id)
    refused = stranger.post(f"{path}/prove", data={"digits": wrong(digits)})
    assert refused.status_code == 422
    assert "This is not the code" in refused.text
    assert stranger.post(f"{path}/prove", data={"digits": digits}).status_code == 303
    assert 'name="answer"' in stranger.get(path).text
    stranger.post(path, data={**YES, "answer": "declined"})
    assert stands(guest) is GuestState.DECLINED


def test_the_first_answer_and_a_guest_without_an_address_need_no_code(
    db_session: Any, client: Client, app: Flask, database: Database, clock: Any
) -> None:
    event = make_event(published=True)
    first, letter = make_invited(event, "Ada Example"), make_invited(event, "Ben Example", email="")
    paths = [links.path(database.settings, guest, Purpose.INVITATION) for guest in (first, letter)]
    for path in paths:
        assert client.post(path, data=YES).status_code == 303
    app.test_client().post(paths[1], data={**YES, "answer": "declined"})
    assert (first.state, letter.state) == (GuestState.ACCEPTED, GuestState.DECLINED)


def together(app: Flask, act: Callable[[int], bool]) -> int:
    """How many of `AT_ONCE` callers, let go at one barrier, were told yes."""
    barrier, yes, failed = threading.Barrier(AT_ONCE), list[bool](), list[BaseException]()

    def call(number: int) -> None:
        try:
            with app.app_context():
                barrier.wait()
                yes.append(act(number))
        except BaseException as error:  # noqa: BLE001 -- shown by the test
            failed.append(error)
        finally:
            with app.app_context():
                db.session.remove()

    threads = [threading.Thread(target=call, args=(number,)) for number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed, failed[0]
    return sum(yes)


@contextmanager
def a_code(database: Database) -> Iterator[tuple[int, str]]:
    """A guest, by id, with a mailed code."""
    with database.app.app_context():
        guest = make_accepted(make_event(published=True))
        proving.send_code(guest, actor=SYSTEM, now=NOW)
        guest_id, digits = guest.id, mailed_code(guest.id)
        db.session.commit()
        db.session.remove()
    yield guest_id, digits


@pytest.mark.slow
def test_one_of_64_with_the_same_code_gets_in(database: Database) -> None:
    with a_code(database) as (guest_id, digits):

        def use(_: int) -> bool:
            with transaction():
                guest = db.session.get_one(Guest, guest_id)
                return proving.prove(guest, digits, actor=SYSTEM, now=NOW)

        assert together(database.app, use) == 1


@pytest.mark.slow
def test_a_burst_of_guesses_gets_no_more_tries(database: Database) -> None:
    with a_code(database) as (guest_id, digits):

        def guess(number: int) -> bool:
            with transaction():
                guest = db.session.get_one(Guest, guest_id)
                typed = f"{(int(digits) + 1 + number) % 1_000_000:06}"
                return proving.prove(guest, typed, actor=SYSTEM, now=NOW)

        assert together(database.app, guess) == 0
        with database.app.app_context():
            assert db.session.scalars(select(MailedCode)).one().tries == proving.TRIES


@pytest.mark.slow
def test_looking_first_and_marking_later_lets_several_in(database: Database) -> None:
    """The naive way, seen to fail: otherwise the trials above would prove nothing."""
    with a_code(database) as (guest_id, digits):
        with database.app.app_context():
            code = db.session.get_one(Guest, guest_id).code
        looked = threading.Barrier(AT_ONCE)

        def use(_: int) -> bool:
            digest = tokens.digits_digest(Purpose.MAILED_CODE, code, digits)
            unused = MailedCode.used_at.is_(None)
            found = db.session.scalar(select(MailedCode.id).where(MailedCode.digest == digest, unused))
            db.session.remove()
            looked.wait()
            if found is None:
                return False
            with transaction():
                db.session.execute(text("UPDATE mailed_code SET used_at = :now"), {"now": _stored(NOW)})
            return True

        assert together(database.app, use) > 1


def _stored(at: datetime) -> Any:
    """An instant as a plain statement takes it on both databases."""
    return at.replace(tzinfo=None).isoformat(sep=" ") if db.engine.dialect.name == "sqlite" else at


def test_answering_by_the_service_asks_for_no_code(db_session: Any) -> None:
    guest = make_accepted(make_event(published=True))
    answer(guest, Answer.DECLINED)
    assert stands(guest) is GuestState.DECLINED
