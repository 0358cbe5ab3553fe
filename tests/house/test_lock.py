"""What is installed is what was asked for, with hashes."""

import re
import tomllib

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.source import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LINE = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)(?: ; (.+?))? \\$", re.MULTILINE)


def _locked(name: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for package, version, _ in LINE.findall((ROOT / ".lock" / name).read_text(encoding="utf-8")):
        found.setdefault(canonicalize_name(package), []).append(version)
    return found


def _wrong(requirements: list[str], locked: dict[str, list[str]]) -> list[str]:
    return [
        text
        for text in requirements
        if (wanted := Requirement(text))
        and not any(wanted.specifier.contains(v) for v in locked.get(canonicalize_name(wanted.name), []))
    ]


def test_runtime_lock_holds_what_the_project_asks_for() -> None:
    assert not _wrong(PROJECT["project"]["dependencies"], _locked("runtime.txt"))


def test_development_lock_holds_what_the_groups_ask_for() -> None:
    groups = PROJECT["dependency-groups"]
    assert not _wrong(groups["dev"], _locked("dev.txt"))
    assert not _wrong(groups["build"], _locked("build.txt"))


def test_both_locks_agree() -> None:
    development = _locked("dev.txt")
    assert {name: v for name, v in _locked("runtime.txt").items() if development.get(name) != v} == {}


def test_every_locked_package_has_a_hash() -> None:
    for name in ("runtime.txt", "dev.txt", "build.txt"):
        lines = (ROOT / ".lock" / name).read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines):
            if "==" in line and not line.startswith(" "):
                assert "--hash=sha256:" in lines[number + 1], line


def test_this_environment_is_a_python_the_project_supports() -> None:
    supported = Requirement(f"python{PROJECT['project']['requires-python']}").specifier
    assert supported.contains(default_environment()["python_full_version"])
