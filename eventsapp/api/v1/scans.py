"""`POST /api/v1/scans`: a device uploads what it scanned."""

import json
from datetime import datetime
from typing import Any

from flask import Response, request
from flask_smorest import Blueprint
from werkzeug.exceptions import BadRequest

from eventsapp.access.identity import DeviceIdentity
from eventsapp.api.v1 import bodies, shapes
from eventsapp.api.v1.caller import for_scanning
from eventsapp.api.v1.keys import badge_keys
from eventsapp.core import clock
from eventsapp.door import service
from eventsapp.door.attempts import FirstAdmission, HolderShown, ScanResult

blueprint = Blueprint("scans", __name__, url_prefix="/api/v1", description="Badges shown at doors.")


@blueprint.route("/scans", methods=["POST"])
@blueprint.doc(
    summary="Upload scans",
    requestBody=shapes.body("Upload"),
    responses=shapes.answers("Verdicts", 400, 401, 413, 422, 503),
)
@for_scanning
def upload(device: DeviceIdentity, token: bytes) -> Response:
    """The verdict on each scan, in order.

    Every attempt is stored when the answer comes, refused ones too; an id that the device has sent before
    gets the answer that it got then. A malformed upload is refused whole and nothing of it is stored.
    """
    now = clock.now()
    try:
        sent_at, attempts = bodies.upload(bodies.parse(request.get_data(cache=False)))
    except bodies.MalformedError as error:
        raise BadRequest from error
    results = service.scan(device, attempts, sent_at=sent_at, now=now, keys=badge_keys(), token=token)
    drift = int((now - sent_at).total_seconds() * 1000)
    answer = {"received_at": _time(now), "clock_drift_ms": drift, "scans": [_result(r) for r in results]}
    return Response(_written(answer), mimetype="application/json")


_written = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _result(result: ScanResult) -> dict[str, Any]:
    return {
        "id": result.id,
        "outcome": result.outcome.value,
        "cause": result.cause.value if result.cause else None,
        "at": _time(result.at),
        "holder": holder(result.holder) if result.holder else None,
        "first": _first(result.first) if result.first else None,
        "opens_at": _time(result.opens_at) if result.opens_at else None,
        "closed_at": _time(result.closed_at) if result.closed_at else None,
        "allowed_at": list(result.allowed_at),
    }


def holder(shown: HolderShown) -> dict[str, Any]:
    """What the steward may see of a guest."""
    return {
        "name": shown.name,
        "language": shown.language,
        "short_code": shown.short_code,
        "category": {"names": dict(shown.category), "letter": shown.letter, "colour": shown.colour},
    }


def _first(first: FirstAdmission) -> dict[str, Any]:
    return {"checkpoint": first.checkpoint, "device": first.device, "at": _time(first.at)}


def _time(instant: datetime) -> str:
    return instant.isoformat().replace("+00:00", "Z")
