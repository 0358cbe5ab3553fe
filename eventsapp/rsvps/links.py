"""A guest's personal links: derived, never stored (docs/decisions/0003)."""

from functools import cache

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import joinedload, load_only, selectinload

from eventsapp.core import tokens
from eventsapp.core.config import Settings
from eventsapp.core.db import db
from eventsapp.core.errors import NotFound
from eventsapp.core.links import absolute
from eventsapp.core.text import N_
from eventsapp.core.tokens import Purpose
from eventsapp.events.enums import EventState
from eventsapp.events.models import Event
from eventsapp.rsvps.models import Guest, ItemReply

_PATHS = {
    Purpose.INVITATION: "/i/{}",
    Purpose.OWN_PAGE: "/my/{}",
    Purpose.CONFIRMATION: "/confirm/{}",
    Purpose.FEED: "/calendar/{}.ics",
    Purpose.REMINDERS: "/reminders/{}",
}


def token(settings: Settings, guest: Guest, purpose: Purpose) -> str:
    """The guest's token for one purpose, as it stands in the address."""
    return tokens.make_link(settings.secret, purpose, guest.code, _generation(guest, purpose))


def path(settings: Settings, guest: Guest, purpose: Purpose) -> str:
    """The address under this installation."""
    return _PATHS[purpose].format(token(settings, guest, purpose))


def address(settings: Settings, guest: Guest, purpose: Purpose) -> str:
    """The whole address, to be mailed or copied."""
    return absolute(settings.base_url, path(settings, guest, purpose))


def address_of(settings: Settings, purpose: str, code: str, generation: int) -> str:
    """The whole address for the guest with that code, as templates of mails make it."""
    known = Purpose(purpose)
    made = tokens.make_link(settings.secret, known, code, generation)
    return absolute(settings.base_url, _PATHS[known].format(made))


def resolve(settings: Settings, given: str, purpose: Purpose, *, brief: bool = False) -> Guest:
    """The guest a link was made for, with event, answers and details; `brief`: only who they are.

    Raises `NotFound`, in the same words, for a token that is unknown, revoked or made for another
    purpose, and while the event is a draft.
    """
    query, asked = _brief() if brief else _whole(), {"code": tokens.link_code(given)}
    guest: Guest | None = db.session.scalar(query, asked)
    if guest is None or not _is_genuine(settings, given, purpose, guest):
        raise NotFound(N_("There is nothing at this address, or not any more."))
    return guest


# The statements are made once: composing one costs as much as asking it.


@cache
def _brief() -> Select[Guest]:
    """For an answer, which reads the rest when it is held."""
    return (
        select(Guest)
        .where(Guest.code == bindparam("code"))
        .options(
            load_only(
                Guest.code,
                Guest.event_id,
                Guest.person_id,
                Guest.companions_allowed,
                Guest.email,
                Guest.language,
                Guest.replied_at,
                Guest.link_generation,
                Guest.feed_generation,
            ),
            joinedload(Guest.event, innerjoin=True).load_only(
                Event.state, Event.shifted_days, Event.starts_local
            ),
        )
    )


@cache
def _whole() -> Select[Guest]:
    return (
        select(Guest)
        .where(Guest.code == bindparam("code"))
        .options(
            joinedload(Guest.event, innerjoin=True).options(joinedload(Event.venue), joinedload(Event.host)),
            joinedload(Guest.person, innerjoin=True),
            joinedload(Guest.category, innerjoin=True),
            joinedload(Guest.details),
            selectinload(Guest.item_replies).joinedload(ItemReply.item),
        )
    )


def _is_genuine(settings: Settings, given: str, purpose: Purpose, guest: Guest) -> bool:
    keys = (settings.secret, *settings.secret_key_fallbacks)
    genuine = tokens.link_is_genuine(keys, given, purpose, _generation(guest, purpose))
    return genuine and guest.event.state is not EventState.DRAFT


def _generation(guest: Guest, purpose: Purpose) -> int:
    return guest.feed_generation if purpose is Purpose.FEED else guest.link_generation
