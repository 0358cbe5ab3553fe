"""One message for each cause, however often and however simultaneously it is queued."""

import threading
import time
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import scoped_session

from eventsapp.access.identity import SYSTEM, Actor, ActorKind
from eventsapp.core.db import db, transaction
from eventsapp.mail.enums import MailState
from eventsapp.mail.models import Mail
from eventsapp.mail.service import Message, cancel, queue, queue_many
from tests.factories.accounts import make_staff
from tests.support.clocks import Clock


def put(clock: Clock, key: str = "invitation:1", **changes: Any) -> Mail:
    given: dict[str, Any] = {
        "to_address": "li@example.org",
        "language": "zh-Hant",
        "context": {},
        "actor": SYSTEM,
    }
    code = queue("note", dedupe_key=key, now=clock.now, **given | changes)
    return db.session.scalars(select(Mail).where(Mail.code == code)).one()


def queued() -> int:
    return db.session.scalar(select(func.count()).select_from(Mail)) or 0


def test_second_message_for_a_cause_is_the_first(db_session: scoped_session[Any], clock: Clock) -> None:
    with transaction():
        first = put(clock, to_name="one").id
    with transaction():
        again = put(clock, to_name="two")
        assert (again.id, again.to_name) == (first, "one")
    assert queued() == 1


@pytest.mark.slow
def test_one_cause_queued_by_64_threads_at_once_is_one_message(
    app: Flask, db_session: scoped_session[Any], clock: Clock
) -> None:
    answers = at_once(app, 64, lambda: put(clock).code)
    assert queued() == 1
    assert len(answers) == 64
    assert len(set(answers)) == 1


@pytest.mark.slow
@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_looking_before_inserting_queues_too_many(
    app: Flask, db_session: scoped_session[Any], clock: Clock
) -> None:
    """The naive arm of the trial above: each looks, sees nothing, and queues under a key of its own."""
    keys = iter(range(64))

    def naive() -> str:
        if db.session.scalar(select(Mail.code).where(Mail.dedupe_key.like("naive:%"))) is None:
            time.sleep(0.05)  # as long as others need to look
            return put(clock, f"naive:{next(keys)}").code
        return ""

    at_once(app, 16, naive)
    assert queued() > 1


def at_once(app: Flask, many: int, act: Any) -> list[Any]:
    """What so many simultaneous transactions returned."""
    barrier, answers = threading.Barrier(many), []

    def one() -> None:
        with app.app_context():
            barrier.wait()
            with transaction():
                answer = act()
            answers.append(answer)

    threads = [threading.Thread(target=one) for _ in range(many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_message_is_gone_with_the_change_it_tells_of(db_session: scoped_session[Any], clock: Clock) -> None:
    def undone() -> None:
        with transaction():
            put(clock)
            raise LookupError

    with pytest.raises(LookupError):
        undone()
    assert queued() == 0


def test_context_that_is_not_json_is_a_mistake(db_session: scoped_session[Any], clock: Clock) -> None:
    with pytest.raises(TypeError):
        put(clock, context={"at": clock.now})
    with pytest.raises(ValueError, match="language tag"):
        put(clock, language="not a tag")


def test_colleague_who_sends_is_kept(db_session: scoped_session[Any], clock: Clock) -> None:
    user = make_staff()
    assert put(clock, actor=Actor(ActorKind.STAFF, user.id)).sent_by_id == user.id
    assert put(clock, "other", actor=Actor(ActorKind.GUEST, 3)).sent_by_id is None


def test_pointless_message_is_withdrawn_while_it_waits(db_session: scoped_session[Any], clock: Clock) -> None:
    mail = put(clock)
    assert cancel("invitation:1")
    db_session.refresh(mail)
    assert mail.state is MailState.CANCELLED
    assert not cancel("invitation:1")
    assert not cancel("never queued")


def messages(*numbers: int) -> list[Message]:
    return [
        Message("note", f"g{number}@example.org", "uk", {"number": number}, f"note:{number}")
        for number in numbers
    ]


def test_many_messages_are_queued_at_once_and_a_repeated_cause_is_left_out(
    db_session: scoped_session[Any], clock: Clock
) -> None:
    user = make_staff()
    db_session.commit()
    with transaction():
        put(clock, "note:2", to_name="first")
        assert queue_many(messages(1, 2, 3), actor=Actor(ActorKind.STAFF, user.id), now=clock.now) == 2
        assert queue_many(messages(3, 1), actor=SYSTEM, now=clock.now) == 0
        assert queue_many([], actor=SYSTEM, now=clock.now) == 0
    rows = db_session.scalars(select(Mail).order_by(Mail.dedupe_key)).all()
    assert [row.dedupe_key for row in rows] == ["note:1", "note:2", "note:3"]
    assert [row.to_name for row in rows] == ["", "first", ""]
    assert (rows[0].context, rows[0].sent_by_id, rows[0].language) == ({"number": 1}, user.id, "uk")
    assert len({row.code for row in rows}) == 3


def test_one_cause_twice_in_one_heap_is_one_message(db_session: scoped_session[Any], clock: Clock) -> None:
    with transaction():
        assert queue_many(messages(1, 1), actor=SYSTEM, now=clock.now) == 1
    assert queued() == 1


def test_a_mistake_in_one_of_many_is_a_mistake(db_session: scoped_session[Any], clock: Clock) -> None:
    with pytest.raises(TypeError), transaction():
        queue_many(
            [Message("note", "a@example.org", "en", {"at": clock.now}, "x")], actor=SYSTEM, now=clock.now
        )
    assert queued() == 0
