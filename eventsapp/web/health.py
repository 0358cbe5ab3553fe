"""Addresses that machines ask for: alive, ready to serve, what robots may read, the icon."""

from functools import cache

from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Blueprint, Response, redirect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.wrappers import Response as AnyResponse

from eventsapp.core.config import ROOT
from eventsapp.core.db import db
from eventsapp.web.assets import asset
from eventsapp.web.errors import RETRY_AFTER
from eventsapp.web.guard import public

pages = Blueprint("health", __name__)
blueprints = (pages,)

# Public pages may be found; whatever belongs to one person, to staff or to machines may not.
CLOSED_TO_ROBOTS = ("/api/", "/calendar/", "/door/", "/i/", "/my/", "/organise/")


@pages.get("/healthz")
@public
def alive() -> Response:
    """The process answers."""
    return _plain("alive")


@pages.get("/readyz")
@public
def ready() -> Response:
    """The database answers and has the tables that this program needs; else 503."""
    try:
        found = MigrationContext.configure(db.session.connection()).get_current_revision()
    except (DBAPIError, PoolTimeout):
        db.session.rollback()
        return _not_ready("the database cannot be reached")
    return _plain("ready") if found == newest_revision() else _not_ready("the database needs `db upgrade`")


@cache
def newest_revision() -> str | None:
    """The schema that this program is written for."""
    config = Config()
    config.set_main_option("script_location", str(ROOT / "eventsapp" / "migrations"))
    return ScriptDirectory.from_config(config).get_current_head()


def _plain(text: str) -> Response:
    return Response(text + "\n", mimetype="text/plain")


def _not_ready(reason: str) -> Response:
    answer = _plain(reason)
    answer.status_code = 503
    answer.headers["Retry-After"] = RETRY_AFTER
    return answer


@pages.get("/robots.txt")
@public
def robots() -> Response:
    """What search engines leave alone."""
    return _plain("\n".join(("User-agent: *", *(f"Disallow: {path}" for path in CLOSED_TO_ROBOTS))))


@pages.get("/favicon.ico")
@public
def icon() -> AnyResponse:
    """For browsers that ask at the old place."""
    return redirect(asset("css/icon.svg"), 308)
