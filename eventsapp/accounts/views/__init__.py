"""Signing in (`/organise/sign-in`) and out, and one's own account (`/organise/account`)."""

from flask import Flask

from eventsapp.accounts.views import account, factor, sign_in, visitor
from eventsapp.accounts.views.blueprint import blueprint

blueprints = (blueprint,)

__all__ = ["account", "blueprints", "factor", "init_app", "sign_in"]


def init_app(app: Flask) -> None:
    """Tell the guard how to know a member of staff again."""
    app.extensions["staff_sessions"] = visitor.identity_behind
