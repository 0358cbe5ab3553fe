"""The program `eventsapp`."""

from collections.abc import Callable
from typing import Any

import click
from flask import Flask
from flask.cli import FlaskGroup
from pydantic import ValidationError
from sqlalchemy.exc import OperationalError

from eventsapp import create_app
from eventsapp.cli.serve import run, serve, worker
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
            raise click.ClickException(f"The database cannot be used: {error.orig}") from error


def _first_sentence(error: ValidationError) -> str:
    """What the first wrong setting should be, without pydantic's prose around it."""
    first = error.errors()[0]
    name = "_".join(str(part) for part in first["loc"]).upper()
    message = first["msg"].removeprefix("Value error, ")
    return f"EVENTSAPP_{name}: {message}" if name else message


def program(create_app: Callable[[], Flask]) -> Program:
    """The command line of that application."""
    return Program(
        name="eventsapp",
        help="Summits, signing ceremonies and delegation visits: replies, badges, calendars, doors.",
        create_app=create_app,
        add_default_commands=False,
        add_version_option=False,
        load_dotenv=False,
        set_debug_flag=False,
        commands=[run, serve, worker],
    )


main = program(create_app)
