"""The badge keys of this installation."""

from collections.abc import Mapping

from flask import Flask, current_app

from eventsapp.badges.keys import BadgeKeys
from eventsapp.core.config import Settings


def badge_keys() -> Mapping[int, bytes]:
    """The public keys by their ids, read again when a key was added."""
    keys: BadgeKeys = current_app.extensions["door_keys"]
    return keys.public_keys()


def init_app(app: Flask) -> None:
    """Know where the keys are."""
    settings: Settings = app.extensions["settings"]
    app.extensions["door_keys"] = BadgeKeys(settings.instance)
