"""`user add`, `user password`: staff accounts."""

import sys

import click

from eventsapp.access.identity import SYSTEM
from eventsapp.access.permissions import Role
from eventsapp.accounts import passwords, queries, service
from eventsapp.accounts.models import StaffUser
from eventsapp.core import clock
from eventsapp.core.db import db, transaction
from eventsapp.core.errors import Invalid, NotFound
from eventsapp.core.text import N_
from eventsapp.events import queries as events

ADMINISTRATOR = "administrator"


@click.group()
def user() -> None:
    """Staff accounts."""


@user.command()
@click.argument("email")
@click.option("--role", required=True, type=click.Choice([ADMINISTRATOR, *(role.value for role in Role)]))
@click.option("--event", "slug", help="The event the role is for (all roles but administrator).")
@click.option("--name", default="", help="How colleagues see this person.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def add(email: str, role: str, slug: str | None, name: str, password_stdin: bool) -> None:
    """Make an account, or give one a role in an event. Prints a one-time password if none is given."""
    if (role == ADMINISTRATOR) == bool(slug):
        raise click.UsageError(
            "An administrator is one everywhere: leave --event out."
            if slug
            else "Say by --event for which event the role is."
        )
    event_id = _event_id(slug) if slug else None
    address = service.valid_email(email)
    known = queries.by_email(address)
    if known is None or event_id is None:
        password = _password(password_stdin, address)
        _make(address, name, password, temporary=not password_stdin, administrator=event_id is None)
        click.echo(f"{address} may sign in." if password_stdin else f"{address} may sign in with: {password}")
    if event_id is not None:
        _give(address, event_id, Role(role))
        click.echo(f"{address} is {role} of {slug}.")


def _event_id(slug: str) -> int:
    event = events.by_slug(slug)
    if event is None:
        raise NotFound(N_("There is no event %(slug)s."), slug=slug)
    return event.id


def _password(from_stdin: bool, email: str) -> str:
    if not from_stdin:
        return passwords.one_time()
    given = sys.stdin.readline().rstrip("\r\n")
    passwords.check(given, email=email)
    return given


def _make(email: str, name: str, password: str, *, temporary: bool, administrator: bool) -> None:
    db.session.rollback()  # nothing is held while the password is hashed
    hashed = passwords.hash_password(password)
    with transaction():
        service.create_user(
            email,
            password_hash=hashed,
            display_name=name,
            administrator=administrator,
            password_is_temporary=temporary,
            actor=SYSTEM,
            now=clock.now(),
        )


def _give(email: str, event_id: int, role: Role) -> None:
    with transaction():
        service.grant(_account(email).id, event_id, role, actor=SYSTEM, now=clock.now())


@user.command()
@click.argument("email")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def password(email: str, password_stdin: bool) -> None:
    """Give an account a new password and end its sessions. Prints a one-time password if none is given."""
    address = _account(email).email
    chosen = _password(password_stdin, address)
    db.session.rollback()
    hashed = passwords.hash_password(chosen)
    with transaction():
        service.set_password(
            _account(address), hashed, temporary=not password_stdin, actor=SYSTEM, now=clock.now()
        )
    click.echo(f"{address} may sign in." if password_stdin else f"{address} may sign in with: {chosen}")


def _account(email: str) -> StaffUser:
    found = queries.by_email(email)
    if found is None:
        raise Invalid(N_("There is no account with this mail address."))
    return found
