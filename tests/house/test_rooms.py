"""The clock, secrets and commit are called from their rooms alone; everything has a telling name."""

import ast
import re
import subprocess
from collections.abc import Iterator

from tests.house.source import ROOT, Module, modules

CLOCK = re.compile(r"(datetime|date|dt)\.(now|utcnow|today)|time\.(time|localtime|gmtime)")
CLOCK_FILES = {"eventsapp/core/clock.py"}

SECRETS = {"secrets", "hmac", "random", "itsdangerous"}
SECRET_FILES = {
    "eventsapp/core/tokens.py": "the maker of tokens",
    "eventsapp/core/codes.py": "the maker of public codes",
    "eventsapp/core/config.py": "makes the secret key on first use",
    "eventsapp/core/files.py": "names drafts that no other process names",
    "eventsapp/badges/keys.py": "makes the keys that sign badges",
}
# Fictional people are drawn from a seed, so that they are the same each time.
SEEDED = ("eventsapp/sample/", "eventsapp/demo/")

COMMIT_FILES = {"eventsapp/core/db.py"}

NAMELESS = {"utils", "util", "helpers", "helper", "common", "misc", "shared", "base_utils", "lib"}
TOP = {"pyproject.toml", "eventsapp", "templates", "static", "instance", "tests", "README.md", "CHANGELOG.md",
       "LICENSE", "Makefile", "docs"}  # fmt: skip

MACHINE = re.compile(
    r"/(home|Users)/\w+/|/root/|/work/|/opt/pypi|--(extra-)?index-url|--find-links|UV_INDEX_URL"
)
OWN_NAME = "tests/house/test_rooms.py"


def _calls(module: Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call):
            yield node.lineno, ast.unparse(node.func)


def _tracked() -> list[str]:
    listed = subprocess.run(
        ("git", "ls-files", "-z"),  # noqa: S607 -- the git on the path, as for every other command
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return [name for name in listed.stdout.split("\0") if name]


def test_the_clock_is_read_in_one_place() -> None:
    elsewhere = [
        f"{module.place}:{line} {call}"
        for module in modules()
        if module.place not in CLOCK_FILES
        for line, call in _calls(module)
        if CLOCK.fullmatch(call)
    ]
    assert not elsewhere


def test_secrets_are_made_and_compared_in_their_rooms() -> None:
    elsewhere = [
        f"{module.place}:{found.line} imports {found.module}"
        for module in modules()
        if module.place not in SECRET_FILES
        for found in module.imports
        if (root := found.module.split(".")[0]) in SECRETS
        and not (root == "random" and module.place.startswith(SEEDED))
    ]
    assert not elsewhere


def test_commit_is_called_by_transaction_alone() -> None:
    elsewhere = [
        f"{module.place}:{line} {call}"
        for module in modules()
        if module.place not in COMMIT_FILES
        for line, call in _calls(module)
        if call.endswith((".commit", "session.begin"))
    ]
    assert not elsewhere


def test_nothing_is_called_utils_or_helpers() -> None:
    assert not [name for name in _tracked() if NAMELESS & set(re.split(r"[/.]", name.removesuffix(".py")))
                and not name.startswith("static/vendor/")]  # fmt: skip


def test_nothing_new_stands_at_the_top() -> None:
    beginnings = {name.split("/")[0] for name in _tracked()}
    assert {name for name in beginnings if not name.startswith(".")} <= TOP


def test_no_file_names_a_machine_or_where_its_packages_came_from() -> None:
    naming = []
    for name in _tracked():
        path = ROOT / name
        if name.startswith("static/vendor/") or name == OWN_NAME or not path.is_file():
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        naming += [f"{name}: {match[0]}" for match in MACHINE.finditer(text)]
    assert not naming
