"""What waits for the organiser: proposed by a guest, a focal point or staff, agreed to or refused once.

A wing that lets something be proposed registers who does it: `doer(kind, do, refused=…)`. `do` is called in
the transaction that agrees, with the event held, and raises a `DomainError` when it cannot be done any
more: then nothing is decided. `refused` tells whoever asked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from eventsapp.access.identity import Actor, ActorKind
from eventsapp.audit.service import record
from eventsapp.core.db import db
from eventsapp.core.errors import Conflict, NotFound
from eventsapp.core.text import N_, clean
from eventsapp.rsvps.enums import Channel, Decision, ProposalKind, Recorded
from eventsapp.rsvps.models import Guest, Proposal
from eventsapp.rsvps.service import locking
from eventsapp.rsvps.service.recording import REASON_LIMIT, note


class Deed(Protocol):
    """What is done when a proposal is agreed to, or refused."""

    def __call__(self, proposal: Proposal, *, actor: Actor, now: datetime) -> object: ...


@dataclass(frozen=True)
class Doer:
    """Who does what was proposed, and who tells of a refusal."""

    do: Deed
    refused: Deed | None
    keeps: Sequence[str] | None


_doers: dict[ProposalKind, Doer] = {}


def doer(
    kind: ProposalKind, do: Deed, *, refused: Deed | None = None, keeps: Sequence[str] | None = None
) -> None:
    """Let `do` carry out proposals of that kind.

    Once decided, only what `keeps` names is kept of what was wanted (None: all): a proposal is no second
    place for what a guest tells in confidence.
    """
    _doers[kind] = Doer(do, refused, keeps)


def propose(
    guest: Guest,
    kind: ProposalKind,
    wanted: Mapping[str, Any],
    *,
    channel: Channel,
    actor: Actor,
    now: datetime,
) -> Proposal:
    """Ask the organiser for something. What was asked before of that kind, and waits, is dropped for it.

    The same once more changes nothing and gives the proposal that waits already.
    """
    locking.hold_event(guest.event_id)
    earlier = _waiting(guest.id, kind)
    if earlier is not None and earlier.wanted == wanted:
        return earlier
    if earlier is not None:
        _settle(earlier, Decision.DROPPED, None, now)
        _forget(earlier)
    proposal = Proposal(
        event_id=guest.event_id,
        guest_id=guest.id,
        guest=guest,
        kind=kind,
        wanted=dict(wanted),
        channel=channel,
        actor_kind=actor.kind,
        actor_id=actor.id,
        decision=Decision.WAITING,
        created_at=now,
    )
    db.session.add(proposal)
    db.session.flush()
    if kind is ProposalKind.LATE_ANSWER:
        note(guest, Recorded.LATE, channel=channel, actor=actor, now=now)
    _record("proposal.made", proposal, actor, now)
    return proposal


def agree(proposal: Proposal, *, private_reason: str = "", actor: Actor, now: datetime) -> Proposal:
    """Do what was proposed. Raises `Conflict` where it was decided already or can no longer be done."""
    proposal = _held(proposal)
    proposal.private_reason = clean(private_reason, limit=REASON_LIMIT)
    _settle(proposal, Decision.AGREED, actor, now)
    _doers[proposal.kind].do(proposal, actor=actor, now=now)
    _forget(proposal)
    _record("proposal.agreed", proposal, actor, now)
    return proposal


def refuse(
    proposal: Proposal, *, public_reason: str = "", private_reason: str = "", actor: Actor, now: datetime
) -> Proposal:
    """Leave everything as it is, and tell whoever asked, with the public reason.

    Raises `Conflict` where it was decided already.
    """
    proposal = _held(proposal)
    proposal.public_reason = clean(public_reason, limit=REASON_LIMIT)
    proposal.private_reason = clean(private_reason, limit=REASON_LIMIT)
    _settle(proposal, Decision.REFUSED, actor, now)
    tell = _doers[proposal.kind].refused
    if tell is not None:
        tell(proposal, actor=actor, now=now)
    _forget(proposal)
    _record("proposal.refused", proposal, actor, now)
    return proposal


def drop(guest: Guest, kind: ProposalKind, *, actor: Actor, now: datetime) -> bool:
    """Take back what waits, because whoever asked changed their mind or it became pointless."""
    locking.hold_event(guest.event_id)
    waiting = _waiting(guest.id, kind)
    if waiting is None:
        return False
    _settle(waiting, Decision.DROPPED, None, now)
    _forget(waiting)
    _record("proposal.dropped", waiting, actor, now)
    return True


def _held(proposal: Proposal) -> Proposal:
    locking.hold_event(proposal.event_id)
    held: Proposal | None = db.session.scalar(
        select(Proposal)
        .where(Proposal.id == proposal.id)
        .options(
            joinedload(Proposal.guest, innerjoin=True).options(
                joinedload(Guest.person, innerjoin=True), joinedload(Guest.event, innerjoin=True)
            )
        )
        .with_for_update(of=Proposal, key_share=True)
        .execution_options(populate_existing=True)
    )
    if held is None:
        raise NotFound(N_("There is nothing to decide here any more."))
    if held.decision is not Decision.WAITING:
        raise Conflict(N_("This was decided already."))
    return held


def _waiting(guest_id: int, kind: ProposalKind) -> Proposal | None:
    return db.session.scalar(
        select(Proposal)
        .where(Proposal.guest_id == guest_id, Proposal.kind == kind, Proposal.decision == Decision.WAITING)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )


def _settle(proposal: Proposal, decision: Decision, actor: Actor | None, now: datetime) -> None:
    proposal.decision = decision
    proposal.decided_at = now
    proposal.decided_by_id = actor.id if actor is not None and actor.kind is ActorKind.STAFF else None
    db.session.flush()


def _forget(proposal: Proposal) -> None:
    known = _doers.get(proposal.kind)
    if known is not None and known.keeps is not None:
        proposal.wanted = {name: told for name, told in proposal.wanted.items() if name in known.keeps}
        db.session.flush()


def _record(action: str, proposal: Proposal, actor: Actor, now: datetime) -> None:
    record(
        action,
        "guest",
        proposal.guest_id,
        actor=actor,
        now=now,
        event_id=proposal.event_id,
        kind=proposal.kind.value,
        proposal=proposal.code,
    )
