"""The guard: every endpoint says who may enter, or nobody may.

A view is marked with `@public` (everyone), `@by_token` (the view itself verifies a token),
`@signed_in` (any member of staff), or `@require(permission)` (staff, for the whole installation); for
pages of one event use `events/desk.py`.
A view without a mark answers 403, and a test walks all routes.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import Flask, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from eventsapp.access.identity import Anonymous, StaffIdentity
from eventsapp.access.permissions import Permission
from eventsapp.access.policy import allows
from eventsapp.web.current import identity

View = TypeVar("View", bound=Callable[..., Any])

MARK = "__access__"
PUBLIC = "public"
SIGNED_IN = "signed-in"
TOKEN = "token"  # noqa: S105 -- a kind of guard, not a secret


def mark(view: View, kind: str) -> View:
    """Write on a view how it is guarded."""
    setattr(view, MARK, kind)
    return view


def public(view: View) -> View:
    """Anybody may enter."""
    return mark(view, PUBLIC)


def by_token(view: View) -> View:
    """The view verifies a personal link, a device's token or the like before anything else."""
    return mark(view, TOKEN)


def signed_in(view: View) -> View:
    """Any member of staff who has signed in; others are asked to. What is theirs, the view knows."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        return view(*args, **kwargs) if isinstance(identity(), StaffIdentity) else refuse()

    return mark(guarded, SIGNED_IN)  # type: ignore[return-value]


def require(permission: Permission) -> Callable[[View], View]:
    """Staff who hold a permission for the whole installation; others sign in or get 403."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if not allows(identity(), permission):
                return refuse()
            return view(*args, **kwargs)

        return mark(guarded, permission.value)  # type: ignore[return-value]

    return decorate


def refuse() -> Response:
    """To the sign-in page for whoever has not signed in, 403 for whoever may not."""
    if not isinstance(identity(), Anonymous):
        abort(403)
    if request.method != "GET":
        abort(401)
    return redirect(url_for("security.login", next=request.full_path.rstrip("?")))


def mark_of(app: Flask, endpoint: str) -> str | None:
    """How an endpoint is guarded; None if nobody decided."""
    view = app.view_functions[endpoint]
    view_class = getattr(view, "view_class", None)
    return getattr(view, MARK, None) or getattr(view_class, MARK, None)


def init_app(app: Flask) -> None:
    """Deny whatever carries no mark."""
    mark(app.view_functions["static"], PUBLIC)

    @app.before_request
    def _refuse_nul() -> None:
        # No address of ours holds one; SQLite would look for it, PostgreSQL breaks off.
        if "\x00" in request.path or b"%00" in request.query_string:
            abort(404)

    @app.before_request
    def _deny_unmarked() -> None:
        if request.endpoint and mark_of(app, request.endpoint) is None:
            abort(403)
