"""Many clients of one process: each line of standard input is a batch of requests, each line out its answers.

Started by the trials, once for each process: `python -m tests.rsvps.clients <threads>`.
"""

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from flask import Flask

from eventsapp import create_app
from eventsapp.access.identity import Actor, ActorKind
from eventsapp.core import clock
from eventsapp.core.db import db, transaction
from eventsapp.core.errors import DomainError
from eventsapp.rsvps import service
from eventsapp.rsvps.models import Guest
from tests.factories.people import NOW

DESK = Actor(ActorKind.STAFF, 1)


def send_all(app: Flask, work: list[dict[str, Any]], threads: int) -> list[dict[str, Any]]:
    """Do all of it, that many at a time; one answer each, in the order of `work`."""
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(lambda asked: _do(app, asked), work))


def _do(app: Flask, asked: dict[str, Any]) -> dict[str, Any]:
    if "desk" in asked:
        return _at_the_desk(app, asked)
    with app.app_context():
        answered = app.test_client().post(asked["path"], data=asked["data"])
        return {"status": answered.status_code, "location": answered.location}


def _at_the_desk(app: Flask, asked: dict[str, Any]) -> dict[str, Any]:
    with app.app_context():
        try:
            with transaction():
                guest = db.session.get_one(Guest, asked["guest"])
                if asked["desk"] == "party":
                    service.change_party_size(guest, 1 + guest.id % 5, actor=DESK, now=clock.now())
                else:
                    service.withdraw(guest, actor=DESK, now=clock.now())
        except DomainError as error:
            return {"status": int(error.status)}
        return {"status": 200}


def main() -> None:
    """The program."""
    app = create_app()
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    standing = type(
        "Standing", (clock.datetime,), {"now": classmethod(lambda _, tz=None: NOW.astimezone(tz))}
    )
    clock.datetime = standing  # type: ignore[misc]
    for line in sys.stdin:
        print(json.dumps(send_all(app, json.loads(line), int(sys.argv[1]))), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
