"""`GET /api/v1/door…`: what a device must know of its door."""

from dataclasses import asdict
from typing import Any

from flask import abort, request
from flask_smorest import Blueprint

from eventsapp.access.identity import DeviceIdentity
from eventsapp.api.v1 import shapes
from eventsapp.api.v1.caller import for_device
from eventsapp.api.v1.keys import badge_keys
from eventsapp.core import clock
from eventsapp.core.db import db
from eventsapp.core.errors import Invalid
from eventsapp.core.text import N_, clean
from eventsapp.door import queries
from eventsapp.events.models import Event

blueprint = Blueprint(
    "door_api", __name__, url_prefix="/api/v1/door", description="The door a device stands at."
)

_LONGEST_NAME = 200


@blueprint.route("")
@blueprint.doc(summary="Who am I", responses=shapes.answers("Station", 401, 503))
@for_device
def station(device: DeviceIdentity) -> dict[str, Any]:
    """The device's event, its checkpoints, the public badge keys and the server's time."""
    event = db.session.get(Event, device.event_id) or abort(404)
    return {
        "device": device.name,
        "event": {
            "slug": event.slug,
            "title": event.title,
            "timezone": event.timezone,
            "starts_at": event.starts_at.isoformat(),
            "ends_at": event.ends_at.isoformat(),
        },
        "checkpoints": [
            {
                "code": checkpoint.code,
                "name": checkpoint.name,
                "area": checkpoint.area,
                "opens_at": checkpoint.opens_at.isoformat() if checkpoint.opens_at else None,
                "closes_at": checkpoint.closes_at.isoformat() if checkpoint.closes_at else None,
                "capacity": checkpoint.capacity,
            }
            for checkpoint in queries.checkpoints(device.event_id)
            if checkpoint.id in device.checkpoint_ids
        ],
        "keys": {str(key_id): key.hex() for key_id, key in badge_keys().items()},
        "server_time": clock.now().isoformat(),
    }


@blueprint.route("/guests")
@blueprint.doc(
    summary="Find a guest by name",
    parameters=[
        {
            "name": "q",
            "in": "query",
            "required": True,
            "description": "Part of a name, in any script and any recorded spelling.",
            "schema": {"type": "string", "minLength": 1, "maxLength": _LONGEST_NAME},
        }
    ],
    responses=shapes.answers("Guests", 401, 422, 503),
)
@for_device
def guests(device: DeviceIdentity) -> dict[str, Any]:
    """Guests of the device's event by name, 20 at most: no more of them than a steward needs."""
    try:
        term = clean(request.args.get("q", ""), limit=_LONGEST_NAME)
    except Invalid as error:
        error.field = "q"
        raise
    if not term:
        raise Invalid(N_("Please give a part of a name."), field="q")
    found = queries.find_guests(device.event_id, term)
    return {
        "guests": [
            {
                "name": guest.name,
                "language": guest.language,
                "short_code": guest.short_code,
                "category": {"names": guest.category, "letter": guest.letter, "colour": guest.colour},
                "standing": guest.standing,
            }
            for guest in found
        ]
    }


@blueprint.route("/counts")
@blueprint.doc(summary="Live counts", responses=shapes.answers("Counts", 401, 503))
@for_device
def counts(device: DeviceIdentity) -> dict[str, Any]:
    """Who was expected, who came, who is inside now."""
    return asdict(queries.counts(device.event_id))
