"""`demo` and `sample`: something to look at, and something large to bear."""

import json
import time
from datetime import date, datetime

import click
from flask_migrate import upgrade

from eventsapp.accounts.passwords import hash_password
from eventsapp.cli.welcome import Beginning, is_written, read, write
from eventsapp.core import clock
from eventsapp.core.codes import public_code
from eventsapp.core.db import transaction
from eventsapp.core.tokens import Purpose
from eventsapp.core.zones import to_local
from eventsapp.demo import replay, staff
from eventsapp.demo.load import TRUE_TUESDAY, Loaded, load
from eventsapp.demo.places import ZONE
from eventsapp.demo.sample import coming_tuesday, make
from eventsapp.devices.service import PairingLink
from eventsapp.focal import links as focal_links
from eventsapp.rsvps import links
from eventsapp.web.current import settings

_PASSWORD_LENGTH = 12
_DOOR = "pairs this browser as a scanner, once"


def _today() -> date:
    return to_local(clock.now(), ZONE).date()


def _tuesday(_: click.Context, __: click.Parameter, value: str) -> date:
    if value == "today":
        return _today()
    if value == "none":
        return TRUE_TUESDAY
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise click.BadParameter("Give today, none or a date such as 2027-05-04.") from error


@click.command()
@click.option(
    "--shift", "tuesday", default="today", show_default=True, callback=_tuesday, metavar="today|none|DATE"
)
def demo(tuesday: date) -> None:
    """Load the demonstration data, moved so that the visit's Tuesday is today (or DATE; none: 2023).

    Run again, it only moves what is there.
    """
    upgrade()
    now = clock.now()
    if replay.is_loaded():
        _replay(tuesday, now)
        return
    password = public_code(_PASSWORD_LENGTH).lower()
    hashed = hash_password(password)
    with transaction():
        loaded = load(tuesday, password_hash=hashed, now=now)
        beginnings = _beginnings(loaded, password)
    write(settings().instance, beginnings)
    click.echo(f"The demonstration is loaded; its Tuesday is {tuesday:%Y-%m-%d}.")


def _replay(tuesday: date, now: datetime) -> None:
    with transaction():
        days = replay.replay(tuesday, now=now)
        scanner = replay.renewed_scanner(now=now)
    instance = settings().instance
    if scanner and is_written(instance):
        door = Beginning("Door", _pairing_path(scanner), _DOOR)
        write(instance, [door if known.who == door.who else known for known in read(instance)])
    click.echo(f"The demonstration was moved by {days} days." if days else "The demonstration is in place.")


def _beginnings(loaded: Loaded, password: str) -> list[Beginning]:
    others = ", ".join(email for email, _, role in staff.STAFF if role is not None)
    site = settings()
    return [
        Beginning("Everybody", "/", "the public programme"),
        Beginning("Organiser", "/organise/", f"{staff.ADMINISTRATOR} · password {password}"),
        Beginning("  colleagues", "/organise/", f"{others} · same password"),
        Beginning(
            "Delegate",
            links.path(site, loaded.invited, Purpose.INVITATION),
            "an invitation that wants an answer",
        ),
        Beginning(
            "",
            links.path(site, loaded.accepted, Purpose.OWN_PAGE),
            "a guest who comes: programme, badge, calendar",
        ),
        Beginning(
            "Secretary",
            focal_links.path(site, loaded.secretary),
            "an office that answers for a whole delegation, without an account",
        ),
        Beginning("Door", _pairing_path(loaded.scanner), _DOOR),
    ]


def _pairing_path(link: PairingLink) -> str:
    return f"/door/pair/{link.token}"


@click.command()
@click.option("--guests", type=click.IntRange(1, 200_000), required=True)
@click.option("--items", type=click.IntRange(0, 10_000), required=True)
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One line of JSON.")
def sample(guests: int, items: int, seed: int, as_json: bool) -> None:
    """Make a fictional summit of that size: guests accepted, badges issued, a checkpoint Main."""
    upgrade()
    begun = time.perf_counter()
    now: datetime = clock.now()
    with transaction():
        made = make(guests, items, seed=seed, tuesday=coming_tuesday(_today()), now=now)
    seconds = round(time.perf_counter() - begun, 2)
    result = {
        "slug": made.slug,
        "guests": made.guests,
        "items": made.items,
        "badges": made.badges,
        "seconds": seconds,
    }
    if as_json:
        click.echo(json.dumps(result))
    else:
        click.echo(
            f"/events/{made.slug}: {guests} guests, {items} items, {made.badges} badges in {seconds} s"
        )
