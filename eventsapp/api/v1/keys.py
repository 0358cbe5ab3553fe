"""The badge keys of this installation."""

from collections.abc import Mapping

from flask import current_app

from eventsapp.badges.keys import BadgeKeys


def badge_keys() -> Mapping[int, bytes]:
    """The public keys by their ids, read again when a key was added."""
    keys: BadgeKeys = current_app.extensions["badge_keys"]
    return keys.public_keys()
