"""Categories of guests: what their badge looks like and which zones it opens."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from eventsapp.access.identity import Actor
from eventsapp.audit import service as audit
from eventsapp.core.db import db
from eventsapp.core.errors import Conflict
from eventsapp.core.maps import clean_colour, clean_line, clean_map
from eventsapp.core.provenance import Source
from eventsapp.core.text import N_
from eventsapp.events import signals
from eventsapp.events.enums import EventKind, Pattern
from eventsapp.events.models import Category, Event
from eventsapp.events.service import checked_capacity, more_seats, must_be_open
from eventsapp.places.models import Zone

MOST = 255  # the category is one byte of a badge code


@dataclass(frozen=True, kw_only=True)
class CategoryInput:
    """A category as entered; `colour` as #rrggbb, `letter` one or two characters."""

    names: Mapping[str, str]
    letter: str
    colour: str
    pattern: Pattern = Pattern.PLAIN
    zones: Sequence[Zone] = ()
    for_registration: bool = False
    capacity: int | None = None  # seats; None: as many as the event has


def create_category(
    event: Event, given: CategoryInput, *, source: Source = Source.ENTERED, actor: Actor, now: datetime
) -> Category:
    """A category after the others, with a number that no other of the event has or had."""
    must_be_open(event)
    if event.last_category_number >= MOST:
        raise Conflict(N_("An event has at most %(most)s categories, counting those removed."), most=MOST)
    category = Category(
        source=source,
        number=event.last_category_number + 1,
        position=max((other.position for other in event.categories), default=-1) + 1,
    )
    _fill(category, event, given)
    event.last_category_number += 1
    event.categories.append(category)
    return _stored(category, "category.created", actor, now)


def edit_category(category: Category, given: CategoryInput, *, actor: Actor, now: datetime) -> Category:
    """Change a category. Badges printed before keep the look they were printed with.

    Raises `Conflict` for fewer seats than are taken.
    """
    event = category.event
    must_be_open(event)
    # The event first, as whoever takes seats does: else each could wait for the other.
    db.session.execute(select(Event.id).where(Event.id == event.id).with_for_update(key_share=True))
    db.session.refresh(category, ["capacity", "seats_taken"])
    before = category.capacity
    _fill(category, event, given)
    stored = _stored(category, "category.edited", actor, now)
    if more_seats(before, category.capacity):
        signals.seats_added.send(event=event, item=None, actor=actor, now=now)
    return stored


def delete_category(category: Category, *, actor: Actor, now: datetime) -> None:
    """Strike a category; refused (`Conflict`) while a guest is in it. Its number is never used again."""
    must_be_open(category.event)
    category_id, event = category.id, category.event
    try:
        with db.session.begin_nested():
            db.session.delete(category)
    except IntegrityError as error:
        raise Conflict(N_("Guests are in this category; give them another one first.")) from error
    db.session.expire(event, ["categories"])
    audit.record("category.deleted", "category", category_id, actor=actor, now=now, event_id=event.id)


def _fill(category: Category, event: Event, given: CategoryInput) -> None:
    letter = clean_line(given.letter, field="letter", limit=2, required=True).upper()[:2]
    if any(other.letter == letter for other in event.categories if other is not category):
        raise Conflict(N_("Another category of this event has this letter."), field="letter")
    colour = clean_colour(given.colour, field="colour")
    category.names = clean_map(given.names, field="names", required=True, limit=60)
    category.letter = letter
    category.colour = colour
    category.pattern = given.pattern
    category.for_registration = given.for_registration
    category.capacity = checked_capacity(given.capacity, category.seats_taken or 0)
    if category.zones != list(given.zones):
        category.zones = list(given.zones)
    if given.for_registration:
        for other in event.categories:
            other.for_registration = other is category


def _stored(category: Category, action: str, actor: Actor, now: datetime) -> Category:
    db.session.flush()
    audit.record(action, "category", category.id, actor=actor, now=now, event_id=category.event_id)
    return category


def add_usual_categories(event: Event, *, actor: Actor, now: datetime) -> Sequence[Category]:
    """The categories that an event of this kind usually has, to begin with; only for an event with none."""
    if event.categories:
        raise Conflict(N_("This event has categories already."))
    return [create_category(event, given, actor=actor, now=now) for given in USUAL[event.kind]]


def _usual(letter: str, colour: str, pattern: Pattern, *names: str, registers: bool = False) -> CategoryInput:
    return CategoryInput(
        names=dict(zip(("en", "zh-Hant", "uk"), names, strict=True)),
        letter=letter,
        colour=colour,
        pattern=pattern,
        for_registration=registers,
    )


_HEAD = _usual("H", "#8a6100", Pattern.DIAGONAL, "Head of delegation", "團長", "Голова делегації")
_DELEGATE = _usual("D", "#1a5fb4", Pattern.PLAIN, "Delegate", "代表", "Делегат")
_OFFICIAL = _usual("O", "#1c3a6e", Pattern.STRIPES, "Official", "官員", "Посадова особа")
_SPEAKER = _usual("S", "#1f6f43", Pattern.WAVES, "Speaker", "講者", "Доповідач")
_GUEST = _usual("G", "#0f6b6b", Pattern.PLAIN, "Guest", "貴賓", "Гість", registers=True)
_INTERPRETER = _usual("I", "#6b3fa0", Pattern.DOTS, "Interpreter", "口譯員", "Перекладач")
_PRESS = _usual("P", "#7a5c00", Pattern.GRID, "Press", "媒體", "Преса")
_STAFF = _usual("T", "#5b6770", Pattern.PLAIN, "Staff", "工作人員", "Персонал")

USUAL: Mapping[EventKind, Sequence[CategoryInput]] = {
    EventKind.SUMMIT: (_HEAD, _DELEGATE, _SPEAKER, _GUEST, _PRESS, _INTERPRETER, _STAFF),
    EventKind.SIGNING: (_HEAD, _OFFICIAL, _GUEST, _PRESS, _INTERPRETER, _STAFF),
    EventKind.VISIT: (_HEAD, _DELEGATE, _OFFICIAL, _PRESS, _INTERPRETER, _STAFF),
}
