"""Answers that take effect only when the organiser agrees: those after the reply-by date, and changes after
approval to questions that are marked so."""

from dataclasses import dataclass, replace
from datetime import datetime

from eventsapp.access.identity import Actor, ActorKind
from eventsapp.events.enums import EventState
from eventsapp.rsvps import deadlines, life, messages, queries
from eventsapp.rsvps.enums import ANSWER_OF, Answer, Channel, ItemReplyState, ProposalKind
from eventsapp.rsvps.models import Guest, Proposal
from eventsapp.rsvps.service import answering, proposals, wanted
from eventsapp.rsvps.service.replying import ReplyInput, ReplyResult, hold, is_welcome, reply, reply_held

_OWN_SAY = (ActorKind.STAFF, ActorKind.SYSTEM)


@dataclass(frozen=True)
class Answered:
    """What took effect (None: nothing), and what waits for the organiser (None: nothing)."""

    result: ReplyResult | None
    proposal: Proposal | None = None


def answer(
    guest: Guest,
    given: ReplyInput,
    *,
    channel: Channel,
    actor: Actor,
    on_behalf: bool = False,
    reason: str = "",
    now: datetime,
) -> Answered:
    """Take an answer as `reply` does; what the host must agree to becomes a proposal.

    After the reply-by date that is everything, but for what is welcome at any time. Before it,
    changed answers to questions that need approval. What waited and was overtaken is dropped. Raises as
    `reply` does.
    """
    by_staff = actor.kind in _OWN_SAY
    held = hold(guest, given)
    guest = held.guest
    if by_staff or not given_late(guest, given, now):
        changed = [] if by_staff else _to_approve(guest, given)
        asks = bool(given.answers) and guest.replied_at is not None
        taken = _without(given, changed)
        result = reply_held(
            held, taken, channel=channel, actor=actor, on_behalf=on_behalf, reason=reason, now=now
        )
        if by_staff or deadlines.is_past(result.guest.event, now):
            proposals.drop(result.guest, ProposalKind.LATE_ANSWER, actor=actor, now=now)
        if not changed:
            if asks:
                proposals.drop(result.guest, ProposalKind.CHANGE, actor=actor, now=now)
            return Answered(result)
        asked = replace(ReplyInput(given.answer), answers=_only(given, changed))
        return Answered(result, _propose(result.guest, ProposalKind.CHANGE, asked, channel, actor, now))
    life.must_answer(guest, given.answer)
    if not _says_more(guest, given):
        return Answered(None)
    return Answered(None, _propose(guest, ProposalKind.LATE_ANSWER, given, channel, actor, now))


def given_late(guest: Guest, given: ReplyInput, now: datetime) -> bool:
    """Whether the host decides about this answer because of when it came."""
    event = guest.event
    if event.state is not EventState.PUBLISHED or not deadlines.takes_late(event, now):
        return False
    return not is_welcome(guest, given.answer)


def _to_approve(guest: Guest, given: ReplyInput) -> list[str]:
    if not given.answers or guest.replied_at is None or given.answer is Answer.DECLINED:
        return []
    return answering.changes(guest, guest.event, given.answers)


def _without(given: ReplyInput, codes: list[str]) -> ReplyInput:
    if not codes or given.answers is None:
        return given
    return replace(given, answers={code: told for code, told in given.answers.items() if code not in codes})


def _only(given: ReplyInput, codes: list[str]) -> dict[str, object]:
    return {code: told for code, told in (given.answers or {}).items() if code in codes}


def _propose(
    guest: Guest, kind: ProposalKind, given: ReplyInput, channel: Channel, actor: Actor, now: datetime
) -> Proposal:
    answers = answering.hold_uploads(guest, guest.event, given.answers, now=now)
    told = wanted.to_json(replace(given, answers=answers))
    return proposals.propose(guest, kind, told, channel=channel, actor=actor, now=now)


def _says_more(guest: Guest, given: ReplyInput) -> bool:
    """Whether the answer differs from what stands: a repeat of it asks for nothing."""
    if ANSWER_OF.get(guest.state) is not given.answer:
        return True
    stands = {said.item.code: _stands(said.state) for said in guest.item_replies}
    if any(stands.get(code) is not said for code, said in given.items.items()):
        return True
    name = guest.badge_name or guest.person.display_name
    texts = [(given.badge_name, name)] + [
        (getattr(given, text), getattr(guest.details, text) if guest.details else "")
        for text in ("diet", "access_needs", "note_to_host")
    ]
    if any(told is not None and told != held for told, held in texts):
        return True
    return bool(given.answers) and answering.differs(guest, guest.event, given.answers or {})


def _stands(state: ItemReplyState) -> Answer:
    return Answer.ACCEPTED if state is ItemReplyState.WAITLISTED else Answer(state.value)


def do(proposal: Proposal, *, actor: Actor, now: datetime) -> ReplyResult:
    """The organiser agrees: the answer is given on behalf of the guest, by the way it came.

    Items that want no answer any more are left out.
    """
    guest = proposal.guest
    given = wanted.from_json(proposal.wanted)
    known = {item.code for item in queries.items_to_answer(guest)}
    if proposal.kind is ProposalKind.CHANGE:
        given = replace(given, answer=ANSWER_OF.get(guest.state, given.answer))
    return reply(
        guest,
        replace(given, items={code: said for code, said in given.items.items() if code in known}),
        channel=proposal.channel,
        actor=actor,
        on_behalf=True,
        reason=proposal.private_reason,
        now=now,
    )


def tell_refused(proposal: Proposal, *, actor: Actor, now: datetime) -> None:
    """Tell the guest, with the public reason, that everything stays as it was."""
    messages.late_refused(proposal, actor=actor, now=now)


def init() -> None:
    """Answer for the two kinds of proposal that are answers."""
    for kind in (ProposalKind.LATE_ANSWER, ProposalKind.CHANGE):
        proposals.doer(kind, do, refused=tell_refused, keeps=("answer", "items"))
