"""What waits for the organiser's decision, read; and what each proposal would change, in lines.

A wing that lets something be proposed says how it reads: `describe(kind, make)`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from eventsapp.access.identity import ActorKind
from eventsapp.accounts.models import StaffUser
from eventsapp.core.db import db
from eventsapp.core.text import N_
from eventsapp.events.models import Event
from eventsapp.people.models import Affiliation
from eventsapp.questions import queries as questions
from eventsapp.rsvps import queries
from eventsapp.rsvps.enums import Decision, GuestState, ItemReplyState, ProposalKind, Recorded
from eventsapp.rsvps.models import Guest, GuestAnswer, Proposal, ReplyRecord
from eventsapp.rsvps.service import wanted
from eventsapp.rsvps.service.approving import OPEN
from eventsapp.rsvps.service.replying import ReplyInput

MOST = 200  # of each sort on one page


@dataclass(frozen=True)
class Line:
    """One thing that would change.

    `label` is a catalogue entry or a language map; values are members of closed lists, texts, language maps,
    or answers to `question`. `is_detail`: only for who may read details.
    """

    label: str | dict[str, str]
    before: Any = None
    after: Any = None
    question: Any = None
    is_detail: bool = False


@dataclass(frozen=True)
class Pending:
    """A proposal that waits; `by` is the member of staff who entered it, where it was one."""

    proposal: Proposal
    by: StaffUser | None
    lines: Sequence[Line]


@dataclass(frozen=True)
class Registration:
    """A registration that waits; `question` is what the registrant was asked and has not answered yet."""

    guest: Guest
    question: str


Describe = Callable[[Proposal], Iterable[Line]]
_described: dict[ProposalKind, Describe] = {}


def describe(kind: ProposalKind, make: Describe) -> None:
    """Let `make` tell what proposals of that kind would change."""
    _described[kind] = make


def count(event: Event) -> int:
    """How many decisions wait (one statement)."""
    proposals = select(func.count()).where(
        Proposal.event_id == event.id, Proposal.decision == Decision.WAITING
    )
    registrations = select(func.count()).where(
        Guest.event_id == event.id, Guest.state == GuestState.SUBMITTED
    )
    return db.session.scalar(select(proposals.scalar_subquery() + registrations.scalar_subquery())) or 0


def proposals_of(event: Event) -> list[Pending]:
    """The proposals that wait, the oldest first."""
    rows = db.session.execute(
        select(Proposal, StaffUser)
        .outerjoin(StaffUser, (StaffUser.id == Proposal.actor_id) & (Proposal.actor_kind == ActorKind.STAFF))
        .where(Proposal.event_id == event.id, Proposal.decision == Decision.WAITING)
        .order_by(Proposal.id)
        .limit(MOST)
        .options(joinedload(Proposal.guest, innerjoin=True).options(*_guest_parts()))
    ).all()
    answers = _Answers(event, [proposal for proposal, _ in rows])
    return [Pending(proposal, by, list(_lines(proposal, answers))) for proposal, by in rows]


def _lines(proposal: Proposal, answers: "_Answers") -> Iterable[Line]:
    if proposal.kind in _ANSWERS:
        return answers.lines(proposal)
    make = _described.get(proposal.kind)
    return make(proposal) if make else ()


def registrations_of(event: Event) -> list[Registration]:
    """The registrations that are not decided, the oldest first; those who were asked for more come last."""
    guests = db.session.scalars(
        select(Guest)
        .where(Guest.event_id == event.id, Guest.state.in_(OPEN))
        .order_by(Guest.state.desc(), Guest.id)
        .limit(MOST)
        .options(*_guest_parts())
    ).all()
    asked = _questions([guest.id for guest in guests if guest.state is GuestState.ASKED])
    return [Registration(guest, asked.get(guest.id, "")) for guest in guests]


def question_to(guest: Guest) -> str:
    """What a registrant was asked last."""
    return _questions([guest.id]).get(guest.id, "")


def waiting_for(guest: Guest) -> Sequence[Proposal]:
    """What waits for a decision about one guest."""
    return db.session.scalars(
        select(Proposal)
        .where(Proposal.guest_id == guest.id, Proposal.decision == Decision.WAITING)
        .order_by(Proposal.id)
    ).all()


def _guest_parts() -> tuple[Any, ...]:
    return (
        joinedload(Guest.person, innerjoin=True),
        joinedload(Guest.category, innerjoin=True),
        joinedload(Guest.details),
        selectinload(Guest.item_replies),
        joinedload(Guest.affiliation).joinedload(Affiliation.organisation),
    )


def _questions(guest_ids: Sequence[int]) -> dict[int, str]:
    rows = db.session.execute(
        select(ReplyRecord.guest_id, ReplyRecord.reason)
        .where(ReplyRecord.guest_id.in_(guest_ids), ReplyRecord.answer == Recorded.ASKED.value)
        .order_by(ReplyRecord.id)
    )
    return {guest_id: reason for guest_id, reason in rows}  # noqa: C416 -- typed


_TEXTS = {
    "diet": N_("What they do not eat or drink"),
    "access_needs": N_("What they need to take part"),
    "note_to_host": N_("Note to the host"),
}


class _Answers:
    """What late answers and changes of answers would change; read for all of them at once."""

    def __init__(self, event: Event, found: Sequence[Proposal]) -> None:
        ours = [proposal for proposal in found if proposal.kind in _ANSWERS]
        self.items = {item.code: item for item in queries.items_asking(event)} if ours else {}
        self.asked = questions.asked(event.id) if ours else ()
        self.told: dict[int, dict[int, Any]] = {}
        rows = select(GuestAnswer).where(GuestAnswer.guest_id.in_([proposal.guest_id for proposal in ours]))
        for row in db.session.scalars(rows) if ours else ():
            self.told.setdefault(row.guest_id, {})[row.question_id] = row.value["is"]

    def lines(self, proposal: Proposal) -> Iterable[Line]:
        """The lines of one proposal."""
        guest, given = proposal.guest, wanted.from_json(proposal.wanted)
        if proposal.kind is ProposalKind.LATE_ANSWER:
            yield Line(N_("Answer"), guest.state, given.answer)
            yield from self._items(guest, given)
            yield from _details(guest, given)
        yield from self._answers(guest, given)

    def _items(self, guest: Guest, given: ReplyInput) -> Iterable[Line]:
        stands = {reply.item_id: reply.state for reply in guest.item_replies}
        for code, said in given.items.items():
            item = self.items.get(code)
            if item is not None and stands.get(item.id) != ItemReplyState(said.value):
                yield Line(item.title, stands.get(item.id), said)

    def _answers(self, guest: Guest, given: ReplyInput) -> Iterable[Line]:
        told, held = given.answers or {}, self.told.get(guest.id, {})
        for question in self.asked:
            if question.code in told and told[question.code] != held.get(question.id):
                before, after = held.get(question.id), told[question.code]
                yield Line(question.label, before, after, question=question, is_detail=True)


_ANSWERS = (ProposalKind.LATE_ANSWER, ProposalKind.CHANGE)


def _details(guest: Guest, given: ReplyInput) -> Iterable[Line]:
    name = guest.badge_name or guest.person.display_name
    if given.badge_name and given.badge_name != name:
        yield Line(N_("Name on the badge"), name, given.badge_name)
    for field, label in _TEXTS.items():
        before, told = getattr(guest.details, field) if guest.details else "", getattr(given, field)
        if told is not None and told != before:
            yield Line(label, before, told, is_detail=True)
