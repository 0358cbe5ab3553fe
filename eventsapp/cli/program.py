"""The program `eventsapp`."""

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import FlaskGroup, ScriptInfo
from pydantic import ValidationError
from sqlalchemy.exc import OperationalError

from eventsapp import create_app, registry
from eventsapp.core.errors import DomainError

# Commands that start processes, which make the application for themselves.
PROCESSES = {"run": "cli.run", "serve": "cli.serve", "worker": "cli.serve"}


class Program(FlaskGroup):
    """Commands of the registry beside the program's own; refusals become one sentence.

    A command's module is imported when the command is called: none waits for what the others need.
    """

    def __init__(self, make: Callable[..., Flask], **settings: Any) -> None:
        super().__init__(create_app=make, **settings)
        self._make = make

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *PROCESSES, *registry.COMMANDS})

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name in PROCESSES:
            return _imported(PROCESSES[name], name)
        if name in registry.COMMANDS:
            info = ctx.ensure_object(ScriptInfo)
            info.create_app = partial(self._make, pages=name not in registry.COMMANDS_WITHOUT_PAGES)
            app = info.load_app()
            if not current_app or current_app._get_current_object() is not app:  # type: ignore[attr-defined]
                ctx.with_resource(app.app_context())
            return _imported(registry.COMMANDS[name], name)
        return super().get_command(ctx, name)

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


def _imported(module: str, name: str) -> click.Command:
    found: click.Command = getattr(import_module(f"eventsapp.{module}"), name)
    return found


def _first_sentence(error: ValidationError) -> str:
    """What the first wrong setting should be, without pydantic's prose around it."""
    first = error.errors()[0]
    message = first["msg"].removeprefix("Value error, ")
    name = f"EVENTSAPP_{'_'.join(str(part) for part in first['loc'])}".upper()
    return message if message.startswith("EVENTSAPP_") else f"{name}: {message}"


def program(make: Callable[..., Flask]) -> Program:
    """The command line of the application that `make` makes; it is told whether pages are wanted."""
    made = Program(
        make,
        name="eventsapp",
        help="Summits, signing ceremonies and delegation visits: replies, badges, calendars, doors.",
        add_default_commands=False,
        add_version_option=False,
        load_dotenv=False,
        set_debug_flag=False,
    )
    made.params = []  # Flask's own options: another application, a debug mode. There is neither here.
    return made


main = program(create_app)
