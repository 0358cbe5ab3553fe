"""The program `eventsapp`."""

from collections.abc import Callable
from typing import Any

import click
from flask import Flask
from flask.cli import FlaskGroup
from pydantic import ValidationError
from sqlalchemy.exc import OperationalError

from eventsapp import create_app
from eventsapp.cli.run import run
from eventsapp.cli.serve import serve, worker
from eventsapp.core.errors import DomainError


class Program(FlaskGroup):
    """Commands of the registry beside the program's own; refusals become one sentence."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except DomainError as error:
            raise click.ClickException(str(error)) from error
        except ValidationError as error:
            raise click.ClickException(_first_sentence(error)) from error
        except OperationalError as error:
            reason = str(error.orig).splitlines()[0]
            raise click.ClickException(f"The database cannot be used: {reason}") from error


def _first_sentence(error: ValidationError) -> str:
    """What the first wrong setting should be, without pydantic's prose around it."""
    first = error.errors()[0]
    message = first["msg"].removeprefix("Value error, ")
    name = f"EVENTSAPP_{'_'.join(str(part) for part in first['loc'])}".upper()
    return message if message.startswith("EVENTSAPP_") else f"{name}: {message}"


def program(create_app: Callable[[], Flask]) -> Program:
    """The command line of that application."""
    made = Program(
        name="eventsapp",
        help="Summits, signing ceremonies and delegation visits: replies, badges, calendars, doors.",
        create_app=create_app,
        add_default_commands=False,
        add_version_option=False,
        load_dotenv=False,
        set_debug_flag=False,
        commands=[run, serve, worker],
    )
    made.params = []  # Flask's own options: another application, a debug mode. There is neither here.
    return made


main = program(create_app)
