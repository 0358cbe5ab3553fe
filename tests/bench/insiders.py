"""What only insiders hold: a signed-in browser's cookie, invitations, a form's token.

`python -m tests.bench.insiders SLUG` prints them as JSON for the site of its environment.
"""

import json
import sys

from flask import Flask, session
from flask_wtf.csrf import generate_csrf
from sqlalchemy import select

from eventsapp import create_app
from eventsapp.core import clock
from eventsapp.core.db import db, transaction
from eventsapp.core.tokens import Purpose, link_code
from eventsapp.events.models import Event
from eventsapp.rsvps import links
from eventsapp.rsvps.models import Guest
from eventsapp.web.current import STAFF_SESSION, settings
from tests.bench.site import Site
from tests.factories.accounts import make_staff, sessions

_KNOWN: dict[str, "Insiders"] = {}  # by the site's instance folder


class Insiders(dict[str, str | list[str]]):
    """`staff`: an organiser's cookie; `invitations`: paths; `guests`: for each the cookie of the browser that
    gave the answer before, which alone may change it; `csrf`: the token of them all."""


def insiders(site: Site) -> Insiders:
    """What the insiders of a site hold, asked for once."""
    instance = site.environment["EVENTSAPP_INSTANCE"]
    if instance not in _KNOWN:
        _KNOWN[instance] = Insiders(json.loads(site.python("-m", __name__, site.sample["slug"])))
    return _KNOWN[instance]


def main() -> None:
    """The program."""
    app = create_app()
    with app.test_request_context():
        print(json.dumps(_found(app, sys.argv[1])))


def _found(app: Flask, slug: str) -> Insiders:
    invited = db.session.scalars(select(Guest).join(Guest.event).where(Event.slug == slug).order_by(Guest.id))
    invitations = [links.path(settings(), guest, Purpose.INVITATION) for guest in invited]
    token = generate_csrf()
    guests = [_cookie(app, answered_here=[link_code(path.removeprefix("/i/"))]) for path in invitations]
    with transaction():
        organiser = make_staff("bench@example.org", administrator=True)
        secret = sessions.begin(organiser, user_agent="bench", now=clock.now())
    session[STAFF_SESSION] = secret
    return Insiders(staff=_cookie(app), guests=guests, csrf=token, invitations=invitations)


def _cookie(app: Flask, **held: list[str]) -> str:
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    return f"{app.config['SESSION_COOKIE_NAME']}={signer.dumps({**session, **held})}"


if __name__ == "__main__":
    main()
