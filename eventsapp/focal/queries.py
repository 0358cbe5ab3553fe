"""Reading focal points, their quotas and their people: a constant number of queries a page.

Everything a desk shows starts from its focal point, through `FocalPlace`: no other guest is ever in reach.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from eventsapp.access.identity import ActorKind
from eventsapp.core.codes import normal_code
from eventsapp.core.db import db
from eventsapp.events.models import Category, Event
from eventsapp.focal.models import FocalPlace, FocalPoint, Quota
from eventsapp.people.models import Affiliation, Person
from eventsapp.rsvps.enums import Decision, GuestState, ProposalKind
from eventsapp.rsvps.models import Guest, ItemReply, Proposal, ReplyRecord
from eventsapp.visits.models import Member

_OTHERS = (ActorKind.GUEST, ActorKind.STAFF)


@dataclass(frozen=True)
class Standing:
    """A focal point on the organiser's list, and how many of its people stand where."""

    point: FocalPoint
    states: Mapping[GuestState, int]

    @property
    def people(self) -> int:
        """How many are entrusted to it."""
        return sum(self.states.values())

    @property
    def accepted(self) -> int:
        """How many of them come."""
        return self.states.get(GuestState.ACCEPTED, 0)


def focal_points(event: Event) -> list[Standing]:
    """An event's focal points in the order of their names, those at work first (three queries)."""
    points = db.session.scalars(
        select(FocalPoint)
        .where(FocalPoint.event_id == event.id)
        .order_by(FocalPoint.closed_at.is_not(None), func.lower(FocalPoint.name), FocalPoint.id)
        .options(
            joinedload(FocalPoint.delegation),
            joinedload(FocalPoint.organisation),
            selectinload(FocalPoint.quotas).joinedload(Quota.category),
        )
    ).all()
    rows = db.session.execute(
        select(FocalPlace.focal_point_id, Guest.state, func.count())
        .join(FocalPlace.guest)
        .where(Guest.event_id == event.id)
        .group_by(FocalPlace.focal_point_id, Guest.state)
    )
    found: dict[int, dict[GuestState, int]] = {}
    for point_id, state, number in rows:
        found.setdefault(point_id, {})[state] = number
    return [Standing(point, found.get(point.id, {})) for point in points]


def point_of(event: Event, code: str) -> FocalPoint | None:
    """An event's focal point by its public code."""
    return db.session.scalar(
        select(FocalPoint)
        .where(FocalPoint.event_id == event.id, FocalPoint.code == code)
        .options(
            joinedload(FocalPoint.event, innerjoin=True),
            joinedload(FocalPoint.delegation),
            joinedload(FocalPoint.organisation),
        )
    )


def answers_for(guest: Guest) -> FocalPlace | None:
    """A guest's place with the focal point that answers for them."""
    return db.session.scalar(
        select(FocalPlace)
        .where(FocalPlace.guest_id == guest.id)
        .options(joinedload(FocalPlace.focal_point, innerjoin=True))
    )


def quotas(point: FocalPoint) -> Sequence[Quota]:
    """A focal point's quotas, in the order of the categories."""
    return db.session.scalars(
        select(Quota)
        .join(Quota.category)
        .where(Quota.focal_point_id == point.id)
        .order_by(Category.position, Category.id)
        .options(contains_eager(Quota.category))
    ).all()


@dataclass(frozen=True)
class Entry:
    """One of a focal point's people; `waiting` is what waits for the organiser's decision."""

    place: FocalPlace
    waiting: frozenset[ProposalKind] = frozenset()

    @property
    def guest(self) -> Guest:
        """The guest."""
        return self.place.guest


def people(point: FocalPoint) -> list[Entry]:
    """A focal point's people in the order of their names, with answers to items (three queries)."""
    places = db.session.scalars(_places(point).order_by(Guest.sort_key, Guest.id)).all()
    waiting = _waiting([place.guest_id for place in places])
    return [Entry(place, waiting.get(place.guest_id, frozenset())) for place in places]


def place_of(point: FocalPoint, code: str) -> FocalPlace | None:
    """The place of the guest with that code, if they are entrusted to this focal point."""
    return db.session.scalar(
        _places(point)
        .where(Guest.code == code)
        .options(
            contains_eager(FocalPlace.guest).options(
                joinedload(Guest.event, innerjoin=True), joinedload(Guest.details)
            )
        )
    )


def places_of(point: FocalPoint, codes: Sequence[str]) -> Sequence[FocalPlace]:
    """The places of those of the guests who are entrusted to this focal point, by id."""
    given = [normal_code(code) for code in codes]
    return db.session.scalars(_places(point).where(Guest.code.in_(given)).order_by(Guest.id)).all()


