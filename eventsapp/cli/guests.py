"""`eventsapp guests …`: a guest list in, and out."""

import json
import time
from collections import Counter
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from eventsapp.access.identity import SYSTEM
from eventsapp.core import clock
from eventsapp.core.db import transaction
from eventsapp.core.errors import Invalid, NotFound
from eventsapp.core.text import N_, fold
from eventsapp.events import queries as events
from eventsapp.events.models import Event
from eventsapp.lists import columns, encodings, exporting, importing, reading
from eventsapp.lists.enums import Fate
from eventsapp.lists.known import categories
from eventsapp.lists.planning import Choice
from eventsapp.lists.reports import Report, Told
from eventsapp.questions import queries as questions

TOLD = 20  # rows told one by one


@click.group("guests")
def guests() -> None:
    """Guest lists of an event, CSV or XLSX."""


@guests.command("import")
@click.argument("event")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Tell what would be done, and store nothing.")
@click.option("--match", is_flag=True, help="A row is the one person who is spelled like that.")
@click.option("--all-new", is_flag=True, help="Possible duplicates are new people.")
@click.option("--category", default="", help="Letter or name of the category of rows that name none.")
@click.option("--encoding", type=click.Choice(["", *encodings.CODECS]), default="", show_default=False)
@click.option("--sheet", default="", help="The sheet of a workbook; the first unless given.")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON.")
def import_(
    event: str, file: Path, dry_run: bool, match: bool, all_new: bool, category: str, encoding: str,
    sheet: str, as_json: bool,
) -> None:  # fmt: skip
    """Put the guests in FILE on the list of EVENT (its slug): all rows, or none.

    What columns mean is told from their headings.
    """
    begun = time.perf_counter()
    found = _event(event)
    if file.stat().st_size > reading.MOST_BYTES:
        raise Invalid(
            N_("This file is too large: at most %(most)s MB are taken."), most=reading.MOST_BYTES >> 20
        )
    table = reading.read(file.read_bytes(), encoding=encoding, sheet=sheet)
    asked = questions.asked(found.id)
    meanings = columns.checked(columns.guess(table.heading.cells, asked), len(table.heading.cells), asked)
    choice = Choice(meanings, _category(found, category), match, all_new)
    with Progress(console=Console(stderr=True), disable=as_json) as bar:
        rows = bar.add_task("Reading the list", total=len(table.rows))
        report = (
            importing.dry_run(found, table, choice, lambda done: bar.update(rows, completed=done))
            if dry_run
            else importing.run(
                found.id, table, choice, actor=SYSTEM, now=clock.now(),
                progress=lambda done: bar.update(rows, completed=done),
            )
        )  # fmt: skip
        bar.update(rows, completed=len(table.rows))
    seconds = round(time.perf_counter() - begun, 2)
    click.echo(_json(report, dry_run, seconds) if as_json else _text(report, dry_run, seconds))
    if not report.is_clear:
        raise click.ClickException(
            "Nothing was imported." if not dry_run else "This list would not be imported."
        )


@guests.command()
@click.argument("event")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--without-details", is_flag=True, help="No addresses, diets, needs, notes or answers.")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON.")
def export(event: str, file: Path, without_details: bool, as_json: bool) -> None:
    """Write the guests of EVENT (its slug) into FILE, CSV or XLSX by its suffix; `import` reads it back."""
    found = _event(event)
    made = exporting.guest_list(found, details=not without_details)
    with Progress(console=Console(stderr=True), disable=as_json) as bar:
        tracked = bar.track(made.rows, total=made.length, description="Writing the list")
        exporting.write(file, exporting.List(made.headings, tracked, made.length))
    with transaction():
        exporting.note(found, made.length, details=not without_details, actor=SYSTEM, now=clock.now())
    click.echo(
        json.dumps({"guests": made.length, "file": str(file)}) if as_json else f"{made.length} guests: {file}"
    )


def _event(slug: str) -> Event:
    found = events.by_slug(slug)
    if found is None:
        raise NotFound(N_("There is no event “%(event)s”."), event=slug)
    return found


def _category(event: Event, named: str) -> int:
    if not named:
        return event.categories[0].id if len(event.categories) == 1 else 0
    found = categories(event).get(fold(named))
    if not found:
        raise Invalid(N_("This event has no category “%(category)s”."), category=named)
    return found


def _json(report: Report, dry_run: bool, seconds: float) -> str:
    told = report.to_json()
    return json.dumps(
        {"dry_run": dry_run, "imported": report.is_clear and not dry_run, "seconds": seconds, **told},
        ensure_ascii=False,
    )


def _text(report: Report, dry_run: bool, seconds: float) -> str:
    counts = Counter({fate.value: number for fate, number in report.counts.items()})
    lines = [
        f"{'Would be: ' if dry_run else ''}{', '.join(f'{n} {fate}' for fate, n in sorted(counts.items()))}"
    ]
    lines += [message % params for message, params in report.refusals]
    lines += [_line(told) for told in report.told if told.fate in (Fate.REFUSED, Fate.DUPLICATE)][:TOLD]
    return "\n".join([*lines, f"{report.rows} rows in {seconds} s"])


def _line(told: Told) -> str:
    place = f"row {told.row}" + (f", column {told.column}" if told.column else "")
    if told.fate is Fate.REFUSED:
        return f"{place}: {told.message % told.params}"
    whom = [*told.people, *([f"row {told.same_as}"] if told.same_as else [])]
    return f"{place}: {told.name} may be the same as {', '.join(whom)}"
