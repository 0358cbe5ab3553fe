"""`audit verify`: whether the record is whole."""

import json

import click

from eventsapp.audit import service


@click.group()
def audit() -> None:
    """The record of who did what."""


@audit.command()
@click.option("--json", "as_json", is_flag=True, help="One line of JSON.")
def verify(as_json: bool) -> None:
    """Work out every chain of the record anew; fails when an entry was altered, removed or slipped in."""
    verdict = service.verify()
    if as_json:
        broken = {str(chain): position for chain, position in verdict.broken.items()}
        click.echo(json.dumps({"chains": verdict.chains, "entries": verdict.entries, "broken": broken}))
    elif not verdict.broken:
        click.echo(f"The record is whole: {verdict.entries} entries in {verdict.chains} chains.")
    for chain, position in verdict.broken.items():
        whose = f"event {chain}" if chain else "the installation"
        click.echo(f"The record of {whose} is broken at entry {position}.", err=True)
    if verdict.broken:
        raise click.exceptions.Exit(1)
