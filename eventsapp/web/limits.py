"""How often one network address may do something that anybody may do.

Counted in the process, or in Redis where it is set, so that several servers count together. Coarse on
purpose; what must be exact is counted in the database by its own wing.
"""

from collections.abc import Callable
from functools import wraps
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any, TypeVar, cast

from flask import Flask, abort, current_app, request
from limits import RateLimitItem, parse
from limits.errors import StorageError
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter

from eventsapp.core.config import Settings

View = TypeVar("View", bound=Callable[..., Any])


def limit(rule: str, methods: tuple[str, ...] = ("POST",)) -> Callable[[View], View]:
    """Answer 429 to an address that sends more requests by these methods than `rule` says ("20 per hour").

    Stands next to the view; what guards the view stands above it.
    """
    item = parse(rule)

    def decorate(view: View) -> View:
        @wraps(view)
        def counted(*args: Any, **kwargs: Any) -> Any:
            if request.method in methods and not _is_within(item):
                abort(429)
            return view(*args, **kwargs)

        return cast(View, counted)

    return decorate


def caller() -> str:
    """The network that asks: an address of IPv4, the /64 of IPv6, all of which one connection may use."""
    given = request.remote_addr or ""
    try:
        address = ip_address(given)
    except ValueError:
        return given
    is_wide = isinstance(address, IPv6Address) and address.ipv4_mapped is None
    return str(ip_network((address, 64), strict=False)) if is_wide else given


def _is_within(item: RateLimitItem) -> bool:
    limiter: FixedWindowRateLimiter = current_app.extensions["limits"]
    try:
        return limiter.hit(item, request.endpoint or "", caller())
    except StorageError:
        return True  # Redis is away: rather a few too many than nobody


def init_app(app: Flask) -> None:
    """Count where the installation says, from zero."""
    settings: Settings = app.extensions["settings"]
    storage = storage_from_string(settings.redis_url or "memory://", wrap_exceptions=True)
    app.extensions["limits"] = FixedWindowRateLimiter(storage)
