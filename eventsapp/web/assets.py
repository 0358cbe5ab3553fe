"""Static files: addresses that carry their content's fingerprint, and how long a browser may keep each."""

import hashlib
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, current_app, request, url_for

YEAR = 365 * 24 * 3600


def asset(filename: str) -> str:
    """The address of a static file, with its fingerprint, so that browsers may keep it for a year."""
    address = url_for("static", filename=filename)
    mark = _fingerprint(Path(current_app.static_folder or "") / filename)
    return f"{address}?v={mark}" if mark else address


@lru_cache(maxsize=256)
def _fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12] if path.is_file() else ""


def _keep(response: Response) -> Response:
    """A year with a fingerprint; without one (a module that another imports) ask each time."""
    if request.endpoint == "static" and response.status_code in (200, 206, 304):
        lasting = "v" in request.args
        response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable" if lasting else "no-cache"
        response.headers.pop("Expires", None)  # says the same in an older way, and a year where it is not so
    return response


def init_app(app: Flask) -> None:
    """Offer `asset` to templates and set how long static files are kept."""
    app.jinja_env.globals["asset"] = asset
    app.after_request(_keep)
