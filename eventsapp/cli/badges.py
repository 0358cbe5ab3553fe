"""`eventsapp badges …`: print them, or list their codes for a rehearsal at the door."""

import json
import sys
from pathlib import Path

import click

from eventsapp.access.identity import SYSTEM
from eventsapp.badges import faces, printing, service
from eventsapp.badges.keys import BadgeKeys
from eventsapp.badges.pdf import SHEETS, SheetName, badges_pdf_parts
from eventsapp.core import clock
from eventsapp.core.db import transaction
from eventsapp.core.errors import NotFound
from eventsapp.core.text import N_
from eventsapp.events import queries as events
from eventsapp.events.models import Event
from eventsapp.printing.engine import join_pdfs
from eventsapp.web.current import settings

_output = click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True)


@click.group("badges")
def badges() -> None:
    """Badges of an event."""


@badges.command("print")
@click.argument("event")
@_output
@click.option("--sheet", type=click.Choice(list(SHEETS)), default="a4-8", show_default=True)
@click.option("--only", type=click.Choice(["new"]), help="Only badges never printed, or changed since.")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON.")
def print_(event: str, output: Path, sheet: SheetName, only: str | None, as_json: bool) -> None:
    """Write the badges of EVENT (its slug) into a PDF, and remember that they were printed."""
    found = _event(event)
    chosen = printing.to_print(found, BadgeKeys(settings().instance).current(), only_new=only == "new")
    event_id = found.id
    with click.progressbar(
        badges_pdf_parts(chosen.faces, sheet), label="Printing", file=sys.stderr, hidden=as_json
    ) as parts:
        output.write_bytes(join_pdfs(list(parts)))
    with transaction():
        service.note_printed(chosen.prints, sheet, event_id=event_id, actor=SYSTEM, now=clock.now())
    count = len(chosen.faces)
    click.echo(json.dumps({"badges": count, "file": str(output)}) if as_json else f"{count} badges: {output}")


@badges.command()
@click.argument("event")
@_output
def codes(event: str, output: Path) -> None:
    """Write the QR text of every badge of EVENT into a file, one a line: for rehearsals at the door."""
    key = BadgeKeys(settings().instance).current()
    found = _event(event)
    output.touch(mode=0o600)
    count = 0
    with output.open("w", encoding="ascii") as file:
        for count, line in enumerate(faces.code_texts(found, key), 1):  # noqa: B007 -- the last one counts
            file.write(f"{line}\n")
    click.echo(f"{count} codes: {output}")


def _event(slug: str) -> Event:
    found = events.by_slug(slug)
    if found is None:
        raise NotFound(N_("There is no event “%(event)s”."), event=slug)
    return found
