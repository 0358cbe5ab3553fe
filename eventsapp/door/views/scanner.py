"""The scanner app under `/door/`, its words, and pairing."""

from typing import Any

from flask import Blueprint, Response, jsonify, render_template
from flask_babel import gettext

from eventsapp.core import clock
from eventsapp.core.db import transaction
from eventsapp.core.errors import NotFound
from eventsapp.devices import service as devices
from eventsapp.door import words
from eventsapp.web import headers
from eventsapp.web.guard import by_token, public
from eventsapp.web.limits import limit

blueprint = Blueprint("door_app", __name__, url_prefix="/door")


@blueprint.get("/")
@public
def scanner() -> str:
    """The app itself, the same for everyone; what it may do hangs on the token that the device keeps."""
    headers.for_scanner()
    return render_template("door/scanner.html")


@blueprint.get("/words.json")
@public
def said() -> Response:
    """What the scanner says, in the reader's language, from the one catalogue."""
    texts: dict[str, dict[str, str]] = {
        "outcome": {outcome.value: gettext(text) for outcome, text in words.OUTCOMES.items()},
        "cause": {cause.value: gettext(text) for cause, text in words.CAUSES.items()},
        "advice": {cause.value: gettext(text) for cause, text in words.ADVICE.items()},
        "standing": {standing: gettext(text) for standing, text in words.STANDINGS.items()},
        "say": {name: gettext(text) for name, text in words.SCANNER.items()},
    }
    response = jsonify(texts)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@blueprint.get("/pair/<token>")
@by_token
def pair(token: str) -> tuple[str, int]:
    """Whether the link still works, and a button. Opening it changes nothing: mail scanners open links."""
    waits = devices.pairing_waits(token, now=clock.now())
    return render_template("door/pair.html", waits=waits), 200 if waits else 410


@blueprint.post("/pair/<token>")
@by_token
@limit("120 per minute")
def use_pairing(token: str) -> tuple[Any, int]:
    """Pair: the device's own token, for the script on the pairing page to keep."""
    try:
        with transaction():
            paired = devices.pair(token, now=clock.now())
    except NotFound as error:
        return jsonify(error={"code": "gone", "message": gettext(error.message), "fields": {}}), 410
    return jsonify(token=paired.token), 200
