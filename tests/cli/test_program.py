import re

import click
import pytest
from click.testing import CliRunner
from flask import Flask

from eventsapp.cli.program import program
from eventsapp.core.errors import Conflict
from eventsapp.core.text import N_


def run(app: Flask, *arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(program(lambda: app), list(arguments), prog_name="eventsapp")
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


def test_wrong_setting_is_told_by_its_name(refusing: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVENTSAPP_TRUSTED_PROXIES", "many")
    status, told, refusal = run(refusing, "serve")
    assert (status, told) == (1, "")
    assert refusal.startswith("Error: EVENTSAPP_TRUSTED_PROXIES: ")
    assert refusal.count("\n") == 1


def test_no_other_application_and_no_debug_mode_can_be_asked_for(refusing: Flask) -> None:
    for option in ("--debug", "--app=elsewhere", "--env-file=.env"):
        assert run(refusing, option, "sit")[0] == click.UsageError.exit_code
