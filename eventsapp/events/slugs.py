"""Addresses of events: short, lower case, for ever."""

import re
import unicodedata
from collections.abc import Mapping

from sqlalchemy import select

from eventsapp.core.db import db
from eventsapp.core.errors import Conflict, Invalid
from eventsapp.core.text import N_
from eventsapp.events.models import Event

LONGEST = 80
RESERVED = frozenset({"new"})  # /organise/events/new
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_OTHER = re.compile(r"[^a-z0-9]+")


def checked(slug: str, event_id: int | None = None) -> str:
    """A slug as typed, lower case; refuses one that cannot stand in an address or is taken."""
    slug = slug.strip().lower()
    if not _SLUG.fullmatch(slug) or len(slug) > LONGEST or slug in RESERVED:
        raise Invalid(
            N_("Please use letters from a to z, figures and single hyphens, such as smart-city-2026."),
            field="slug",
        )
    if slug in _taken(slug, event_id):
        raise Conflict(N_("Another event has this address."), field="slug")
    return slug


def proposed(title: Mapping[str, str], fallback: str) -> str:
    """A free slug made from the Latin letters of the title; from `fallback` where it has none."""
    texts = [title.get("en", ""), *title.values()]
    base = next((made for text in texts if len(made := _plain(text)) >= 3), fallback)[: LONGEST - 4].strip(
        "-"
    )
    taken = _taken(base, None) | RESERVED
    return next(slug for slug in _numbered(base) if slug not in taken)


def _numbered(base: str) -> list[str]:
    return [base, *(f"{base}-{number}" for number in range(2, 1000))]


def _plain(text: str) -> str:
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _OTHER.sub("-", ascii_only.lower()).strip("-")


def _taken(base: str, event_id: int | None) -> set[str]:
    query = select(Event.slug).where(Event.slug.startswith(base, autoescape=True))
    if event_id is not None:
        query = query.where(Event.id != event_id)
    return set(db.session.scalars(query))
