"""Who calls the API: a paired device, by its bearer token and by nothing else."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import Response, jsonify, request
from flask_babel import gettext

from eventsapp.access.identity import DeviceIdentity
from eventsapp.core import clock
from eventsapp.core.db import transaction
from eventsapp.devices import service as devices
from eventsapp.web import guard
from eventsapp.web.current import set_identity

View = TypeVar("View", bound=Callable[..., Any])

_SCHEME = "bearer "
_LONGEST = 200


def for_device(view: View) -> View:
    """Guard a view that a paired device may call; it is called with `device=`."""

    @wraps(view)
    def guarded(**kwargs: Any) -> Any:
        device = _device()
        if device is None:
            return _unknown()
        set_identity(device)
        return view(device=device, **kwargs)

    return guard.by_token(guarded)  # type: ignore[return-value]


def _device() -> DeviceIdentity | None:
    given = request.headers.get("Authorization", "")
    if given[: len(_SCHEME)].lower() != _SCHEME or len(given) > _LONGEST:
        return None
    now = clock.now()
    recognised = devices.authenticate(given[len(_SCHEME) :].strip(), now=now)
    if recognised is None:
        return None
    if recognised.is_due:
        with transaction():
            devices.note_seen(recognised.identity, now=now)
    return recognised.identity


def _unknown() -> Response:
    message = gettext("This device is not paired, or not any more.")
    response = jsonify(error={"code": "unauthorized", "message": message, "fields": {}})
    response.status_code = 401
    response.headers["WWW-Authenticate"] = "Bearer"
    return response
