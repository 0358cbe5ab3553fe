"""What the present request is about: the installation's settings and who is asking."""

from typing import cast

from flask import current_app, g, session

from eventsapp.access.identity import Actor, Anonymous, Identity
from eventsapp.core.config import Settings


def settings() -> Settings:
    """The installation's settings."""
    return cast(Settings, current_app.extensions["settings"])


STAFF_SESSION = "staff"
"""Where a browser's cookie keeps the secret of a staff session."""


def identity() -> Identity:
    """Who is asking; worked out once a request. A device or a guest's link sets it by `set_identity`."""
    if "identity" not in g:
        # Only a browser that signed in carries a secret in its cookie; everybody else costs no query.
        secret = session.get(STAFF_SESSION)
        g.identity = current_app.extensions["staff_sessions"](secret) if secret else Anonymous()
    return cast(Identity, g.identity)


def set_identity(known: Identity) -> None:
    """Say who is asking, after their token was verified."""
    g.identity = known


def actor() -> Actor:
    """Who is asking, as services and the record want it."""
    return identity().actor
