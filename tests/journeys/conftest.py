"""The demonstration once a run, a site of its own for each file of journeys, and a browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys import stage, visitors
from tests.journeys.stage import Site


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demonstration; `stage.opened` copies it."""
    return stage.load(tmp_path_factory.mktemp("demonstration"))


@pytest.fixture(scope="module")
def site(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A running server with the demonstration, for the tests of one file."""
    with stage.opened(demonstration, tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium; ended with the file, because only one may be driven at a time."""
    with visitors.chromium() as browser:
        yield browser
