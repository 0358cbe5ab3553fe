"""Which addresses stand for every page: what the walk finds, once an endpoint and kind of event."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from eventsapp.core.db import db
from tests.house.walk import Walk, mailed, walk
from tests.journeys.stage import Site
from tests.support.clients import Client

# Of these each event shows another face, because its kind does.
_EACH_EVENT = ("public.event", "event.overview", "guests.index")
_EACH_KIND = "desk.create"
# No link leads there, and they are pages all the same.
_BESIDE = {
    "door-app-scanner": "/door/",
    "security-login": "/organise/sign-in",
    "errors": "/no-such-page",
}


@dataclass(frozen=True)
class Address:
    """One page: a name for it, its path, and who looks at it."""

    name: str
    path: str

    @property
    def who(self) -> str:
        """`organiser`, `guest`, `door` or `public`."""
        begins = {
            "/organise/sign-in": "public",
            "/organise": "organiser",
            "/i/": "guest",
            "/my/": "guest",
            "/f/": "guest",
            "/reminders/": "guest",
            "/door": "door",
        }
        return next((who for start, who in begins.items() if self.path.startswith(start)), "public")


def addresses(site: Site) -> list[Address]:
    """Every page that links lead to, and the few beside them."""
    found: dict[str, Address] = {}
    for visit in _walked(site).pages:
        parts = urlsplit(visit.path)
        name = visit.endpoint.replace(".", "-").replace("_", "-")
        if visit.endpoint in _EACH_EVENT:
            name += "-" + parts.path.split("/events/")[1].split("/")[0]
            if parts.query == "view=rooms":
                name += "-rooms"
        if visit.endpoint == _EACH_KIND:
            name += "-" + parts.path.rpartition("/")[2]
        found.setdefault(name, Address(name, visit.path))
    return [*found.values(), *(Address(name, path) for name, path in _BESIDE.items())]


def _walked(site: Site) -> Walk:
    client = site.app.test_client()
    assert isinstance(client, Client)
    email, password = site.organiser
    signed_in = client.post("/organise/sign-in", data={"email": email, "password": password})
    assert signed_in.status_code == 303, signed_in.text
    beginnings = [
        "/",
        *(site.beginning(who).path for who in ("Organiser", "Delegate", "", "Secretary", "Door")),
    ]
    with site.app.app_context():
        return walk(site.app, db.engine, client, [*beginnings, *mailed(site.app.extensions["settings"])])
