"""Many clients of one process: each line of standard input is a batch of requests, each line out its answers.

Started by the trials, once for each process: `python -m tests.rsvps.clients <threads>`.
"""

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

from flask import Flask

from eventsapp import create_app
from eventsapp.access.identity import Actor, ActorKind
from eventsapp.core import clock
from eventsapp.core.db import db, transaction
from eventsapp.core.errors import DomainError
from eventsapp.events.models import Category
from eventsapp.rsvps import service
from eventsapp.rsvps.enums import Channel
from eventsapp.rsvps.models import Guest
from eventsapp.rsvps.service import CompanionInput, GuestInput, waiting
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
                _DEEDS[asked["desk"]](guest, asked)
        except DomainError as error:
            return {"status": int(error.status)}
        return {"status": 200}


def _name(guest: Guest, asked: dict[str, Any]) -> None:
    known = [CompanionInput(name=one.person.display_name, code=one.code) for one in guest.companions]
    more = [CompanionInput(name=f"Companion {at}") for at in range(len(known), asked["number"])]
    service.change_companions(
        guest, [*known[: asked["number"]], *more], channel=Channel.DESK, actor=DESK, now=clock.now()
    )


def _withdraw(guest: Guest, _: dict[str, Any]) -> None:
    service.withdraw(guest, actor=DESK, now=clock.now())


def _move(guest: Guest, asked: dict[str, Any]) -> None:
    category = db.session.get_one(Category, asked["category"])
    service.change_guest(guest, GuestInput(category=category), actor=DESK, now=clock.now())


def _lapse(guest: Guest, _: dict[str, Any]) -> None:
    waiting.lapse_offers(guest.event_id, now=clock.now() + timedelta(hours=2))


def _prefer(guest: Guest, _: dict[str, Any]) -> None:
    service.prioritise(guest, 1 + guest.id % 3, "Because", actor=DESK, now=clock.now())


_DEEDS = {"companions": _name, "withdraw": _withdraw, "category": _move, "lapse": _lapse, "prefer": _prefer}


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
