"""Pairing and recognising devices."""

import threading
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from eventsapp.access.identity import SYSTEM
from eventsapp.core.db import db, transaction
from eventsapp.core.errors import Conflict, Invalid, NotFound
from eventsapp.devices import service
from eventsapp.devices.models import Device, Pairing
from eventsapp.devices.service import PairingLink
from tests.factories.door import make_checkpoint
from tests.factories.events import make_event
from tests.support.databases import Database


@pytest.fixture
def link(db_session: Any, now: datetime) -> PairingLink:
    event = make_event()
    place = make_checkpoint(event)
    made = service.create_pairing(event.id, [place.id], name="Gate A", actor=SYSTEM, now=now)
    db.session.commit()
    return made


def test_paired_device_is_recognised_by_its_token(link: PairingLink, now: datetime) -> None:
    paired = service.pair(link.token, now=now)
    known = service.authenticate(paired.token, now=now)
    assert known is not None
    assert (known.identity.device_id, known.identity.name) == (link.device.id, "Gate A")
    assert len(known.identity.checkpoint_ids) == 1
    assert not known.is_due
    later = service.authenticate(paired.token, now=now + timedelta(minutes=2))
    assert later is not None
    assert later.is_due


@pytest.mark.parametrize("token", ["", "x", "é" * 10, "\ud800", "A" * 10_000])
def test_any_other_text_is_nobody(link: PairingLink, now: datetime, token: str) -> None:
    service.pair(link.token, now=now)
    assert service.authenticate(token, now=now) is None
    assert service.authenticate(link.token, now=now) is None


def test_tokens_are_stored_as_digests_only(link: PairingLink, now: datetime) -> None:
    paired = service.pair(link.token, now=now)
    rows = [*db.session.execute(select(Device.__table__)), *db.session.execute(select(Pairing.__table__))]
    assert not any(secret in str(row) for row in rows for secret in (link.token, paired.token))


def test_link_works_once(link: PairingLink, now: datetime) -> None:
    assert service.pairing_waits(link.token, now=now)
    service.pair(link.token, now=now)
    assert not service.pairing_waits(link.token, now=now)
    with pytest.raises(NotFound):
        service.pair(link.token, now=now)


def test_unknown_used_expired_and_revoked_links_are_refused_alike(link: PairingLink, now: datetime) -> None:
    said = set()
    for token, at in (("unknown", now), (link.token, now + service.PAIRING_LIFE)):
        with pytest.raises(NotFound) as refusal:
            service.pair(token, now=at)
        said.add(refusal.value.message)
    service.revoke(link.device, actor=SYSTEM, now=now)
    with pytest.raises(NotFound) as refusal:
        service.pair(link.token, now=now)
    said.add(refusal.value.message)
    assert len(said) == 1


def test_revoked_device_is_nobody_at_once(link: PairingLink, now: datetime) -> None:
    paired = service.pair(link.token, now=now)
    service.revoke(link.device, actor=SYSTEM, now=now)
    assert service.authenticate(paired.token, now=now) is None
    with pytest.raises(Conflict):
        service.renew_pairing(link.device, actor=SYSTEM, now=now)


def test_new_link_ends_the_old_one_and_its_use_the_old_token(link: PairingLink, now: datetime) -> None:
    first = service.pair(link.token, now=now)
    second_link = service.renew_pairing(link.device, actor=SYSTEM, now=now)
    third_link = service.renew_pairing(link.device, actor=SYSTEM, now=now)
    with pytest.raises(NotFound):
        service.pair(second_link.token, now=now)
    assert service.authenticate(first.token, now=now)
    second = service.pair(third_link.token, now=now)
    assert service.authenticate(first.token, now=now) is None
    assert service.authenticate(second.token, now=now)


def test_device_needs_a_checkpoint(db_session: Any, now: datetime) -> None:
    with pytest.raises(Invalid):
        service.create_pairing(make_event().id, [], name="", actor=SYSTEM, now=now)


def test_of_sixty_four_who_pair_at_once_one_succeeds(
    link: PairingLink, database: Database, now: datetime
) -> None:
    """R4."""
    barrier = threading.Barrier(64)
    won: list[str] = []
    refused: list[Exception] = []

    def pair() -> None:
        barrier.wait()
        with database.app.app_context():
            try:
                with transaction():
                    paired = service.pair(link.token, now=now)
                won.append(paired.token)
            except NotFound as error:
                refused.append(error)

    threads = [threading.Thread(target=pair) for _ in range(64)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(won), len(refused)) == (1, 63)
    assert service.authenticate(won[0], now=now)
