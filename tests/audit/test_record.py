"""The record cannot be altered unnoticed."""

import threading
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session, scoped_session

from eventsapp.access.identity import SYSTEM
from eventsapp.audit import service
from eventsapp.audit.models import AuditEntry, AuditHead
from eventsapp.core.db import transaction
from tests.support.clients import Runner
from tests.support.clocks import Clock


@pytest.fixture
def ten_deeds(db_session: scoped_session[Any], clock: Clock) -> None:
    for number in range(10):
        with transaction():
            service.record(
                "badge.issued", "badge", number, actor=SYSTEM, now=clock.forward(seconds=1), copies=1
            )


def altered(statement: Callable[[], Any]) -> None:
    with transaction() as session:
        session.execute(statement())


def test_untouched_record_is_whole(ten_deeds: None) -> None:
    assert service.verify() == service.Verdict(chains=1, entries=10, broken={})


@pytest.mark.parametrize(
    "change",
    [
        {"action": "badge.revoked"},
        {"actor_id": 7},
        {"subject_id": 99},
        {"detail": {"copies": 2}},
        {"on_behalf_id": 3},
        {"chain": 1},
        {"position": 11},
    ],
    ids=lambda change: next(iter(change)),
)
def test_altered_entry_is_found(ten_deeds: None, change: dict[str, Any]) -> None:
    altered(lambda: update(AuditEntry).where(AuditEntry.position == 4).values(change))
    assert service.first_broken(0) == 4


def test_moved_time_is_found(ten_deeds: None, clock: Clock) -> None:
    altered(lambda: update(AuditEntry).where(AuditEntry.position == 6).values(at=clock.now))
    assert service.first_broken(0) == 6


def test_removed_entry_is_found(ten_deeds: None) -> None:
    altered(lambda: delete(AuditEntry).where(AuditEntry.position == 5))
    assert service.first_broken(0) == 5


def test_removed_last_entries_are_found(ten_deeds: None) -> None:
    altered(lambda: delete(AuditEntry).where(AuditEntry.position > 7))
    assert service.first_broken(0) == 8


def test_removed_head_is_found(ten_deeds: None) -> None:
    altered(lambda: delete(AuditHead))
    assert service.verify().broken == {0: 1}


def test_two_exchanged_entries_are_found(ten_deeds: None) -> None:
    for old, new in ((2, 99), (3, 2), (99, 3)):
        altered(partial(update(AuditEntry).where(AuditEntry.position == old).values, position=new))
    assert service.first_broken(0) == 2


def test_deed_that_was_undone_leaves_no_entry(db_session: scoped_session[Any], clock: Clock) -> None:
    def undone() -> None:
        with transaction():
            service.record("badge.issued", "badge", 1, actor=SYSTEM, now=clock.now)
            raise LookupError

    with pytest.raises(LookupError):
        undone()
    assert service.verify() == service.Verdict(0, 0, {})


def test_simultaneous_deeds_stand_in_one_order(
    app: Flask, db_session: scoped_session[Any], clock: Clock
) -> None:
    barrier = threading.Barrier(8)

    def deeds() -> None:
        with app.app_context():
            barrier.wait()
            for number in range(10):
                with transaction():
                    service.record("badge.issued", "badge", number, actor=SYSTEM, now=clock.now, event_id=3)

    threads = [threading.Thread(target=deeds) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert service.verify() == service.Verdict(chains=1, entries=80, broken={})


def test_command_says_that_all_is_well(ten_deeds: None, runner: Runner) -> None:
    result = runner("audit", "verify")
    assert (result.exit_code, result.stdout) == (0, "The record is whole: 10 entries in 1 chains.\n")


def test_command_fails_where_the_record_is_broken(ten_deeds: None, runner: Runner) -> None:
    altered(lambda: update(AuditEntry).where(AuditEntry.position == 4).values(action="badge.revoked"))
    result = runner("audit", "verify")
    assert result.exit_code == 1
    assert result.stderr == "The record of the installation is broken at entry 4.\n"
    assert runner("audit", "verify", "--json").stdout == '{"chains": 1, "entries": 10, "broken": {"0": 4}}\n'


def test_deeds_of_one_transaction_are_appended_at_its_end_in_their_order(
    db_session: Session, now: datetime
) -> None:
    with transaction() as session:
        for number in (1, 2, 3):
            service.record("guest.edited", "guest", number, actor=SYSTEM, now=now, event_id=7)
        assert session.scalar(select(func.count()).select_from(AuditEntry)) == 0
    entries = db_session.scalars(
        select(AuditEntry).where(AuditEntry.chain == 7).order_by(AuditEntry.position)
    )
    assert [entry.subject_id for entry in entries] == [1, 2, 3]
    assert service.first_broken(7) is None


def test_deeds_of_a_transaction_that_failed_are_not_recorded(db_session: Session, now: datetime) -> None:
    with pytest.raises(RuntimeError), transaction():  # noqa: PT012 -- the deed, and then the failure
        service.record("guest.edited", "guest", 1, actor=SYSTEM, now=now, event_id=7)
        raise RuntimeError
    with transaction():
        service.record("guest.edited", "guest", 2, actor=SYSTEM, now=now, event_id=7)
    assert db_session.scalars(select(AuditEntry.subject_id)).all() == [2]
