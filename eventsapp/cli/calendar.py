"""`eventsapp calendar …`: iCalendar files."""

from pathlib import Path

import click

from eventsapp.calendars import files
from eventsapp.calendars.entries import Writing
from eventsapp.core.errors import NotFound
from eventsapp.core.text import N_
from eventsapp.events import queries as events
from eventsapp.web.current import settings


@click.group("calendar")
def calendar() -> None:
    """Calendars of an event."""


@calendar.command()
@click.argument("event")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True)
@click.option("--language", default="", help="A language tag; the event's own unless given.")
def export(event: str, output: Path, language: str) -> None:
    """Write the public programme of EVENT (its slug) as iCalendar."""
    found = events.by_slug(event)
    if found is None:
        raise NotFound(N_("There is no event “%(event)s”."), event=event)
    to = Writing(language or next(iter(found.languages), "en"), "Cancelled", settings().base_url)
    output.write_bytes(files.of_event(found, to))
    click.echo(f"The calendar of {found.slug}: {output}")
