"""New guests, named at the desk under a quota: one, or all of a paste, or none."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from eventsapp.access.identity import Actor
from eventsapp.audit.service import record
from eventsapp.core.db import db
from eventsapp.core.errors import Conflict, DomainError, Invalid, NotFound
from eventsapp.core.text import N_
from eventsapp.events.models import Category, Event
from eventsapp.focal import queries, quotas
from eventsapp.focal.models import FocalPlace, FocalPoint, Quota
from eventsapp.focal.names import Listed, NewName
from eventsapp.focal.service import desk
from eventsapp.focal.titles import title_of
from eventsapp.people.service import NameInput, create_person
from eventsapp.rsvps import service as rsvps
from eventsapp.rsvps.enums import Answer, Channel, GuestState, Origin
from eventsapp.rsvps.models import Guest
from eventsapp.rsvps.service import ReplyInput, late

MOST_AT_ONCE = 200


class LineRefused(Invalid):
    """One line of a paste cannot be taken, so none was. `cause` says why, `who` as what it was read."""

    code = "line_refused"

    def __init__(self, line: int, who: str, cause: DomainError) -> None:
        super().__init__(N_("Line %(line)s (%(who)s): %(cause)s"), line=line, who=who, cause=cause)
        self.line, self.who, self.cause = line, who, cause


def name_people(
    point: FocalPoint,
    category: Category,
    people: Sequence[NewName],
    *,
    accept: bool,
    actor: Actor,
    now: datetime,
) -> list[Guest]:
    """Put new people on the list in one category, all or nobody; with `accept` they come.

    Names are kept as they were written; after the reply-by date their answers wait for the organiser.
    Somebody like whom is on the list by now is passed over unless said to be another (`again`): the same
    paste sent twice names everybody once. Raises `LineRefused` for the first line that cannot be taken,
    one beyond the quota among them, and `NotFound` for a category in which this focal point names nobody.
    """
    event = desk.begin(point, now=now)
    quota = _quota(point, category)
    if not people:
        raise Invalid(N_("Please name somebody."), field="text")
    if len(people) > MOST_AT_ONCE:
        raise Invalid(N_("Please name at most %(most)s people at once."), field="text", most=MOST_AT_ONCE)
    listed = Listed(queries.listed_names(point))
    people = [given for given in people if given.again or not listed.has(given)]
    if not people:
        return []
    if not quotas.take(quota, len(people)):
        raise _beyond(quota, people)
    guests = [_named(point, event, quota, given, actor, now) for given in people]
    record(
        "focal_point.named",
        "focal-point",
        point.id,
        actor=actor,
        now=now,
        event_id=event.id,
        guests=len(guests),
    )
    if accept:
        for guest in guests:
            answer = ReplyInput(Answer.ACCEPTED)
            late.answer(guest, answer, channel=Channel.LINK, actor=actor, on_behalf=True, now=now)
    return guests


def remove(point: FocalPoint, place: FocalPlace, *, actor: Actor, now: datetime) -> None:
    """Take somebody off who was named here: their place returns to the quota, a seat to whoever waits.

    Raises `Conflict` for a guest of the host's own list, who can only be answered for, and for one in
    whose place somebody else comes.
    """
    desk.begin(point, now=now)
    place = desk.held(point, place)
    quota = place.quota
    if quota is None:
        raise Conflict(N_("The host has put this guest on the list. You can send regrets for them."))
    if place.guest.state is GuestState.REPRESENTED:
        raise Conflict(N_("Somebody comes in the place of this guest."))
    guest = rsvps.withdraw(place.guest, notify=False, actor=actor, now=now)
    db.session.delete(place)
    db.session.flush()
    quotas.give_back(quota, 1)
    record(
        "focal_point.removed",
        "focal-point",
        point.id,
        actor=actor,
        now=now,
        event_id=point.event_id,
        guest=guest.id,
    )


def _quota(point: FocalPoint, category: Category) -> Quota:
    found = db.session.scalar(
        select(Quota).where(Quota.focal_point_id == point.id, Quota.category_id == category.id)
    )
    if found is None:
        raise NotFound(N_("You cannot name guests of this category."), field="category")
    return found


def _beyond(quota: Quota, people: Sequence[NewName]) -> LineRefused:
    db.session.refresh(quota)
    first = people[min(quotas.left(quota), len(people) - 1)]
    cause = Conflict(
        N_("This is one too many: of the %(number)s places in this category %(left)s are left."),
        number=quota.number,
        left=quotas.left(quota),
    )
    return LineRefused(first.line, first.name, cause)


def _named(
    point: FocalPoint, event: Event, quota: Quota, given: NewName, actor: Actor, now: datetime
) -> Guest:
    try:
        person = create_person(names=[NameInput(given.name)], actor=actor, now=now)
        guest = rsvps.add_guest(
            event,
            person,
            category=quota.category,
            email=given.email,
            language=point.language,
            affiliation=title_of(point, person, given.title, given.organisation, actor=actor, now=now),
            origin=Origin.NAMED,
            actor=actor,
            now=now,
        )
    except DomainError as error:
        raise LineRefused(given.line, given.name, error) from error
    db.session.add(FocalPlace(guest=guest, focal_point=point, quota=quota, named_here=True))
    db.session.flush()
    return guest
