"""`eventsapp devices …`: scanners."""

import json

import click
from flask import current_app

from eventsapp.access.identity import SYSTEM
from eventsapp.core import clock
from eventsapp.core.config import Settings
from eventsapp.core.db import transaction
from eventsapp.core.errors import NotFound
from eventsapp.core.links import absolute
from eventsapp.core.text import N_
from eventsapp.devices import service
from eventsapp.door import queries as door
from eventsapp.events import queries as events
from eventsapp.printing import qr


@click.group("devices")
def devices() -> None:
    """Scanners at the doors."""


@devices.command()
@click.argument("event")
@click.option("--checkpoint", required=True, help="The checkpoint's name.")
@click.option("--name", default="", help="What the device is called in lists.")
@click.option("--json", "as_json", is_flag=True, help="Pair at once and print {token, checkpoint}.")
def pair(event: str, checkpoint: str, name: str, as_json: bool) -> None:
    """A pairing link for a scanner at a checkpoint of EVENT (its slug), with its QR code.

    With --json a fixed scanner or a rehearsal gets its token at once, without a link.
    """
    settings: Settings = current_app.extensions["settings"]
    now = clock.now()
    with transaction():
        found = events.by_slug(event)
        if found is None:
            raise NotFound(N_("There is no event “%(event)s”."), event=event)
        place = door.checkpoint_by_name(found.id, checkpoint)
        if place is None:
            raise NotFound(N_("The event has no checkpoint “%(name)s”."), name=checkpoint)
        link = service.create_pairing(found.id, [place.id], name=name or checkpoint, actor=SYSTEM, now=now)
        code = place.code
        paired = service.pair(link.token, now=now) if as_json else None
    if paired is not None:
        click.echo(json.dumps({"token": paired.token, "checkpoint": code}))
        return
    address = absolute(settings.base_url, f"/door/pair/{link.token}")
    click.echo(f"{qr.terminal(address)}\n{address}\n")
    click.echo(f"Good for one device, until {link.expires_at:%Y-%m-%d %H:%M} UTC.")
