"""From a badge and its guest to what stands on it."""

import hashlib
from collections.abc import Iterator
from dataclasses import fields
from datetime import date

from eventsapp.badges import queries
from eventsapp.badges.code import BadgeCode, encode
from eventsapp.badges.face import BadgeFace
from eventsapp.badges.keys import CurrentKey
from eventsapp.badges.models import Badge
from eventsapp.core import languages
from eventsapp.events.models import Event
from eventsapp.people.enums import NameKind
from eventsapp.rsvps.models import Guest
from eventsapp.web.formats import date_range_text

_ENGLISH = "en"
_SHOWN = tuple(field.name for field in fields(BadgeFace))


def code_text(badge: Badge, key: CurrentKey) -> str:
    """The text of the badge's QR symbol, signed now."""
    guest = badge.guest
    return _signed(
        key,
        event_tag(guest.event),
        badge.number,
        badge.revision,
        guest.category.number,
        badge.valid_from,
        badge.valid_until,
    )


def code_texts(event: Event, key: CurrentKey) -> Iterator[str]:
    """The text of every badge of the event that opens doors, by name; never all of them at once."""
    tag = event_tag(event)
    for facts in queries.coded(event):
        yield _signed(key, tag, *facts)


def _signed(
    key: CurrentKey, tag: int, number: int, revision: int, category: int, first: date, last: date
) -> str:
    return encode(BadgeCode(key.key_id, tag, number, revision, category, first, last), key.signing_key)


def event_tag(event: Event) -> int:
    """24 bits that tell events apart in codes; drawn from the event's UID, not its row."""
    return int.from_bytes(hashlib.sha256(event.uid.encode()).digest()[:3], "big")


def face(badge: Badge, key: CurrentKey) -> BadgeFace:
    """What is printed: in the event's own language, the name as the guest wishes it.

    The second line is the name in the bearer's script or, where that is the first, its transcription.
    """
    guest = badge.guest
    event = guest.event
    own = event.languages[0] if event.languages else _ENGLISH
    name, name_language, second, second_language = _names(guest)
    return BadgeFace(
        event_title=_text(event.title, own),
        event_note=_note(event, own),
        name=name,
        name_lang=name_language,
        native_name=second,
        native_name_lang=second_language,
        title=_text(guest.affiliation.title, own) if guest.affiliation else "",
        organisation=_organisation(guest, own),
        category_name=_text(guest.category.names, own),
        category_letter=guest.category.letter,
        category_colour=guest.category.colour,
        category_pattern=guest.category.pattern,
        zones=tuple(zone.letter for zone in guest.category.zones),
        lang=own,
        code=code_text(badge, key),
        short_code=spaced(badge.short_code),
    )


def digest(shown: BadgeFace) -> str:
    """What was printed, as 64 characters that change when anything to be seen does."""
    seen = tuple("-" if name == "code" else getattr(shown, name) for name in _SHOWN)
    return hashlib.sha256(repr(seen).encode()).hexdigest()


def spaced(short_code: str) -> str:
    """A short code as people read it: in fours."""
    return f"{short_code[:4]} {short_code[4:]}"


def _text(texts: dict[str, str], own: str) -> str:
    return languages.pick(texts, own, own).text


def _note(event: Event, own: str) -> str:
    days = date_range_text(event.starts_local.date(), event.ends_local.date(), own)
    place = _text(event.venue.names, own) if event.venue else ""
    return f"{days} · {place}" if place else days


def _organisation(guest: Guest, own: str) -> str:
    organisation = guest.affiliation.organisation if guest.affiliation else None
    return _text(organisation.names, own) if organisation else ""


def _names(guest: Guest) -> tuple[str, str, str, str]:
    """The name and its language, the second line and its."""
    person = guest.person
    name = guest.badge_name or person.display_name
    names = sorted(person.names, key=lambda known: known.position)
    language = next((known.language for known in names if known.full == name), person.display_language)
    others = [known for known in names if known.full != name]
    for kind in (NameKind.BADGE, NameKind.NATIVE, NameKind.TRANSCRIPTION):
        for known in others:
            if known.kind is kind:
                return name, language, known.full, known.language
    return name, language, "", ""