def _places(point: FocalPoint) -> Select[FocalPlace]:
    return (
        select(FocalPlace)
        .join(FocalPlace.guest)
        .where(FocalPlace.focal_point_id == point.id, Guest.event_id == point.event_id)
        .options(
            contains_eager(FocalPlace.guest).options(
                joinedload(Guest.person, innerjoin=True),
                joinedload(Guest.category, innerjoin=True),
                joinedload(Guest.affiliation).joinedload(Affiliation.organisation),
                joinedload(Guest.represents).joinedload(Guest.person),
                selectinload(Guest.item_replies).joinedload(ItemReply.item),
            )
        )
    )


def _waiting(guest_ids: Sequence[int]) -> dict[int, frozenset[ProposalKind]]:
    rows = db.session.execute(
        select(Proposal.guest_id, Proposal.kind).where(
            Proposal.guest_id.in_(guest_ids), Proposal.decision == Decision.WAITING
        )
    )
    found: dict[int, set[ProposalKind]] = {}
    for guest_id, kind in rows:
        found.setdefault(guest_id, set()).add(kind)
    return {guest_id: frozenset(kinds) for guest_id, kinds in found.items()}


def told_by(place: FocalPlace) -> bool:
    """Whether all that is known of this guest was told by the focal point itself.

    Then its desk shows diet, access needs and mail address again. Of everybody else it shows none, as a
    forwarded link does not: the guest or staff may have told them, in confidence.
    """
    if not place.named_here:
        return False
    point_id = place.focal_point_id
    by_others = or_(
        ReplyRecord.actor_kind.in_(_OTHERS),
        (ReplyRecord.actor_kind == ActorKind.FOCAL_POINT) & (ReplyRecord.actor_id != point_id),
    )
    found = select(ReplyRecord.id).where(ReplyRecord.guest_id == place.guest_id, by_others).limit(1)
    return db.session.scalar(found) is None


def listed_names(point: FocalPoint) -> list[tuple[str, str]]:
    """Every recorded spelling (folded, one a line) and the mail address of a focal point's people."""
    rows = db.session.execute(
        select(Person.search_text, Guest.email)
        .join(Guest, Guest.person_id == Person.id)
        .join(FocalPlace, FocalPlace.guest_id == Guest.id)
        .where(FocalPlace.focal_point_id == point.id, Guest.event_id == point.event_id)
    )
    return [(row.search_text, row.email) for row in rows]


def entrusted(event: Event, guest_ids: Sequence[int]) -> dict[int, FocalPoint]:
    """Which of these guests of the event answer through whom."""
    places = db.session.scalars(
        select(FocalPlace)
        .join(FocalPlace.guest)
        .where(Guest.event_id == event.id, FocalPlace.guest_id.in_(guest_ids))
        .options(joinedload(FocalPlace.focal_point, innerjoin=True))
    )
    return {place.guest_id: place.focal_point for place in places}


def delegation_guests(event: Event, delegation_id: int) -> Sequence[Guest]:
    """The members of a delegation who are guests of the event, in order of precedence."""
    return db.session.scalars(
        select(Guest)
        .join(Member, Member.person_id == Guest.person_id)
        .where(Guest.event_id == event.id, Member.delegation_id == delegation_id)
        .order_by(Member.position, Guest.id)
    ).all()


def guests_of(event: Event, codes: Sequence[str]) -> Sequence[Guest]:
    """Those of the guests with these codes who are the event's own."""
    given = [normal_code(code) for code in codes]
    return db.session.scalars(
        select(Guest).where(Guest.event_id == event.id, Guest.code.in_(given)).order_by(Guest.id)
    ).all()


def asked_here(place: FocalPlace) -> Sequence[Proposal]:
    """What this focal point asked of the organiser for a guest: the latest of each kind, unless agreed to."""
    rows = db.session.scalars(
        select(Proposal)
        .where(
            Proposal.guest_id == place.guest_id,
            Proposal.actor_kind == ActorKind.FOCAL_POINT,
            Proposal.actor_id == place.focal_point_id,
            Proposal.decision != Decision.DROPPED,
        )
        .order_by(Proposal.id)
    )
    return list({proposal.kind: proposal for proposal in rows}.values())


def names_for(guest: Guest) -> Mapping[int, str]:
    """What the focal points of a guest's event are called, by row id: for the guest's record."""
    rows = db.session.execute(
        select(FocalPoint.id, FocalPoint.name).where(FocalPoint.event_id == guest.event_id)
    )
    return {point_id: name for point_id, name in rows}  # noqa: C416 -- typed
