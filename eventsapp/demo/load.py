"""Loads the demonstration, once; `replay` moves it afterwards."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from eventsapp.access.identity import SYSTEM
from eventsapp.demo import (
    desk,
    directory,
    doors,
    focal,
    guests,
    lists,
    mails,
    occasions,
    papers,
    questions,
    seats,
    staff,
)
from eventsapp.demo.occasions import SIGNING, SUMMIT, VISIT
from eventsapp.devices import service as devices
from eventsapp.devices.service import PairingLink
from eventsapp.focal.models import FocalPoint
from eventsapp.rsvps.models import Guest

TRUE_TUESDAY = date(2023, 3, 28)
SCANNER = "Demo scanner"


@dataclass(frozen=True)
class Loaded:
    """Where each kind of user begins: a guest who has not answered, two who come, a scanner, an office."""

    invited: Guest
    accepted: Guest
    signing: Guest
    scanner: PairingLink
    secretary: FocalPoint


def load(tuesday: date, *, password_hash: str, now: datetime) -> Loaded:
    """All of the demonstration with the visit's Tuesday on that day. Nothing of it may be there yet."""
    shift = timedelta(days=(tuesday - TRUE_TUESDAY).days)
    known = directory.write(now)
    made = occasions.write(known, shift, now)
    papers.write(known, made, now)
    staff.write(made, password_hash, now)
    invited = guests.write(known, made, now)
    questions.write(made, invited, now)
    desk.write(known, made, invited, now)
    seats.write(made, invited, now)
    mails.write(made, invited, now)
    lists.write(known, made, now)
    gate = doors.write(known, made, now)[0]
    scanner = devices.create_pairing(made.events[SUMMIT].id, [gate.id], name=SCANNER, actor=SYSTEM, now=now)
    return Loaded(
        invited[VISIT, "prykladna"],
        invited[SUMMIT, "hypothesis"],
        invited[SIGNING, "deigma"],
        scanner,
        focal.write(made, invited, now),
    )
