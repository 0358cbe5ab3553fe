"""Events: create, edit, publish, cancel, close."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from email_validator import EmailNotValidError, validate_email
from sqlalchemy.exc import IntegrityError

from eventsapp.access.identity import Actor
from eventsapp.audit import service as audit
from eventsapp.core.db import db, violated
from eventsapp.core.errors import Conflict, Invalid
from eventsapp.core.maps import clean_line, clean_map, clean_paragraphs, clean_tags
from eventsapp.core.provenance import Source
from eventsapp.core.text import N_
from eventsapp.events import signals, slugs
from eventsapp.events.enums import EventKind, EventState, Visibility
from eventsapp.events.models import Event
from eventsapp.events.times import instant, span
from eventsapp.people.models import Organisation
from eventsapp.places.models import Venue

MOST_SEATS = 1_000_000
OPEN = frozenset({EventState.DRAFT, EventState.PUBLISHED})  # what can still be changed
_SHIFTING = ("timezone", "starts_at", "ends_at", "venue_id")  # what raises SEQUENCE


@dataclass(frozen=True, kw_only=True)
class EventInput:
    """An event as entered. Local times are naive, in `timezone`; the first of `languages` is its own.

    `slug` is made from the title when empty. `kind` is settled when the event is created.
    """

    kind: EventKind
    title: Mapping[str, str]
    timezone: str
    starts_local: datetime
    ends_local: datetime
    slug: str = ""
    subtitle: Mapping[str, str] = field(default_factory=dict)
    description: Mapping[str, str] = field(default_factory=dict)
    practical: Mapping[str, str] = field(default_factory=dict)
    languages: Sequence[str] = ("en", "zh-Hant", "uk")
    visibility: Visibility = Visibility.INVITATION
    parent: Event | None = None
    attends: Sequence[Event] = ()
    host: Organisation | None = None
    venue: Venue | None = None
    reply_by_local: datetime | None = None
    capacity: int | None = None
    registration_open: bool = False
    contact_email: str = ""
    note: str = ""


def create_event(
    given: EventInput,
    *,
    source: Source = Source.ENTERED,
    source_reference: str = "",
    shifted_days: int = 0,
    actor: Actor,
    now: datetime,
) -> Event:
    """A new event, as a draft. Refuses (`Invalid`, `Conflict`) at the field that cannot be right."""
    event = Event(
        slug=slugs.checked(given.slug) if given.slug else slugs.proposed(given.title, given.kind.value),
        kind=given.kind,
        state=EventState.DRAFT,
        source=source,
        source_reference=source_reference,
        shifted_days=shifted_days,
        created_at=now,
        revised_at=now,
        sequence=0,
        seats_taken=0,
        last_category_number=0,
    )
    _fill(event, given)
    db.session.add(event)
    _store()
    _record("event.created", event, actor, now, kind=event.kind.value)
    return event


def edit_event(event: Event, given: EventInput, *, actor: Actor, now: datetime) -> Event:
    """Change an event.

    Another time or place of a published event raises its SEQUENCE and is announced
    (`signals.event_moved`). The address stays once the event is published. Refuses (`Conflict`) a closed
    or cancelled event, and fewer seats than are taken.
    """
    must_be_open(event)
    before = _shifting(event)
    seats = event.capacity
    _fill(event, given)
    _change_slug(event, given.slug)
    event.revised_at = now
    moved = _shifting(event) != before
    if moved:
        event.sequence += 1
    _store()
    _record("event.edited", event, actor, now, moved=moved)
    if moved and event.state is EventState.PUBLISHED:
        signals.event_moved.send(event=event, actor=actor, now=now)
    if more_seats(seats, event.capacity):
        signals.seats_added.send(event=event, item=None, actor=actor, now=now)
    return event


def _fill(event: Event, given: EventInput) -> None:
    event.title = clean_map(given.title, field="title", required=True)
    event.subtitle = clean_map(given.subtitle, field="subtitle", limit=300)
    event.description = clean_map(given.description, field="description", limit=10_000, multiline=True)
    event.practical = clean_map(given.practical, field="practical", limit=10_000, multiline=True)
    event.languages = clean_tags(tuple(given.languages), field="languages") or ["en"]
    event.visibility = given.visibility
    event.contact_email = email_address(given.contact_email, field="contact_email")
    event.note = clean_paragraphs(given.note, field="note")
    event.registration_open = given.registration_open
    event.capacity = checked_capacity(given.capacity, event.seats_taken)
    _fill_times(event, given)
    _fill_places(event, given)


def _fill_times(event: Event, given: EventInput) -> None:
    times = span(given.starts_local, given.ends_local, given.timezone)
    event.timezone = given.timezone
    event.starts_local, event.starts_at = given.starts_local, times.starts_at
    event.ends_local, event.ends_at = given.ends_local, times.ends_at
    event.reply_by_local, event.reply_by_at = given.reply_by_local, None
    if given.reply_by_local is not None:
        event.reply_by_at = instant(given.reply_by_local, given.timezone, field="reply_by_local")
        if event.reply_by_at > times.ends_at:
            raise Invalid(N_("The reply-by date is after the end of the event."), field="reply_by_local")


def _fill_places(event: Event, given: EventInput) -> None:
    step = given.parent
    while step is not None:
        if step is event:
            raise Invalid(N_("An event cannot stand inside itself."), field="parent")
        step = step.parent
    if event in given.attends:
        raise Invalid(N_("An event cannot attend itself."), field="attends")
    event.parent = given.parent
    event.parent_id = given.parent.id if given.parent else None
    event.attends = list(given.attends)
    event.host = given.host
    event.venue = given.venue
    event.venue_id = given.venue.id if given.venue else None


def _shifting(event: Event) -> tuple[object, ...]:
    return tuple(getattr(event, name) for name in _SHIFTING)


def _change_slug(event: Event, slug: str) -> None:
    slug = slug.strip().lower()
    if not slug or slug == event.slug:
        return
    if event.state is not EventState.DRAFT:
        raise Conflict(
            N_("The address of a published event stays as it is: links to it are out."), field="slug"
        )
    event.slug = slugs.checked(slug, event.id)


def publish_event(event: Event, *, actor: Actor, now: datetime) -> Event:
    """Let guests see a draft. Refuses (`Conflict`) anything else than a draft."""
    if event.state is not EventState.DRAFT:
        raise Conflict(N_("Only a draft can be published."))
    event.state = EventState.PUBLISHED
    event.published_at = now
    return _passed(event, "event.published", actor, now)


def cancel_event(event: Event, reason: Mapping[str, str], *, actor: Actor, now: datetime) -> Event:
    """Call a draft or published event off, with a reason for guests to read (it may be empty).

    The event stays where it is, marked cancelled; those who must act on it hear
    `signals.event_cancelled`. Refuses (`Conflict`) an event that is cancelled or closed already.
    """
    if event.state is EventState.CANCELLED:
        raise Conflict(N_("This event is cancelled already."))
    if event.state is EventState.CLOSED:
        raise Conflict(N_("This event is closed; it took place."))
    event.cancel_reason = clean_map(reason, field="reason", limit=2000, multiline=True)
    event.state = EventState.CANCELLED
    event.cancelled_at = now
    event.registration_open = False
    _passed(event, "event.cancelled", actor, now)
    signals.event_cancelled.send(event=event, actor=actor, now=now)
    return event


def close_event(event: Event, *, actor: Actor, now: datetime) -> Event:
    """Put a published event away after it took place: nothing of it can be changed any more.

    Refuses (`Conflict`) an event that is not published or has not begun.
    """
    if event.state is not EventState.PUBLISHED:
        raise Conflict(N_("Only a published event can be closed."))
    if event.starts_at > now:
        raise Conflict(N_("This event has not begun. Cancel it if it will not take place."))
    event.state = EventState.CLOSED
    event.closed_at = now
    event.registration_open = False
    event.revised_at = now  # closing changes nothing in anybody's calendar
    db.session.flush()
    _record("event.closed", event, actor, now)
    signals.event_closed.send(event=event, actor=actor, now=now)
    return event


def _passed(event: Event, action: str, actor: Actor, now: datetime) -> Event:
    event.sequence += 1
    event.revised_at = now
    db.session.flush()
    _record(action, event, actor, now)
    return event


def must_be_open(event: Event) -> None:
    """Refuse (`Conflict`) to change what belongs to a cancelled or closed event."""
    if event.state is EventState.CANCELLED:
        raise Conflict(N_("This event is cancelled and can no longer be changed."))
    if event.state is EventState.CLOSED:
        raise Conflict(N_("This event is closed and can no longer be changed."))


def checked_capacity(capacity: int | None, taken: int) -> int | None:
    """A number of seats that holds those already taken; None for no limit."""
    if capacity is not None and not 0 <= capacity <= MOST_SEATS:
        raise Invalid(
            N_("Please give a number from 0 to %(most)s, or leave this empty."),
            field="capacity",
            most=MOST_SEATS,
        )
    if capacity is not None and capacity < taken:
        raise _too_few(taken)
    return capacity


def _too_few(taken: int) -> Conflict:
    return Conflict(
        N_("%(taken)s seats are taken already; there cannot be fewer."), field="capacity", taken=taken
    )


def more_seats(before: int | None, after: int | None) -> bool:
    """Whether a change of capacity leaves room for people who wait."""
    return before is not None and (after is None or after > before)


def email_address(text: str, *, field: str) -> str:
    """A mail address in its customary form, or "" for none; refuses (`Invalid`) what is none."""
    text = clean_line(text, field=field, limit=320)
    if not text:
        return ""
    try:
        return validate_email(text, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError as error:
        raise Invalid(N_("This is not a mail address."), field=field) from error


def _store() -> None:
    """Flush; what somebody else did at the same moment is refused in words."""
    try:
        db.session.flush()
    except IntegrityError as error:
        if violated(error, "uq_event_slug"):
            raise Conflict(N_("Another event has this address."), field="slug") from error
        if violated(error, "ck_event_seats"):
            raise Conflict(N_("More seats are taken by now; please reload."), field="capacity") from error
        raise


def _record(action: str, event: Event, actor: Actor, now: datetime, **detail: Any) -> None:
    audit.record(action, "event", event.id, actor=actor, now=now, event_id=event.id, **detail)
