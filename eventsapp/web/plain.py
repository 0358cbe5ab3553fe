"""Flask, without the work it does for each request that none of ours needs."""

from collections.abc import Callable
from typing import Any

from flask import Flask, Request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface


class Sessions(SecureCookieSessionInterface):
    """Flask's own cookie. Its signer, which is made anew each time, is not made where there is no cookie."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """The browser's session; an empty one for whoever has none."""
        if "HTTP_COOKIE" not in request.environ or self.get_cookie_name(app) not in request.cookies:
            return self.session_class()
        return super().open_session(app, request)


class App(Flask):
    """Flask for views that are plain functions, all of them."""

    session_interface = Sessions()

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function itself: Flask looks at eight a request whether they are coroutines."""
        return func
