"""Who calls the API: a paired device, by its bearer token and by nothing else."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import Response, jsonify, request
from flask_babel import gettext

from eventsapp.access.identity import DeviceIdentity
from eventsapp.core import clock, tokens
from eventsapp.core.db import transaction
from eventsapp.core.tokens import Purpose
from eventsapp.devices import service as devices
from eventsapp.devices.service import NotPairedError
from eventsapp.web import guard
from eventsapp.web.current import set_identity

View = TypeVar("View", bound=Callable[..., Any])

_SCHEME = "bearer "
_LONGEST = 200


def for_device(view: View) -> View:
    """Guard a view that a paired device may call; it is called with `device=`."""

    @wraps(view)
    def guarded(**kwargs: Any) -> Any:
        token = _token()
        device = _recognise(token) if token else None
        if device is None:
            raise NotPairedError
        set_identity(device)
        return view(device=device, **kwargs)

    return guard.by_token(guarded)  # type: ignore[return-value]


def for_scanning(view: View) -> View:
    """As `for_device`, for a view whose service asks in its own transaction whether the device is paired.

    It is called with `device=` as remembered from an earlier call and `token=`, the digest to ask with:
    a scan then needs the database once.
    """

    @wraps(view)
    def guarded() -> Any:
        token = _token()
        digest = tokens.digest(Purpose.DEVICE, token) if token else b""
        device = _remembered.get(digest)
        if device is None and token:
            device = _recognise(token)
            if device is not None:
                _remember(digest, device)
        if device is None:
            raise NotPairedError
        set_identity(device)
        return view(device=device, token=digest)

    return guard.by_token(guarded)  # type: ignore[return-value]


_remembered: dict[bytes, DeviceIdentity] = {}  # by the digest of a token of 256 random bits
_MOST_REMEMBERED = 4096


def _remember(digest: bytes, device: DeviceIdentity) -> None:
    if len(_remembered) >= _MOST_REMEMBERED:
        _remembered.clear()
    _remembered[digest] = device


def _token() -> str | None:
    given = request.headers.get("Authorization", "")
    if given[: len(_SCHEME)].lower() != _SCHEME or len(given) > _LONGEST:
        return None
    return given[len(_SCHEME) :].strip()


def _recognise(token: str) -> DeviceIdentity | None:
    now = clock.now()
    recognised = devices.authenticate(token, now=now)
    if recognised is None:
        return None
    if recognised.is_due:
        with transaction() as session:
            devices.note_seen(session.connection(), recognised.identity.device_id, now=now)
    return recognised.identity


def refusal(error: NotPairedError) -> Response:
    """401, and how to do better."""
    response = jsonify(error={"code": error.code, "message": gettext(error.message), "fields": {}})
    response.status_code = error.status
    response.headers["WWW-Authenticate"] = "Bearer"
    return response
