"""The key with which this installation signs badges."""

from flask import current_app

from eventsapp.badges.keys import BadgeKeys, CurrentKey


def current_key() -> CurrentKey:
    """The key to sign with now."""
    keys: BadgeKeys = current_app.extensions["badge_keys"]
    return keys.current()
