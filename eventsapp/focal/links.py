"""A focal point's link: derived, never stored, as guests' links are (docs/decisions/0003)."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventsapp.core import tokens
from eventsapp.core.config import Settings
from eventsapp.core.db import db
from eventsapp.core.errors import NotFound
from eventsapp.core.links import absolute
from eventsapp.core.text import N_
from eventsapp.core.tokens import Purpose
from eventsapp.events.enums import EventState
from eventsapp.events.models import Event
from eventsapp.focal.models import FocalPoint
from eventsapp.visits.models import Delegation


def path(settings: Settings, point: FocalPoint) -> str:
    """The address of the desk under this installation."""
    return _path(settings, point.code, point.link_generation)


def address(settings: Settings, point: FocalPoint) -> str:
    """The whole address, to be mailed or copied."""
    return address_of(settings, point.code, point.link_generation)


def address_of(settings: Settings, code: str, generation: int) -> str:
    """The whole address for the focal point with that code, as templates of mails make it."""
    return absolute(settings.base_url, _path(settings, code, generation))


def resolve(settings: Settings, given: str) -> FocalPoint:
    """The focal point a link was made for, with its event.

    Raises `NotFound`, in the same words, for a token that is unknown, revoked or made for another purpose,
    for a desk that was closed, and while the event is a draft.
    """
    point: FocalPoint | None = db.session.scalar(
        select(FocalPoint)
        .where(FocalPoint.code == tokens.link_code(given), FocalPoint.closed_at.is_(None))
        .options(
            joinedload(FocalPoint.event, innerjoin=True).options(
                joinedload(Event.venue), joinedload(Event.host)
            ),
            joinedload(FocalPoint.delegation).joinedload(Delegation.organisation),
            joinedload(FocalPoint.organisation),
        )
    )
    if point is None or not _is_genuine(settings, given, point):
        raise NotFound(N_("There is nothing at this address, or not any more."))
    return point


def _is_genuine(settings: Settings, given: str, point: FocalPoint) -> bool:
    keys = (settings.secret, *settings.secret_key_fallbacks)
    genuine = tokens.link_is_genuine(keys, given, Purpose.FOCAL_POINT, point.link_generation)
    return genuine and point.event.state is not EventState.DRAFT


def _path(settings: Settings, code: str, generation: int) -> str:
    return f"/f/{tokens.make_link(settings.secret, Purpose.FOCAL_POINT, code, generation)}"
