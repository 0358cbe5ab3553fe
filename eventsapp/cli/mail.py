"""`eventsapp mail …`: what mail servers send back."""

import sys

import click

from eventsapp.core import clock
from eventsapp.mail import bounces


@click.group("mail")
def mail() -> None:
    """Mail that came back."""


@mail.command("bounces")
def take_bounces() -> None:
    """Read delivery reports from standard input: one message, or an mbox.

    For the mail server's alias of the sender's address: `events: "|eventsapp mail bounces"`.
    """
    taken = bounces.take(sys.stdin.buffer, now=clock.now())
    click.echo(f"Marked: {taken.marked}; ignored: {taken.ignored}")
