"""Coming in by a personal link.

What a browser is shown that only has the link: the invitation and the answer given, never what the guest
told about themselves, and never the mail address. The guest's own page opens for the browser that gave the
answer; elsewhere its link is mailed to the address on the list (docs/decisions/0008,
0011), and a mailed code lets another browser change the answer.
"""

from flask import Blueprint, Response, g, session

from eventsapp.access.identity import GuestIdentity
from eventsapp.core.tokens import Purpose
from eventsapp.events import replayed
from eventsapp.rsvps import links
from eventsapp.rsvps.models import Guest
from eventsapp.web import locale
from eventsapp.web.current import set_identity, settings

_REMEMBERED = "answered_here"
_MOST = 10  # guests for whom one browser answered, an office's perhaps


class NotProved(Exception):
    """A browser that did not give the answer would change it; what it wanted is not stored."""


def enter(token: str, purpose: Purpose, *, brief: bool = False) -> Guest:
    """The guest of a link, who is from now on the one asking. Raises `NotFound`.

    `brief` as in `links.resolve`.
    """
    guest = links.resolve(settings(), token, purpose, brief=brief)
    set_identity(GuestIdentity(guest.id, guest.event_id))
    locale.prefer(guest.language)
    g.demo_note = replayed.note(guest.event)
    return guest


def answered_here(guest: Guest) -> bool:
    """Whether this browser gave the guest's answer, or opened their own page, before."""
    return guest.code in session.get(_REMEMBERED, ())


def remember(code: str) -> None:
    """Let this browser in to the own page of the guest with that code from the invitation."""
    known = [other for other in session.get(_REMEMBERED, ()) if other != code]
    session[_REMEMBERED] = [*known, code][-_MOST:]


def unlisted(blueprint: Blueprint) -> None:
    """Keep a blueprint's pages out of search engines and out of every cache."""

    @blueprint.after_request
    def _mark(response: Response) -> Response:
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Cache-Control"] = "no-store"
        return response
