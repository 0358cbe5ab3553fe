"""Focal points as the organiser keeps them: who, in which language, for how many of which category."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from eventsapp.access.identity import Actor
from eventsapp.audit.service import record
from eventsapp.core.db import db
from eventsapp.core.errors import Conflict, Invalid
from eventsapp.core.maps import clean_line, clean_paragraphs, clean_tags
from eventsapp.core.text import N_
from eventsapp.events.enums import EventState
from eventsapp.events.models import Category, Event
from eventsapp.events.service import email_address, must_be_open
from eventsapp.focal import messages, quotas
from eventsapp.focal.models import FocalPoint, Quota
from eventsapp.people.models import Organisation
from eventsapp.visits.models import Delegation

MOST = 1000  # guests of one category that one focal point may name


@dataclass(frozen=True, kw_only=True)
class FocalPointInput:
    """A focal point as entered; an empty `language` is the event's own.

    `quotas` says how many guests of a category it may name; a category that is left out has none.
    """

    name: str
    email: str = ""
    language: str = ""
    delegation: Delegation | None = None
    organisation: Organisation | None = None
    note: str = ""
    quotas: Mapping[Category, int] = field(default_factory=dict)


def create(event: Event, given: FocalPointInput, *, actor: Actor, now: datetime) -> FocalPoint:
    """A new focal point. Nothing is sent. Raises `Invalid` for what cannot be stored."""
    must_be_open(event)
    point = FocalPoint(event=event, event_id=event.id, link_generation=1, quotas=[], created_at=now)
    db.session.add(point)
    _fill(point, event, given)
    return _stored(point, "focal_point.created", actor, now)


def edit(point: FocalPoint, given: FocalPointInput, *, actor: Actor, now: datetime) -> FocalPoint:
    """Change a focal point. Raises `Conflict` for a quota below what was named already."""
    must_be_open(point.event)
    _fill(point, point.event, given)
    return _stored(point, "focal_point.edited", actor, now)


def send_link(point: FocalPoint, *, actor: Actor, now: datetime) -> None:
    """Mail the link, at most once a minute.

    Raises `Conflict` without an address, while the event is not published, and for a closed desk.
    """
    if point.event.state is not EventState.PUBLISHED:
        raise Conflict(N_("Publish this event before you invite guests to it."))
    if point.closed_at is not None:
        raise Conflict(N_("This desk is closed."))
    if not point.email:
        raise Conflict(N_("There is no mail address for this focal point. Copy the link instead."))
    point.sent_at = now
    messages.link(point, actor=actor, now=now)
    _stored(point, "focal_point.link-sent", actor, now)


def renew_link(point: FocalPoint, *, actor: Actor, now: datetime) -> None:
    """Give a focal point a new link; the old one opens nothing any more."""
    point.link_generation += 1
    _stored(point, "focal_point.link-renewed", actor, now)


def close(point: FocalPoint, *, actor: Actor, now: datetime) -> None:
    """Shut the desk: its link opens nothing, its people keep their places and answers."""
    if point.closed_at is None:
        point.closed_at = now
        _stored(point, "focal_point.closed", actor, now)


def reopen(point: FocalPoint, *, actor: Actor, now: datetime) -> None:
    """Open a closed desk again, with the link it had."""
    if point.closed_at is not None:
        point.closed_at = None
        _stored(point, "focal_point.reopened", actor, now)


def _fill(point: FocalPoint, event: Event, given: FocalPointInput) -> None:
    if given.delegation is not None and given.delegation.event_id != event.id:
        raise Invalid(N_("This delegation belongs to another event."), field="delegation")
    point.name = clean_line(given.name, field="name", required=True)
    point.email = email_address(given.email, field="email")
    own = event.languages[0] if event.languages else "en"
    point.language = clean_tags((given.language or own,), field="language")[0]
    point.delegation = given.delegation
    point.organisation = given.organisation
    point.note = clean_paragraphs(given.note, field="note")
    db.session.flush()
    _fill_quotas(point, event, given.quotas)


def _fill_quotas(point: FocalPoint, event: Event, wanted: Mapping[Category, int]) -> None:
    numbers = {category.id: number for category, number in wanted.items()}
    if any(category.event_id != event.id for category in wanted):
        raise Invalid(N_("This category belongs to another event."))
    known = {quota.category_id: quota for quota in point.quotas}
    for category_id, quota in known.items():
        number = numbers.get(category_id, 0)
        if not quotas.resize(quota, _checked(quota.category, number)):
            raise _too_few(quota)
        if category_id not in numbers and not quota.named:
            point.quotas.remove(quota)
    for category, number in wanted.items():
        if category.id not in known:
            point.quotas.append(Quota(category=category, number=_checked(category, number), named=0))
    db.session.flush()


def _checked(category: Category, number: int) -> int:
    if not 0 <= number <= MOST:
        raise Invalid(
            N_("Please give a number from 0 to %(most)s."), field=f"quota_{category.code}", most=MOST
        )
    return number


def _too_few(quota: Quota) -> Conflict:
    db.session.refresh(quota)
    return Conflict(
        N_("%(named)s were named in this category already."),
        field=f"quota_{quota.category.code}",
        named=quota.named,
    )


def _stored(point: FocalPoint, action: str, actor: Actor, now: datetime) -> FocalPoint:
    db.session.flush()
    record(action, "focal-point", point.id, actor=actor, now=now, event_id=point.event_id)
    return point
