"""`eventsapp devices pair`."""

import json
from typing import Any

from eventsapp.core import clock
from eventsapp.core.db import db
from eventsapp.devices import service
from tests.factories.door import make_checkpoint
from tests.factories.events import make_event
from tests.support.clients import Runner


def test_pair_prints_a_link_that_works_once(db_session: Any, runner: Runner) -> None:
    event = make_event()
    make_checkpoint(event, "Main")
    result = runner("devices", "pair", event.slug, "--checkpoint", "Main")
    assert result.exit_code == 0, result.stderr
    address = next(line for line in result.stdout.splitlines() if line.startswith("http"))
    token = address.rpartition("/")[2]
    assert service.pairing_waits(token, now=clock.now())


def test_pair_as_json_gives_a_token_at_once(db_session: Any, runner: Runner) -> None:
    event = make_event()
    place = make_checkpoint(event, "Main")
    result = runner("devices", "pair", event.slug, "--checkpoint", "Main", "--json")
    assert result.exit_code == 0, result.stderr
    told = json.loads(result.stdout)
    assert set(told) == {"token", "checkpoint"}
    assert told["checkpoint"] == place.code
    known = service.authenticate(told["token"], now=clock.now())
    assert known is not None
    assert known.identity.checkpoint_ids == {place.id}


def test_unknown_event_or_checkpoint_is_one_sentence(db_session: Any, runner: Runner) -> None:
    event = make_event()
    db.session.commit()
    for arguments in (("nowhere", "--checkpoint", "Main"), (event.slug, "--checkpoint", "Main")):
        result = runner("devices", "pair", *arguments)
        assert result.exit_code == 1
        assert len(result.stderr.strip().splitlines()) == 1
