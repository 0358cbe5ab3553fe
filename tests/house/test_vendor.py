"""The third-party files are those their manifest speaks of; the two dark palettes agree."""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

STATIC = Path(__file__).resolve().parents[2] / "static"
VENDOR = STATIC / "vendor"
MANIFEST: dict[str, dict[str, Any]] = json.loads((VENDOR / "manifest.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sorted(MANIFEST))
def test_vendored_files_have_the_sums_of_the_manifest(name: str) -> None:
    sums = MANIFEST[name]["sha256"]
    found = {file: hashlib.sha256((VENDOR / file).read_bytes()).hexdigest() for file in sums}
    assert found == sums


def test_vendored_files_are_all_in_the_manifest() -> None:
    named = {file for entry in MANIFEST.values() for file in entry["sha256"]}
    there = {str(path.relative_to(VENDOR)) for path in VENDOR.glob("*/**/*") if path.is_file()}
    assert {file for file in there if "__pycache__" not in file} == named


@pytest.mark.parametrize("name", sorted(MANIFEST))
def test_vendored_packages_carry_their_licence_and_locked_version(name: str) -> None:
    lock = json.loads((VENDOR / "package-lock.json").read_text(encoding="utf-8"))
    entry = MANIFEST[name]
    assert any(file.endswith("/LICENSE") for file in entry["sha256"])
    assert entry["version"] == lock["packages"][f"node_modules/{name}"]["version"]


def test_lock_names_no_registry() -> None:
    lock = json.loads((VENDOR / "package-lock.json").read_text(encoding="utf-8"))
    for name, package in lock["packages"].items():
        assert "resolved" not in package, name
        assert not name or package["integrity"].startswith("sha512-")


def test_dark_colours_are_the_same_by_choice_and_by_device() -> None:
    css = (STATIC / "css" / "tokens.css").read_text(encoding="utf-8")
    dark = css.split("/* dark: begin */")[1].split("/* dark: end */")[0]
    by_device, by_choice = dark.split('[data-bs-theme="dark"]')
    pairs = re.compile(r"^\s*(--[\w-]+|color-scheme):\s*([^;]+);", re.MULTILINE)
    assert pairs.findall(by_device) == pairs.findall(by_choice)
    assert len(pairs.findall(by_choice)) > 15
