"""No list asks the database more because it is longer."""

import json
from collections.abc import Callable

from flask import Flask

from tests.support.clients import Client, Runner
from tests.support.statements import statements_for

EVENTS_PAGES = (
    "",
    ".ics",
    "?day=all",
    "?day=all&view=rooms",
)
DESK_PAGES = (
    "",
    "/guests/",
    "/guests/?q=a",
    "/guests/?state=accepted",
    "/guests/waiting",
    "/import",
    "/guests/answers",
    "/questions/",
    "/questions/preview",
    "/replies/",
    "/replies/decide",
    "/programme/",
    "/programme/rooms",
    "/programme/strands",
    "/categories/",
    "/badges",
    "/door",
    "/roles/",
    "/mail",
    "/record",
)
PAGES = (
    "/",
    "/organise/",
    "/organise/people/",
    "/organise/people/?q=a",
    "/organise/organisations/",
    "/organise/places/",
    "/organise/mail",
    "/organise/record",
    "/organise/staff/",
)


def sample(runner: Runner, guests: int, items: int) -> str:
    """The slug of a new summit of that size."""
    made = runner("sample", "--guests", str(guests), "--items", str(items), "--json")
    assert made.exit_code == 0, made.output
    return str(json.loads(made.stdout.splitlines()[-1])["slug"])


def costs(app: Flask, client: Client, slug: str) -> dict[str, int]:
    """Statements by page, the event's name left out."""
    found = {path: statements_for(app, client, path) for path in PAGES}
    found |= {f"public {path}": statements_for(app, client, f"/events/{slug}{path}") for path in EVENTS_PAGES}
    found |= {
        f"desk {path}": statements_for(app, client, f"/organise/events/{slug}{path}") for path in DESK_PAGES
    }
    return found


def test_longer_lists_ask_no_more(app: Flask, runner: Runner, staff: Callable[..., Client]) -> None:
    client = staff(administrator=True)
    small = costs(app, client, sample(runner, guests=3, items=3))
    large = costs(app, client, sample(runner, guests=120, items=90))
    assert {path: (small[path], large[path]) for path in small if large[path] > small[path]} == {}
    assert max(large.values()) <= 16
