import os
import re
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner
from flask import Flask

from eventsapp import registry
from eventsapp.cli.program import PROCESSES, program
from eventsapp.core.errors import Conflict
from eventsapp.core.text import N_
from tests.support.clients import Runner
from tests.support.databases import Database


def run(app: Flask, *arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(program(lambda **_: app), list(arguments), prog_name="eventsapp")
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def refusing() -> Flask:
    """An application with one command, which is refused."""
    app = Flask("refusing")

    @app.cli.command()
    def sit() -> None:
        raise Conflict(N_("Seat %(seat)s is taken."), seat="A1")

    return app


def test_refused_command_says_one_sentence_and_fails(refusing: Flask) -> None:
    assert run(refusing, "sit") == (1, "", "Error: Seat A1 is taken.\n")


def test_commands_of_the_application_stand_beside_the_programs_own(refusing: Flask) -> None:
    status, told, _ = run(refusing, "--help")
    assert status == 0
    for name in ("run", "serve", "sit", "worker"):
        assert re.search(rf"^  {name}\b", told, re.MULTILINE)


def test_a_command_waits_for_no_other_ones_modules(database: Database) -> None:
    asked = "import sys; from eventsapp.cli import main; main(['audit', '--help'], standalone_mode=False)"
    told = subprocess.run(
        (sys.executable, "-c", f"{asked}; print('eventsapp.demo' in sys.modules)"),
        env=os.environ | database.environment,
        capture_output=True,
        check=True,
        text=True,
    )
    assert told.stdout.endswith("False\n")


@pytest.mark.parametrize("name", [*PROCESSES, *registry.COMMANDS])
def test_every_command_stands_under_its_name_in_its_module(runner: Runner, name: str) -> None:
    result = runner(name, "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith(f"Usage: eventsapp {name} ")


def test_wrong_setting_is_told_by_its_name(refusing: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVENTSAPP_TRUSTED_PROXIES", "many")
    status, told, refusal = run(refusing, "serve")
    assert (status, told) == (1, "")
    assert refusal.startswith("Error: EVENTSAPP_TRUSTED_PROXIES: ")
    assert refusal.count("\n") == 1


def test_no_other_application_and_no_debug_mode_can_be_asked_for(refusing: Flask) -> None:
    for option in ("--debug", "--app=elsewhere", "--env-file=.env"):
        assert run(refusing, option, "sit")[0] == click.UsageError.exit_code
