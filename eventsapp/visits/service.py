"""Visits and delegations: the bodies behind a visit, who comes, in which order, under which title."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from eventsapp.access.identity import Actor
from eventsapp.audit import service as audit
from eventsapp.core import order
from eventsapp.core.db import db
from eventsapp.core.errors import Conflict, Invalid
from eventsapp.core.maps import clean_map
from eventsapp.core.provenance import Source
from eventsapp.core.text import N_
from eventsapp.events.enums import EventKind
from eventsapp.events.models import Event
from eventsapp.events.service import must_be_open
from eventsapp.people.models import Affiliation, Organisation, Person
from eventsapp.visits import queries
from eventsapp.visits.enums import MemberFunction, VisitCategory
from eventsapp.visits.models import Delegation, Member, Visit


@dataclass(frozen=True, kw_only=True)
class VisitInput:
    """What a visit has beside being an event. The four bodies may be four; None is "not stated"."""

    category: VisitCategory = VisitCategory.WORKING
    purpose: Mapping[str, str] = field(default_factory=dict)
    inviting: Organisation | None = None
    host: Organisation | None = None
    programme_owner: Organisation | None = None
    payer: Organisation | None = None


@dataclass(frozen=True, kw_only=True)
class DelegationInput:
    """A delegation as entered; `names` is how it is called, `liaison` is our officer for it."""

    names: Mapping[str, str]
    organisation: Organisation | None = None
    liaison: Person | None = None


@dataclass(frozen=True, kw_only=True)
class MemberInput:
    """A member as entered; `affiliation` is which of the person's titles applies here."""

    person: Person
    function: MemberFunction = MemberFunction.OFFICIAL
    affiliation: Affiliation | None = None
    is_head: bool = False


def set_visit(
    event: Event,
    given: VisitInput,
    *,
    source: Source = Source.ENTERED,
    source_reference: str = "",
    actor: Actor,
    now: datetime,
) -> Visit:
    """The bodies, category and purpose of a visit, for the first time or anew.

    `source` is kept from the first time. Refuses (`Invalid`) an event of another kind.
    """
    must_be_open(event)
    if event.kind is not EventKind.VISIT:
        raise Invalid(N_("This event is not a delegation visit."))
    visit = queries.visit_of(event)
    if visit is None:
        visit = Visit(event_id=event.id, source=source, source_reference=source_reference)
        db.session.add(visit)
    visit.category = given.category
    visit.purpose = clean_map(given.purpose, field="purpose", limit=2000, multiline=True)
    visit.inviting, visit.host = given.inviting, given.host
    visit.programme_owner, visit.payer = given.programme_owner, given.payer
    db.session.flush()
    audit.record("visit.set", "visit", event.id, actor=actor, now=now, event_id=event.id)
    return visit


def create_delegation(
    event: Event,
    given: DelegationInput,
    *,
    source: Source = Source.ENTERED,
    source_reference: str = "",
    actor: Actor,
    now: datetime,
) -> Delegation:
    """A delegation to an event of any kind, after the others."""
    must_be_open(event)
    delegation = Delegation(
        event=event,
        event_id=event.id,
        position=queries.next_position(event),
        source=source,
        source_reference=source_reference,
    )
    _fill_delegation(delegation, given)
    db.session.add(delegation)
    return _stored_delegation("delegation.created", delegation, actor, now)


def edit_delegation(
    delegation: Delegation, given: DelegationInput, *, actor: Actor, now: datetime
) -> Delegation:
    """Change what a delegation is called, where it comes from, or who is its liaison."""
    must_be_open(delegation.event)
    _fill_delegation(delegation, given)
    return _stored_delegation("delegation.edited", delegation, actor, now)


def move_delegation(delegation: Delegation, by: int, *, actor: Actor, now: datetime) -> None:
    """Put a delegation so many places later among those of its event (negative: earlier)."""
    must_be_open(delegation.event)
    order.move(queries.delegations_alone(delegation.event), delegation, by)
    _stored_delegation("delegation.moved", delegation, actor, now)


def delete_delegation(delegation: Delegation, *, actor: Actor, now: datetime) -> None:
    """Strike a delegation and its list of members; the people stay in the directory."""
    must_be_open(delegation.event)
    _record("delegation.deleted", "delegation", delegation.id, delegation, actor, now)
    db.session.delete(delegation)
    db.session.flush()


def add_member(
    delegation: Delegation,
    given: MemberInput,
    *,
    source: Source = Source.ENTERED,
    source_reference: str = "",
    actor: Actor,
    now: datetime,
) -> Member:
    """One more member, last in precedence. Refuses (`Conflict`) one who is a member already.

    A delegation has one head: a new head takes the place of the one before.
    """
    must_be_open(delegation.event)
    member = Member(position=len(delegation.members), source=source, source_reference=source_reference)
    _fill_member(member, delegation, given)
    delegation.members.append(member)
    return _stored_member("member.added", member, actor, now)


def edit_member(member: Member, given: MemberInput, *, actor: Actor, now: datetime) -> Member:
    """Change who a member is, in which function and under which title."""
    must_be_open(member.delegation.event)
    _fill_member(member, member.delegation, given)
    return _stored_member("member.edited", member, actor, now)


def move_member(member: Member, by: int, *, actor: Actor, now: datetime) -> None:
    """Put a member so many places later in precedence (negative: earlier)."""
    must_be_open(member.delegation.event)
    order.move(member.delegation.members, member, by)
    _stored_member("member.moved", member, actor, now)


def remove_member(member: Member, *, actor: Actor, now: datetime) -> None:
    """Strike a member from the delegation; the person stays in the directory."""
    delegation = member.delegation
    must_be_open(delegation.event)
    _record("member.removed", "member", member.id, delegation, actor, now, person=member.person_id)
    delegation.members.remove(member)
    order.number(delegation.members)
    db.session.flush()


def _fill_delegation(delegation: Delegation, given: DelegationInput) -> None:
    delegation.names = clean_map(given.names, field="names", required=True)
    delegation.organisation = given.organisation
    delegation.liaison = given.liaison


def _fill_member(member: Member, delegation: Delegation, given: MemberInput) -> None:
    others = [other for other in delegation.members if other is not member]
    if any(other.person_id == given.person.id for other in others):
        raise Conflict(N_("This person is in the delegation already."), field="person")
    if given.affiliation is not None and given.affiliation.person_id != given.person.id:
        raise Invalid(N_("This title belongs to somebody else."), field="affiliation")
    if given.is_head:
        for other in others:
            other.is_head = False
        db.session.flush()  # the database keeps one head: the old one steps down before the new one is named
    member.person, member.person_id = given.person, given.person.id
    member.function = given.function
    member.affiliation = given.affiliation
    member.is_head = given.is_head


def _stored_delegation(action: str, delegation: Delegation, actor: Actor, now: datetime) -> Delegation:
    db.session.flush()
    _record(action, "delegation", delegation.id, delegation, actor, now)
    return delegation


def _stored_member(action: str, member: Member, actor: Actor, now: datetime) -> Member:
    db.session.flush()
    _record(action, "member", member.id, member.delegation, actor, now, person=member.person_id)
    return member


def _record(
    action: str, kind: str, subject: int, delegation: Delegation, actor: Actor, now: datetime, **detail: Any
) -> None:
    audit.record(action, kind, subject, actor=actor, now=now, event_id=delegation.event_id, **detail)
